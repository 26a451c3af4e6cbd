package integrations

import (
	"cmp"

	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/theme"
)

// Draw shows the form and below it what the test found.
func (p *Form) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	title := "Add a Zendesk integration"
	if p.saved.ID != 0 {
		title = "Edit " + present.Cell(p.saved.Name)
	}
	frame := draw.Box{Title: title}
	if p.restored {
		frame.Facts = "draft, not saved"
	}
	in := c.Box(r, frame)
	if in.Empty() {
		return
	}
	if p.form == nil {
		c.Text(in.X+1, in.Y, in.W-2, theme.Muted, setting.When(p.Slow(), "Reading…"))
		return
	}
	found := p.found(c.Theme, in)
	in.H -= len(found)
	drawForm(c, in, p.form)
	for i, l := range found {
		c.Put(in.X, in.Y+in.H+i, in.W, l)
	}
}

// fieldRoom is how many lines a field takes with its help and its error.
const fieldRoom = 5

// found lays out what the test found, as far as it leaves room for the field
// that mends it. What went wrong and why stays in sight longest.
func (p *Form) found(t *theme.Theme, r draw.Rect) []string {
	if p.trial.run == 0 {
		return nil
	}
	w := document.Writer{Theme: t, Width: r.W}
	p.trial.write(&w)
	room := r.H/2 - 1
	if p.trial.problem != "" || p.trial.warns() {
		room = max(room, r.H-fieldRoom-1)
	}
	if room < 1 {
		return nil
	}
	caption := document.Writer{Theme: t, Width: r.W}
	caption.Rule(cmp.Or(p.trial.caption, "Test"))
	from := max(0, len(w.Lines)-room)
	if p.trial.problem != "" {
		from = min(from, w.Ends[trialPassed])
	}
	return append(caption.Lines, w.Lines[from:min(from+room, len(w.Lines))]...)
}

// drawForm draws a form into r, with its cursor when it has the focus.
func drawForm(c *draw.Canvas, r draw.Rect, f *form.Form) {
	lines, cursor := f.Draw(c.Theme, r.W, r.H)
	for i, l := range lines {
		c.Put(r.X, r.Y+i, r.W, l)
	}
	if cursor != nil && c.Focused {
		c.Cursor = &draw.Position{X: r.X + cursor.X, Y: r.Y + cursor.Y}
	}
	c.Hit(draw.Region{Rect: r, Click: intent.ClickAt{Part: partForm}})
}
