package list

const (
	// scrollOff is how many rows stay visible beyond the cursor.
	scrollOff = 2
	// wheelStep is how many rows one notch of the wheel scrolls.
	wheelStep = 3
)

// window is which rows of a list are visible.
type window struct {
	rows   interface{ Len() int }
	top    int // index of the first visible row
	height int // rows that were visible when the list was last drawn
}

// Visible returns the indices of the rows in the window: from first up to, not
// including, end.
func (w *window) Visible() (first, end int) {
	return w.top, min(w.top+w.height, w.rows.Len())
}

// IndexAt returns the index of the row that is drawn on line y of the window,
// and false when none is.
func (w *window) IndexAt(y int) (i int, ok bool) {
	first, end := w.Visible()
	if y < 0 || first+y >= end {
		return 0, false
	}
	return first + y, true
}

// Line returns the line of the window on which the row with the cursor is drawn.
func (l *List[K]) Line() int { return max(0, l.cursor-l.top) }

// has reports whether the row at i is visible.
func (w *window) has(i int) bool { return i >= w.top && i < w.top+w.height }

// moveTo makes the row at top the first one, as far as the rows reach.
func (w *window) moveTo(top int) {
	w.top = max(0, min(top, w.rows.Len()-max(w.height, 1)))
}

// follow moves the window as little as shows the row at i with spare rows beyond
// it, where the window has so many.
func (w *window) follow(i, spare int) {
	spare = min(spare, w.spare())
	w.moveTo(max(min(w.top, i-spare), i+spare-max(w.height, 1)+1))
}

// margins returns the first and last index where the cursor may stand without
// moving the window.
func (w *window) margins() (low, high int) {
	low, high = w.top, w.top+max(w.height, 1)-1
	off, last := w.spare(), w.rows.Len()-1
	if low > 0 {
		low += off
	}
	if high < last {
		high -= off
	}
	return low, min(high, last)
}

// spare returns how many rows the window can spare beyond the cursor.
func (w *window) spare() int { return min(scrollOff, max(w.height-1, 0)/2) }
