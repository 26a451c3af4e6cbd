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
	i := indexOf(l.source, key)
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
	i := indexOf(l.source, key)
	if !l.has(i) || l.source.At(i).Caption {
		return l.SelectKey(key)
	}
	l.cursor, l.key = i, key
	return true
}

// PickIn replaces the rows and picks one. Other than with SetSource the window
// stays at its index: rows move under it, not with the cursor.
func (l *List[K]) PickIn(source Source[K], key K) bool {
	l.replace(source)
	l.moveTo(l.top)
	if l.Pick(key) {
		return true
	}
	l.settle(1, 0)
	return false
}

// Reveal scrolls so that the rows before end are in the window too, as far as
// the cursor stays in it.
func (l *List[K]) Reveal(end int) {
	l.moveTo(max(l.top, min(end-l.height, l.cursor)))
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
	l.moveTo(l.top + delta)
	if l.cursor < 0 {
		return
	}
	low, high := l.margins()
	l.cursor = min(max(l.cursor, low), high)
	l.settle(delta, scrollOff)
}
