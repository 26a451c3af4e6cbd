package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// dividerStep is how far a key moves a divider, in cells.
const dividerStep = 2

// even are shares that make all parts equally wide.
func even() shares { return shares{1, 1, 1} }

// widths are the parts' widths as drawn; a hidden part is taken to be as wide
// as the column that is shown.
func (b *board) widths() shares {
	l := layoutBoard(b.room, b.view)
	now := shares{l.tickets.w, l.backlog.w, l.icebox.w}
	for i := range now {
		if now[i] == 0 {
			now[i] = l.part(b.view.column).w
		}
	}
	return now
}

// widen moves the divider between two parts that stand side by side, to the
// right when by is positive. Neither gets narrower than minPart.
func (b *board) widen(left, right paneName, by int) {
	order := []paneName{paneTickets, paneBacklog, paneIcebox}
	i, j := slices.Index(order, left), slices.Index(order, right)
	now := b.widths()
	by = min(max(by, minPart-now[i]), now[j]-minPart)
	now[i] += by
	now[j] -= by
	b.view.shares = now
}

// resize makes the focused part wider or narrower. The last part gives to and
// takes from the one at its left.
func (b *board) resize(by int) tea.Cmd {
	l := layoutBoard(b.room, b.view)
	parts := l.shown()
	i := slices.Index(parts, b.view.focus)
	switch {
	case i < 0 || len(parts) < 2:
		return nil
	case i == len(parts)-1:
		b.widen(parts[i-1], parts[i], -by)
	default:
		b.widen(parts[i], parts[i+1], by)
	}
	return b.rememberShares()
}

// evenOut makes all parts equally wide.
func (b *board) evenOut() tea.Cmd {
	b.view.shares = even()
	return b.rememberShares()
}

func (b *board) rememberShares() tea.Cmd { return b.remember(settingShares, b.view.shares.String()) }

// divide moves the divider at the right of a part under the mouse.
func (b *board) divide(in divide) {
	l := layoutBoard(b.room, b.view)
	parts := l.shown()
	if i := slices.Index(parts, in.part); i >= 0 && i+1 < len(parts) {
		at := l.part(in.part)
		b.widen(parts[i], parts[i+1], in.x-(at.x+at.w-1))
	}
}

// cannotDivide says why there is no divider to move, empty when there is one.
func (b *board) cannotDivide() string {
	if l := layoutBoard(b.room, b.view); len(l.shown()) < 2 {
		return "one pane takes the whole width here"
	}
	return ""
}

// hitDividers records where the mouse can take hold of a divider: the borders
// of two parts that touch.
func (b *board) hitDividers(c *canvas, l boardLayout) {
	parts := l.shown()
	for i := range len(parts) - 1 {
		left, right := *l.part(parts[i]), *l.part(parts[i+1])
		border := region{rect: rect{left.x + left.w - 1, left.y, 1, left.h}, divider: parts[i], click: focusPart{parts[i]}}
		c.hit(border)
		border.rect.x, border.click = right.x, focusPart{parts[i+1]}
		c.hit(border)
	}
}
