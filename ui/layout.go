package ui

import "slices"

// rect is a rectangle of cells. One with no width or no height is not shown.
type rect struct{ x, y, w, h int }

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// inset cuts one cell off every side: the inside of a border.
func (r rect) inset() rect {
	return rect{r.x + 1, r.y + 1, max(0, r.w-2), max(0, r.h-2)}
}

// row is the i-th line of r.
func (r rect) row(i int) rect { return rect{r.x, r.y + i, r.w, min(1, max(0, r.h-i))} }

// centre returns a rectangle of at most w×h in the middle of r.
func (r rect) centre(w, h int) rect {
	w, h = min(w, r.w), min(h, r.h)
	return rect{r.x + (r.w-w)/2, r.y + (r.h-h)/2, w, h}
}

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
type frame struct{ status, body, footer rect }

// frameOf cuts a screen of w×h; ok is false when it is too small for use.
func frameOf(w, h int) (f frame, ok bool) {
	if w < minWidth || h < minHeight {
		return frame{}, false
	}
	return frame{
		status: rect{0, 0, w, 1},
		body:   rect{0, 1, w, h - 2},
		footer: rect{0, h - 1, w, 1},
	}, true
}

// side is where a panel beside the board stands in body.
func (f frame) side() rect {
	if f.body.w < threePanes {
		return f.body
	}
	w := f.body.w / 2
	return rect{f.body.x + f.body.w - w, f.body.y, w, f.body.h}
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
	strip rect
	// parts stand side by side, from left to right.
	parts []placedPart
	// tab is the one part without room where the border of another can name it.
	tab paneName
}

type placedPart struct {
	name paneName
	rect rect
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
func layoutBoard(r rect, v boardView) boardLayout {
	var l boardLayout
	room := roomFor(r.w)
	parts, all := v.fit(room), v.parts()
	switch missing := len(all) - len(parts); {
	case missing == 1 && room == 2:
		l.tab = all[slices.IndexFunc(all, func(part paneName) bool { return !slices.Contains(parts, part) })]
	case missing > 0:
		l.strip = r.row(0)
		r = rect{r.x, r.y + 1, r.w, max(0, r.h-1)}
	}
	l.parts = make([]placedPart, len(parts))
	for i, at := range r.split(v.weights(parts)) {
		l.parts[i] = placedPart{parts[i], at}
	}
	return l
}

// part is where a part stands, empty where it has no room.
func (l boardLayout) part(name paneName) rect {
	for _, p := range l.parts {
		if p.name == name {
			return p.rect
		}
	}
	return rect{}
}

// split cuts r into columns whose widths are as weights to each other, but none
// narrower than minPart.
func (r rect) split(weights []int) []rect {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	columns := make([]rect, len(weights))
	x, left := r.x, r.w
	for i, weight := range weights {
		others := len(weights) - 1 - i
		w := min(max(r.w*weight/sum, minPart), left-others*minPart)
		if others == 0 {
			w = left
		}
		columns[i] = rect{x, r.y, w, r.h}
		x, left = x+w, left-w
	}
	return columns
}
