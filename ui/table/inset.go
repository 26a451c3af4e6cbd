package table

import (
	"storydesk/ui/draw"
	"storydesk/ui/theme"
)

// Inset is lines that stand under a row of a column. They move with the row and
// cannot be selected.
type Inset[K comparable] struct {
	Under K
	// At is the index of that row among those shown, -1 while it is not.
	At    int
	Lines [][]draw.Run
	// Key makes the key of a line, which no row has.
	Key     func(line int) K
	Version uint64
}

// SetInset puts lines under a row, or none with nil.
func (c *Column[K, R]) SetInset(in *Inset[K]) {
	c.Inset = in
	c.Renew()
}

// InsetLine returns which line of the inset stands at index i of the list.
func (c *lines[K]) InsetLine(i int) (line int, ok bool) {
	at, section := c.bare(i)
	if section != nil {
		return 0, false
	}
	return c.insetLine(at)
}

// insetLine is InsetLine of an index among all lines but captions.
func (c *lines[K]) insetLine(i int) (line int, ok bool) {
	if c.Inset == nil || c.Inset.At < 0 {
		return 0, false
	}
	line = i - c.Inset.At - 1
	return line, line >= 0 && line < len(c.Inset.Lines)
}

// InsetAbove counts the lines of the inset above index i of the list.
func (c *lines[K]) InsetAbove(i int) int {
	i, _ = c.bare(i)
	if c.Inset == nil || c.Inset.At < 0 || i <= c.Inset.At {
		return 0
	}
	return min(i-c.Inset.At-1, len(c.Inset.Lines))
}

// KeyAt is the row that the mouse means at index i of the list: the inset belongs to
// the row above it, a caption to the one below.
func (c *Column[K, R]) KeyAt(i int) K {
	if _, ok := c.InsetLine(i); ok {
		return c.Inset.Under
	}
	for {
		item := c.At(i)
		if !item.Caption {
			return item.Key
		}
		i++
	}
}

// DrawInset draws a line of the inset behind a bar.
func (c *lines[K]) DrawInset(w *theme.RowWriter, t *theme.Theme, line int) {
	w.Add(theme.Accent, "  "+t.Glyph(theme.GlyphBar)+" ")
	for _, r := range c.Inset.Lines[line] {
		w.Add(r.Role, r.Text)
	}
}
