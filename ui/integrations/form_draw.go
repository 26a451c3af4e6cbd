package integrations

import (
	"storydesk/tracker/kind"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// partForm is a form.
const partForm intent.PaneName = "form"

// Draw shows the form and below it what the test found.
func (p *Form) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	title := "Add a Zendesk integration"
	if !kind.Named(p.fields.saved.Kind).Views {
		title = "Add an integration with a feed"
	}
	if p.fields.saved.ID != 0 {
		title = "Edit " + present.Cell(p.fields.saved.Name)
	}
	frame := draw.Box{Title: title}
	if p.unsaved.restored {
		frame.Facts = "draft, not saved"
	}
	in := c.Box(r, frame)
	if in.Empty() {
		return
	}
	if p.loading() {
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, setting.When(p.Slow(), "Reading…"))
		return
	}
	found := p.test.lines(c.Theme, in)
	in.H -= len(found)
	dialog.DrawForm(c, in, p.fields.Form, partForm)
	for i, l := range found {
		c.Put(in.X, in.Y+in.H+i, in.W, l)
	}
}
