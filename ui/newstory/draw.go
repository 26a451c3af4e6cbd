package newstory

import (
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
)

// partForm is the form.
const partForm intent.PaneName = "new story"

const (
	// How wide the form is: all types have room in the least, and a longer line reads badly.
	leastWidth, mostWidth = 54, 76
	// height is that of the fields with a line below the one that has the focus.
	height = 6
	// borders are the cells of a border's two edges.
	borders = 2
)

// Draw draws the form where the story goes: over its column, below the row that the story
// stands above, or above that row where there is no room below.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Hit(draw.Region{Rect: r, Click: intent.Act{ID: intent.ActBack}})
	box := p.box(r)
	c.Hit(draw.Region{Rect: box})
	c.Fill(box)
	frame := draw.Box{Title: p.title()}
	if p.restored {
		frame.Foot = "draft, not saved"
	}
	if in := c.Box(box, frame); !in.Empty() {
		dialog.DrawForm(c, in, p.form, partForm)
	}
}

// title says where the story goes.
func (p *Pane) title() string {
	to := p.goes()
	title := "New story in the " + layout.Title(intent.PartOf(to.Column))
	if to.Before != 0 {
		title += ", above " + to.Before.String()
	}
	return title
}

// box is the room of the form in r.
func (p *Pane) box(r draw.Rect) draw.Rect {
	lines := height
	if p.form.Wrong() {
		lines++
	}
	at := p.at(p.goes())
	box := draw.Rect{W: min(max(at.W, leastWidth), mostWidth, r.W), H: min(lines+borders, r.H)}
	if at.Empty() {
		return r.Centre(box.W, box.H)
	}
	box.X = max(r.X, min(at.X, r.X+r.W-box.W))
	box.Y = at.Y + at.H
	if end := r.Y + r.H - box.H; box.Y > end {
		box.Y = max(r.Y, min(at.Y-box.H, end))
	}
	return box
}
