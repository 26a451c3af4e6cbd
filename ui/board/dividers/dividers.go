package dividers

import (
	"cmp"
	"slices"

	"storydesk/ui/board/columns"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
)

// Step is how far a key moves a divider, in cells.
const Step = 2

// Dividers stand between the parts of the board and can be moved.
type Dividers struct {
	Columns *columns.Columns
	// Room is where the board was drawn last.
	Room draw.Rect
}

// Parts are the parts for which there is room, where they stand.
func (d *Dividers) Parts() []layout.Placed { return layout.Split(d.Room, d.Columns.View).Parts }

// Widths are the parts' widths as drawn, and as those that are not shown would
// be beside them.
func (d *Dividers) Widths() layout.Shares {
	l := layout.Split(d.Room, d.Columns.View)
	among, drawn, weight := len(l.Parts), 0, 0
	now := layout.Shares{}
	for _, p := range l.Parts {
		now[p.Name] = p.Rect.W
		drawn += p.Rect.W
		weight += d.Columns.View.Weight(p.Name, among)
	}
	for _, p := range d.Columns.View.Table {
		if now[p.Name] == 0 {
			now[p.Name] = max(1, d.Columns.View.Weight(p.Name, among)*drawn/cmp.Or(weight, 1))
		}
	}
	return now
}

// widen moves the divider between two parts that stand side by side, to the
// right when by is positive. Neither gets narrower than layout.MinPart.
func (d *Dividers) widen(left, right intent.PaneName, by int) {
	now := d.Widths()
	by = min(max(by, layout.MinPart-now[left]), now[right]-layout.MinPart)
	now[left] += by
	now[right] -= by
	d.Columns.View.Shares = now
}

// Resize makes the focused part wider or narrower. The last part gives to and
// takes from the one at its left.
func (d *Dividers) Resize(by int) {
	parts := d.Parts()
	i := slices.IndexFunc(parts, func(p layout.Placed) bool { return p.Name == d.Columns.View.Focus })
	switch {
	case i < 0 || len(parts) < 2:
		return
	case i == len(parts)-1:
		d.widen(parts[i-1].Name, parts[i].Name, -by)
	default:
		d.widen(parts[i].Name, parts[i+1].Name, by)
	}
}

// EvenOut makes all parts equally wide.
func (d *Dividers) EvenOut() {
	even := layout.Shares{}
	for _, p := range d.Columns.View.Table {
		even[p.Name] = 1
	}
	d.Columns.View.Shares = even
}

// Divide moves the divider at the right of a part under the mouse.
func (d *Dividers) Divide(in intent.Divide) {
	parts := d.Parts()
	for i, p := range parts[:max(0, len(parts)-1)] {
		if p.Name == in.Part {
			d.widen(p.Name, parts[i+1].Name, in.X-(p.Rect.X+p.Rect.W-1))
		}
	}
}

// CannotDivide says why there is no divider to move, empty when there is one.
func (d *Dividers) CannotDivide() string {
	if len(d.Parts()) < 2 {
		return "only one pane fits at this width"
	}
	return ""
}

// Hit records where the mouse can take hold of a divider: the borders
// of two parts that touch.
func (d *Dividers) Hit(c *draw.Canvas, l layout.Layout) {
	for i := range max(0, len(l.Parts)-1) {
		left, right := l.Parts[i], l.Parts[i+1]
		border := draw.Region{
			Rect:    draw.Rect{X: left.Rect.X + left.Rect.W - 1, Y: left.Rect.Y, W: 1, H: left.Rect.H},
			Divider: left.Name, Click: intent.FocusPart{Part: left.Name},
		}
		c.Hit(border)
		border.Rect.X, border.Click = right.Rect.X, intent.FocusPart{Part: right.Name}
		c.Hit(border)
	}
}
