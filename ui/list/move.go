package list

// Move moves the cursor by delta selectable rows, down when it is positive. It
// stops at the ends.
func (l *List[K]) Move(delta int) {
	step := 1
	if delta < 0 {
		step = -1
	}
	for i := l.cursor + step; delta != 0 && i >= 0 && i < l.source.Len(); i += step {
		if !l.source.At(i).Caption {
			l.cursor = i
			delta -= step
		}
	}
	l.settle(step, scrollOff)
}

// Page moves the cursor and the window by whole windows.
func (l *List[K]) Page(delta int) { l.scroll(delta * max(l.height-1, 1)) }

// Half moves the cursor and the window by half windows.
func (l *List[K]) Half(delta int) { l.scroll(delta * max(l.height/2, 1)) }

// scroll moves the window and the cursor with it.
func (l *List[K]) scroll(delta int) {
	l.top += delta
	l.cursor += delta
	l.settle(delta, scrollOff)
}

// Top selects the first row.
func (l *List[K]) Top() {
	l.cursor, l.top = 0, 0
	l.settle(1, scrollOff)
}

// Bottom selects the last row.
func (l *List[K]) Bottom() {
	l.cursor = l.source.Len() - 1
	l.settle(-1, scrollOff)
}

// SelectKey selects a row by its key and reports whether it is there and can
// be selected.
func (l *List[K]) SelectKey(key K) bool {
	i := l.index(key)
	if i < 0 || l.source.At(i).Caption {
		return false
	}
	l.cursor = i
	l.settle(1, scrollOff)
	return true
}

// Pick selects a row by its key as SelectKey does, but does not scroll while
// the row is in the window.
func (l *List[K]) Pick(key K) bool {
	i := l.index(key)
	if i < l.top || i >= l.top+l.height || l.source.At(i).Caption {
		return l.SelectKey(key)
	}
	l.cursor, l.key = i, key
	return true
}

// PickIn replaces the rows and picks one. Other than with SetSource the window
// stays at its index: rows move under it, not with the cursor.
func (l *List[K]) PickIn(source Source[K], key K) bool {
	l.source, l.counted = source, false
	l.top = l.clampTop(l.top)
	if l.Pick(key) {
		return true
	}
	l.settle(1, 0)
	return false
}

// Reveal scrolls so that the rows before end are in the window too, as far as
// the cursor stays in it.
func (l *List[K]) Reveal(end int) {
	l.top = l.clampTop(max(l.top, min(end-l.height, l.cursor)))
}

// SelectAt selects the row on line y of the window and reports whether there
// is one that can be selected. The window does not scroll.
func (l *List[K]) SelectAt(y int) bool {
	i, ok := l.IndexAt(y)
	if !ok || l.source.At(i).Caption {
		return false
	}
	l.cursor = i
	l.key = l.source.At(i).Key
	return true
}

// Wheel scrolls the window by notches of three rows; the cursor moves only as
// far as it must to stay inside.
func (l *List[K]) Wheel(notches int) { l.ScrollBy(notches * wheelStep) }

// ScrollBy scrolls the window by rows; the cursor moves only as far as it must
// to stay inside.
func (l *List[K]) ScrollBy(delta int) {
	l.top = l.clampTop(l.top + delta)
	if l.cursor < 0 {
		return
	}
	low, high := l.margins()
	l.cursor = min(max(l.cursor, low), high)
	l.settle(delta, scrollOff)
}

// settle makes the invariants hold after the cursor or the rows changed: the
// cursor goes to the nearest selectable row, looking first the way it moved,
// and the window follows it so that spare rows stay visible beyond it.
func (l *List[K]) settle(direction, spare int) {
	n := l.source.Len()
	l.cursor = l.selectable(min(max(l.cursor, 0), n-1), direction)
	if l.cursor < 0 {
		var none K
		l.key = none
		l.top = l.clampTop(l.top)
		return
	}
	l.key = l.source.At(l.cursor).Key
	spare = min(spare, l.spare())
	l.top = min(l.top, l.cursor-spare)
	l.top = max(l.top, l.cursor+spare-max(l.height, 1)+1)
	l.top = l.clampTop(l.top)
}

// selectable returns the nearest selectable row to i, -1 when there is none.
func (l *List[K]) selectable(i, direction int) int {
	step := 1
	if direction < 0 {
		step = -1
	}
	for _, step := range []int{step, -step} {
		for at := i; at >= 0 && at < l.source.Len(); at += step {
			if !l.source.At(at).Caption {
				return at
			}
		}
	}
	return -1
}

// margins returns the first and last index where the cursor may stand without
// scrolling the window.
func (l *List[K]) margins() (low, high int) {
	low, high = l.top, l.top+max(l.height, 1)-1
	off, last := l.spare(), l.source.Len()-1
	if low > 0 {
		low += off
	}
	if high < last {
		high -= off
	}
	return low, min(high, last)
}

// spare returns how many rows the window can spare beyond the cursor.
func (l *List[K]) spare() int { return min(scrollOff, max(l.height-1, 0)/2) }

func (l *List[K]) clampTop(top int) int {
	return max(0, min(top, l.source.Len()-max(l.height, 1)))
}
