package ui

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

// boardLayout is the board cut into its parts. Parts without room are empty.
type boardLayout struct {
	// strip names the parts that are not shown; it stands only where there is
	// room for one.
	strip                    rect
	tickets, backlog, icebox rect
}

// boardView is what the board's layout depends on besides the size.
type boardView struct {
	// focus is the focused part, column the column focused last.
	focus, column paneName
	// noTickets hides the tickets.
	noTickets bool
	shares    shares
}

// shares are the widths of the tickets, the Backlog and the Icebox in
// proportion to each other. The zero value is the usual one.
type shares [3]int

// minPart is the least width of a part beside another; maxShare keeps a share
// to what a screen can be wide.
const (
	minPart  = 20
	maxShare = 10_000
)

// of picks the shares of parts; usual are those of the zero value.
func (s shares) of(usual []int, parts ...int) []int {
	if s == (shares{}) {
		return usual
	}
	picked := make([]int, len(parts))
	for i, part := range parts {
		picked[i] = s[part]
	}
	return picked
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

// layoutBoard cuts r for the board. The focused part is always shown; without
// the tickets the two columns share the room.
func layoutBoard(r rect, v boardView) boardLayout {
	var l boardLayout
	switch {
	case r.w >= threePanes && !v.noTickets:
		parts := r.split(v.shares.of([]int{36, 36, 28}, 0, 1, 2))
		l.tickets, l.backlog, l.icebox = parts[0], parts[1], parts[2]
	case r.w >= twoPanes && v.noTickets:
		parts := r.split(v.shares.of([]int{1, 1}, 1, 2))
		l.backlog, l.icebox = parts[0], parts[1]
	case r.w >= twoPanes:
		column := 1
		if v.column == paneIcebox {
			column = 2
		}
		parts := r.split(v.shares.of([]int{1, 1}, 0, column))
		l.tickets, *l.part(v.column) = parts[0], parts[1]
	default:
		l.strip = r.row(0)
		*l.part(v.focus) = rect{r.x, r.y + 1, r.w, max(0, r.h-1)}
	}
	return l
}

// shown lists the parts that have room, from left to right.
func (l *boardLayout) shown() []paneName {
	var parts []paneName
	for _, part := range []paneName{paneTickets, paneBacklog, paneIcebox} {
		if !l.part(part).empty() {
			parts = append(parts, part)
		}
	}
	return parts
}

// part finds the rectangle of a part by its name.
func (l *boardLayout) part(name paneName) *rect {
	switch name {
	case paneTickets:
		return &l.tickets
	case paneIcebox:
		return &l.icebox
	default:
		return &l.backlog
	}
}
