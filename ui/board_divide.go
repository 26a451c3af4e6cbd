package ui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"storydesk/ui/draw"
	"storydesk/ui/intent"

	tea "charm.land/bubbletea/v2"
)

// dividerStep is how far a key moves a divider, in cells.
const dividerStep = 2

// shares are the widths of the board's parts in proportion to each other. An
// empty one is the usual one.
type shares map[intent.PaneName]int

// maxShare keeps a share to what a screen can be wide.
const maxShare = 10_000

// String is how shares are kept.
func (s shares) String() string {
	words := make([]string, 0, len(s))
	for _, part := range slices.Sorted(maps.Keys(s)) {
		words = append(words, fmt.Sprintf("%s=%d", part, s[part]))
	}
	return strings.Join(words, " ")
}

// parseShares reads kept shares; what cannot be used is as usual.
func parseShares(kept string) shares {
	s := shares{}
	for word := range strings.FieldsSeq(kept) {
		part, share, _ := strings.Cut(word, "=")
		n, err := strconv.Atoi(share)
		if err != nil || n <= 0 || n > maxShare {
			return nil
		}
		s[intent.PaneName(part)] = n
	}
	return s
}

// widths are the parts' widths as drawn, and as those that are not shown would
// be beside them.
func (b *board) widths() shares {
	l := layoutBoard(b.room, b.view)
	among, drawn, weight := len(l.parts), 0, 0
	now := shares{}
	for _, p := range l.parts {
		now[p.name] = p.rect.W
		drawn += p.rect.W
		weight += b.view.weight(p.name, among)
	}
	for _, p := range b.view.table {
		if now[p.name] == 0 {
			now[p.name] = max(1, b.view.weight(p.name, among)*drawn/cmp.Or(weight, 1))
		}
	}
	return now
}

// widen moves the divider between two parts that stand side by side, to the
// right when by is positive. Neither gets narrower than minPart.
func (b *board) widen(left, right intent.PaneName, by int) {
	now := b.widths()
	by = min(max(by, minPart-now[left]), now[right]-minPart)
	now[left] += by
	now[right] -= by
	b.view.shares = now
}

// resize makes the focused part wider or narrower. The last part gives to and
// takes from the one at its left.
func (b *board) resize(by int) tea.Cmd {
	parts := layoutBoard(b.room, b.view).parts
	i := slices.IndexFunc(parts, func(p placedPart) bool { return p.name == b.view.focus })
	switch {
	case i < 0 || len(parts) < 2:
		return nil
	case i == len(parts)-1:
		b.widen(parts[i-1].name, parts[i].name, -by)
	default:
		b.widen(parts[i].name, parts[i+1].name, by)
	}
	return b.rememberShares()
}

// evenOut makes all parts equally wide.
func (b *board) evenOut() tea.Cmd {
	even := shares{}
	for _, p := range b.view.table {
		even[p.name] = 1
	}
	b.view.shares = even
	return b.rememberShares()
}

func (b *board) rememberShares() tea.Cmd { return b.remember(settingShares, b.view.shares.String()) }

// divide moves the divider at the right of a part under the mouse.
func (b *board) divide(in intent.Divide) {
	parts := layoutBoard(b.room, b.view).parts
	for i, p := range parts[:max(0, len(parts)-1)] {
		if p.name == in.Part {
			b.widen(p.name, parts[i+1].name, in.X-(p.rect.X+p.rect.W-1))
		}
	}
}

// cannotDivide says why there is no divider to move, empty when there is one.
func (b *board) cannotDivide() string {
	if len(layoutBoard(b.room, b.view).parts) < 2 {
		return "only one pane fits at this width"
	}
	return ""
}

// hitDividers records where the mouse can take hold of a divider: the borders
// of two parts that touch.
func (b *board) hitDividers(c *draw.Canvas, l boardLayout) {
	for i := range max(0, len(l.parts)-1) {
		left, right := l.parts[i], l.parts[i+1]
		border := draw.Region{
			Rect:    draw.Rect{X: left.rect.X + left.rect.W - 1, Y: left.rect.Y, W: 1, H: left.rect.H},
			Divider: left.name, Click: intent.FocusPart{Part: left.name},
		}
		c.Hit(border)
		border.Rect.X, border.Click = right.rect.X, intent.FocusPart{Part: right.name}
		c.Hit(border)
	}
}
