package layout

import (
	"slices"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
)

// Where the layout changes, in columns and rows.
const (
	MinWidth  = 40
	MinHeight = 10
	// twoPanes is where a second pane finds room, ThreePanes a third.
	twoPanes   = 70
	ThreePanes = 110
)

// MinPart is the least width of a part beside another; roomyPart the width at
// which a fourth part and more find room beside the others.
const (
	MinPart   = 20
	roomyPart = 33
)

// Layout is the board cut into the parts for which there is room.
type Layout struct {
	// Strip names all parts; it stands only where some have no room.
	Strip draw.Rect
	// Parts stand side by side, from left to right.
	Parts []Placed
	// Preview is where the selected row is previewed, empty where it is not.
	Preview draw.Rect
	// Tab is the one part without room where the border of another can name it.
	Tab intent.PaneName
}

// Placed is a part with the rectangle where it stands.
type Placed struct {
	Name intent.PaneName
	Rect draw.Rect
}

// roomFor is how many parts find room side by side in w columns.
func roomFor(w int) int {
	switch {
	case w < twoPanes:
		return 1
	case w < ThreePanes:
		return 2
	}
	return w / roomyPart
}

// Split cuts r for the board. The focused part is always shown.
func Split(r draw.Rect, v View) Layout {
	var l Layout
	r, l.Preview = cutPreview(r, v)
	room := roomFor(r.W)
	parts, all := v.fit(room), v.Parts()
	switch missing := len(all) - len(parts); {
	case missing == 1 && room == 2:
		l.Tab = all[slices.IndexFunc(all, func(part intent.PaneName) bool { return !slices.Contains(parts, part) })]
	case missing > 0:
		l.Strip = r.Row(0)
		r = draw.Rect{X: r.X, Y: r.Y + 1, W: r.W, H: max(0, r.H-1)}
	}
	l.Parts = make([]Placed, len(parts))
	for i, at := range splitRect(r, v.weights(parts)) {
		l.Parts[i] = Placed{parts[i], at}
	}
	return l
}

// splitRect cuts r into columns whose widths are as weights to each other, but none
// narrower than MinPart.
func splitRect(r draw.Rect, weights []int) []draw.Rect {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	columns := make([]draw.Rect, len(weights))
	x, left := r.X, r.W
	for i, weight := range weights {
		others := len(weights) - 1 - i
		w := min(max(r.W*weight/sum, MinPart), left-others*MinPart)
		if others == 0 {
			w = left
		}
		columns[i] = draw.Rect{X: x, Y: r.Y, W: w, H: r.H}
		x, left = x+w, left-w
	}
	return columns
}
