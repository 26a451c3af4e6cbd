package board

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/setting"
)

// dividerStep is how far a key moves a divider, in cells.
const dividerStep = 2

// widths are the parts' widths as drawn, and as those that are not shown would
// be beside them.
func (b *Board) widths() layout.Shares {
	l := layout.Split(b.room, b.view)
	among, drawn, weight := len(l.Parts), 0, 0
	now := layout.Shares{}
	for _, p := range l.Parts {
		now[p.Name] = p.Rect.W
		drawn += p.Rect.W
		weight += b.view.Weight(p.Name, among)
	}
	for _, p := range b.view.Table {
		if now[p.Name] == 0 {
			now[p.Name] = max(1, b.view.Weight(p.Name, among)*drawn/cmp.Or(weight, 1))
		}
	}
	return now
}

// widen moves the divider between two parts that stand side by side, to the
// right when by is positive. Neither gets narrower than minPart.
func (b *Board) widen(left, right intent.PaneName, by int) {
	now := b.widths()
	by = min(max(by, layout.MinPart-now[left]), now[right]-layout.MinPart)
	now[left] += by
	now[right] -= by
	b.view.Shares = now
}

// resize makes the focused part wider or narrower. The last part gives to and
// takes from the one at its left.
func (b *Board) resize(by int) tea.Cmd {
	parts := layout.Split(b.room, b.view).Parts
	i := slices.IndexFunc(parts, func(p layout.Placed) bool { return p.Name == b.view.Focus })
	switch {
	case i < 0 || len(parts) < 2:
		return nil
	case i == len(parts)-1:
		b.widen(parts[i-1].Name, parts[i].Name, -by)
	default:
		b.widen(parts[i].Name, parts[i+1].Name, by)
	}
	return b.rememberShares()
}

// evenOut makes all parts equally wide.
func (b *Board) evenOut() tea.Cmd {
	even := layout.Shares{}
	for _, p := range b.view.Table {
		even[p.Name] = 1
	}
	b.view.Shares = even
	return b.rememberShares()
}

func (b *Board) rememberShares() tea.Cmd { return b.Remember(setting.Shares, b.view.Shares.String()) }

// divide moves the divider at the right of a part under the mouse.
func (b *Board) divide(in intent.Divide) {
	parts := layout.Split(b.room, b.view).Parts
	for i, p := range parts[:max(0, len(parts)-1)] {
		if p.Name == in.Part {
			b.widen(p.Name, parts[i+1].Name, in.X-(p.Rect.X+p.Rect.W-1))
		}
	}
}

// cannotDivide says why there is no divider to move, empty when there is one.
func (b *Board) cannotDivide() string {
	if len(layout.Split(b.room, b.view).Parts) < 2 {
		return "only one pane fits at this width"
	}
	return ""
}

// hitDividers records where the mouse can take hold of a divider: the borders
// of two parts that touch.
func (b *Board) hitDividers(c *draw.Canvas, l layout.Layout) {
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
