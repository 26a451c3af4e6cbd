package ui

import (
	"slices"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
)

// Where the layout changes, in columns and rows.
const (
	minWidth  = 40
	minHeight = 10
	// twoPanes is where a second pane finds room, threePanes a third.
	twoPanes   = 70
	threePanes = 110
)

// frame is the screen cut into what always stands: a status line, the body and
// a footer.
type frame struct{ status, body, footer draw.Rect }

// frameOf cuts a screen of w×h; ok is false when it is too small for use.
func frameOf(w, h int) (f frame, ok bool) {
	if w < minWidth || h < minHeight {
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
	if f.body.W < threePanes {
		return f.body
	}
	w := f.body.W / 2
	return draw.Rect{X: f.body.X + f.body.W - w, Y: f.body.Y, W: w, H: f.body.H}
}

// minPart is the least width of a part beside another; roomyPart the width at
// which a fourth part and more find room beside the others.
const (
	minPart   = 20
	roomyPart = 33
)

// boardLayout is the board cut into the parts for which there is room.
type boardLayout struct {
	// strip names all parts; it stands only where some have no room.
	strip draw.Rect
	// parts stand side by side, from left to right.
	parts []placedPart
	// tab is the one part without room where the border of another can name it.
	tab intent.PaneName
}

type placedPart struct {
	name intent.PaneName
	rect draw.Rect
}

// roomFor is how many parts find room side by side in w columns.
func roomFor(w int) int {
	switch {
	case w < twoPanes:
		return 1
	case w < threePanes:
		return 2
	}
	return w / roomyPart
}

// layoutBoard cuts r for the board. The focused part is always shown.
func layoutBoard(r draw.Rect, v boardView) boardLayout {
	var l boardLayout
	room := roomFor(r.W)
	parts, all := v.fit(room), v.parts()
	switch missing := len(all) - len(parts); {
	case missing == 1 && room == 2:
		l.tab = all[slices.IndexFunc(all, func(part intent.PaneName) bool { return !slices.Contains(parts, part) })]
	case missing > 0:
		l.strip = r.Row(0)
		r = draw.Rect{X: r.X, Y: r.Y + 1, W: r.W, H: max(0, r.H-1)}
	}
	l.parts = make([]placedPart, len(parts))
	for i, at := range splitRect(r, v.weights(parts)) {
		l.parts[i] = placedPart{parts[i], at}
	}
	return l
}

// part is where a part stands, empty where it has no room.
func (l boardLayout) part(name intent.PaneName) draw.Rect {
	for _, p := range l.parts {
		if p.name == name {
			return p.rect
		}
	}
	return draw.Rect{}
}

// splitRect cuts r into columns whose widths are as weights to each other, but none
// narrower than minPart.
func splitRect(r draw.Rect, weights []int) []draw.Rect {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	columns := make([]draw.Rect, len(weights))
	x, left := r.X, r.W
	for i, weight := range weights {
		others := len(weights) - 1 - i
		w := min(max(r.W*weight/sum, minPart), left-others*minPart)
		if others == 0 {
			w = left
		}
		columns[i] = draw.Rect{X: x, Y: r.Y, W: w, H: r.H}
		x, left = x+w, left-w
	}
	return columns
}
