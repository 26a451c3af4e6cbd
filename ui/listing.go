package ui

import (
	"storydesk/ui/list"
	"storydesk/ui/theme"
)

// handleRows moves in a column where an intent asks for it; false when it asks
// for something else.
func handleRows[K comparable, R row[K]](col *column[K, R], in intent) bool {
	switch in := in.(type) {
	case scroll:
		col.list.ScrollBy(in.rows)
		return true
	case selectRow:
		key, ok := in.key.(K)
		return ok && col.list.SelectKey(key)
	case act:
		return col.move(in.id)
	}
	return false
}

// drawRows draws the visible rows of a column behind the marker of the selected
// one, and records where they are.
func drawRows[K comparable, R row[K]](c *canvas, r rect, col *column[K, R], draw func(w *theme.RowWriter, t *theme.Theme, row R)) {
	frame := list.Frame{Width: r.w, Height: r.h, Focused: c.focused, Generation: c.theme.Generation()}
	lines := col.list.Draw(frame, func(dst []byte, i int, flags list.Flags) []byte {
		ground, marker := theme.Plain, " "
		if flags&list.Selected != 0 {
			ground, marker = theme.Selected, c.theme.Glyph(theme.GlyphMarker)
		}
		w := c.theme.Row(dst, r.w, ground)
		w.Add(theme.Accent, marker+" ")
		if row, ok := col.row(i); ok {
			draw(&w, c.theme, row)
		}
		return w.End()
	})
	for y, l := range lines {
		c.put(r.x, r.y+y, r.w, l)
		at := region{rect: r.row(y), wheel: col.name}
		if i, ok := col.list.IndexAt(y); ok {
			at.row = selectRow{col.name, col.At(i).Key}
		}
		c.hit(at)
	}
}
