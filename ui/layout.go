package ui

import (
	"storydesk/ui/draw"
	"storydesk/ui/layout"
)

// frame is the screen cut into what always stands: a status line, the body and
// a footer.
type frame struct{ status, body, footer draw.Rect }

// frameOf cuts a screen of w×h; ok is false when it is too small for use.
func frameOf(w, h int) (f frame, ok bool) {
	if w < layout.MinWidth || h < layout.MinHeight {
		return frame{}, false
	}
	return frame{
		status: draw.Rect{X: 0, Y: 0, W: w, H: 1},
		body:   draw.Rect{X: 0, Y: 1, W: w, H: h - 2},
		footer: draw.Rect{X: 0, Y: h - 1, W: w, H: 1},
	}, true
}

// side is where a panel beside the board stands in body.
func (f frame) side() draw.Rect {
	if f.body.W < layout.ThreePanes {
		return f.body
	}
	w := f.body.W / 2
	return draw.Rect{X: f.body.X + f.body.W - w, Y: f.body.Y, W: w, H: f.body.H}
}
