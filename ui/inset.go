package ui

import "storydesk/ui/theme"

// inset is lines that stand under a row of a column. They move with the row and
// cannot be selected.
type inset[K comparable] struct {
	under K
	// at is the index of that row among those shown, -1 while it is not.
	at    int
	lines [][]run
	// key makes the key of a line, which no row has.
	key     func(line int) K
	version uint64
}

// setInset puts lines under a row, or none with nil.
func (c *column[K, R]) setInset(in *inset[K]) {
	c.inset = in
	c.renew()
}

// insetLine tells which line of the inset stands at index i of the list.
func (c *column[K, R]) insetLine(i int) (line int, ok bool) {
	if c.inset == nil || c.inset.at < 0 {
		return 0, false
	}
	line = i - c.inset.at - 1
	return line, line >= 0 && line < len(c.inset.lines)
}

// insetAbove counts the lines of the inset above index i of the list.
func (c *column[K, R]) insetAbove(i int) int {
	if c.inset == nil || c.inset.at < 0 || i <= c.inset.at {
		return 0
	}
	return min(i-c.inset.at-1, len(c.inset.lines))
}

// keyAt is the row that the mouse means at index i of the list: the inset
// belongs to the row above it.
func (c *column[K, R]) keyAt(i int) K {
	if _, ok := c.insetLine(i); ok {
		return c.inset.under
	}
	return c.At(i).Key
}

// drawInset draws a line of the inset behind a bar.
func (c *column[K, R]) drawInset(w *theme.RowWriter, t *theme.Theme, line int) {
	w.Add(theme.Accent, "  "+t.Glyph(theme.GlyphBar)+" ")
	for _, r := range c.inset.lines[line] {
		w.Add(r.role, r.text)
	}
}
