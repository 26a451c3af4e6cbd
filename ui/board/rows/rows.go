// Package rows draws the rows of a part of the board and records what the mouse can do
// with them, whatever they are rows of.
package rows

import (
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/list"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Draw draws the visible rows and records where they are. A part without
// rows says why.
func Draw[K comparable, R table.Row[K]](c *draw.Canvas, r draw.Rect, col *table.Column[K, R], none func() string, draw func(w *theme.RowWriter, row R, marked bool)) {
	frame := list.Frame{Width: r.W, Height: r.H, Focused: c.Focused, Generation: c.Theme.Generation()}
	lines := col.List.Draw(frame, func(dst []byte, i int, flags list.Flags) []byte {
		if line, ok := col.InsetLine(i); ok {
			w := c.Theme.Row(dst, r.W, theme.Plain)
			col.DrawInset(&w, c.Theme, line)
			return w.End()
		}
		row, ok := col.Row(i)
		if !ok {
			w := c.Theme.Row(dst, r.W, theme.Plain)
			if col.DrawCaption(&w, c.Theme, i) {
				return w.End()
			}
			w.Add(theme.Accent|theme.Bold, c.Theme.Glyph(theme.GlyphDrop)+" here")
			return w.End()
		}
		ground, marker := theme.Plain, " "
		if flags&list.Selected != 0 {
			marker = c.Theme.Glyph(theme.GlyphMarker)
			if c.Focused {
				ground = theme.Selected
			}
		}
		if g := col.Ground(row.RowKey()); g != theme.Plain {
			ground = g
		}
		w := c.Theme.Row(dst, r.W, ground)
		w.Add(theme.Accent, marker)
		draw(&w, row, flags&list.Marked != 0)
		return w.End()
	})
	for y, l := range lines {
		c.Put(r.X, r.Y+y, r.W, l)
	}
	hitRows(c, r, col)
	if col.Len() > 0 || r.Empty() {
		return
	}
	for i, l := range text.Wrap(none(), max(1, r.W-2)) {
		if i < r.H {
			c.Text(r.X+1, r.Y+i, r.W-1, theme.Muted, l)
		}
	}
}

// hitRows records what the mouse can do with the rows of a column.
func hitRows[K comparable, R table.Row[K]](c *draw.Canvas, r draw.Rect, col *table.Column[K, R]) {
	for y := range r.H {
		at := draw.Region{Rect: r.Row(y), Row: intent.SelectRow{Part: col.Name}, Wheel: col.Name}
		switch y {
		case 0:
			at.Edge = -1
		case r.H - 1:
			at.Edge = 1
		}
		if i, ok := col.List.IndexAt(y); ok {
			at.Row.Key = col.KeyAt(i)
		}
		c.Hit(at)
	}
}
