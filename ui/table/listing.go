package table

import (
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/list"
	"storydesk/ui/theme"
)

// HandleRows moves in a column where an intent asks for it; false when it asks
// for something else.
func HandleRows[K comparable, R Row[K]](col *Column[K, R], in intent.Intent) bool {
	switch in := in.(type) {
	case intent.Scroll:
		col.List.ScrollBy(in.Rows)
		return true
	case intent.SelectRow:
		key, ok := in.Key.(K)
		return ok && col.List.SelectKey(key)
	case intent.Act:
		return col.Move(in.ID)
	}
	return false
}

// DrawRows draws the visible rows of a column behind the marker of the selected
// one, with the captions above them, and records where they are.
func DrawRows[K comparable, R Row[K]](c *draw.Canvas, r draw.Rect, col *Column[K, R], write func(w *theme.RowWriter, t *theme.Theme, row R)) {
	frame := list.Frame{Width: r.W, Height: r.H, Focused: c.Focused, Generation: c.Theme.Generation()}
	lines := col.List.Draw(frame, func(dst []byte, i int, flags list.Flags) []byte {
		ground, marker := theme.Plain, " "
		if flags&list.Selected != 0 {
			ground, marker = theme.Selected, c.Theme.Glyph(theme.GlyphMarker)
		}
		w := c.Theme.Row(dst, r.W, ground)
		if col.DrawCaption(&w, c.Theme, i) {
			return w.End()
		}
		w.Add(theme.Accent, marker+" ")
		if row, ok := col.Row(i); ok {
			write(&w, c.Theme, row)
		}
		return w.End()
	})
	for y, l := range lines {
		c.Put(r.X, r.Y+y, r.W, l)
		at := draw.Region{Rect: r.Row(y), Wheel: col.Name}
		if i, ok := col.List.IndexAt(y); ok {
			at.Row = intent.SelectRow{Part: col.Name, Key: col.At(i).Key}
		}
		c.Hit(at)
	}
}
