package dialog

import (
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
)

// DrawForm draws a form into r, with its cursor when it has the focus. Clicks on it are
// those of a part.
func DrawForm(c *draw.Canvas, r draw.Rect, f *form.Form, part intent.PaneName) {
	lines, cursor := f.Draw(c.Theme, r.W, r.H)
	for i, l := range lines {
		c.Put(r.X, r.Y+i, r.W, l)
	}
	if cursor != nil && c.Focused {
		c.Cursor = &draw.Position{X: r.X + cursor.X, Y: r.Y + cursor.Y}
	}
	c.Hit(draw.Region{Rect: r, Click: intent.ClickAt{Part: part}})
}
