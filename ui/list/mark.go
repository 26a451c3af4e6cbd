package list

import "slices"

// Mark marks or unmarks a row.
func (l *List[K]) Mark(key K, on bool) {
	if on {
		l.marks[key] = struct{}{}
	} else {
		delete(l.marks, key)
	}
	l.counted = false
}

// ToggleMark marks or unmarks the selected row, which is where a later range
// starts.
func (l *List[K]) ToggleMark() {
	if key, ok := l.Selected(); ok {
		_, marked := l.marks[key]
		l.Mark(key, !marked)
		l.anchor = key
	}
}

// MarkRange marks the rows from the last one that was toggled to the selected
// one. Without such a row it marks the selected one.
func (l *List[K]) MarkRange() {
	if l.cursor < 0 {
		return
	}
	from := l.index(l.anchor)
	if from < 0 || len(l.marks) == 0 {
		from = l.cursor
		l.anchor = l.key
	}
	for i := min(from, l.cursor); i <= max(from, l.cursor); i++ {
		l.markAt(i)
	}
}

// MarkAll marks every selectable row.
func (l *List[K]) MarkAll() {
	for i := range l.source.Len() {
		l.markAt(i)
	}
}

func (l *List[K]) markAt(i int) {
	if item := l.source.At(i); !item.Caption {
		l.Mark(item.Key, true)
	}
}

// ClearMarks unmarks every row, those that are not in the source included.
func (l *List[K]) ClearMarks() {
	clear(l.marks)
	l.counted = false
}

// KeepMarks unmarks the rows for which keep is false.
func (l *List[K]) KeepMarks(keep func(key K) bool) {
	for key := range l.marks {
		if !keep(key) {
			delete(l.marks, key)
		}
	}
	l.counted = false
}

// Marked tells whether a row is marked.
func (l *List[K]) Marked(key K) bool {
	_, ok := l.marks[key]
	return ok
}

// MarkCount returns how many rows of the source are marked.
func (l *List[K]) MarkCount() int { return len(l.inSource()) }

// AllMarks returns how many rows are marked, those that are not in the source
// included.
func (l *List[K]) AllMarks() int { return len(l.marks) }

// Marks returns the keys of the marked rows from top to bottom. Marks of rows
// that are not in the source now are left out, so that nobody acts on a row that
// is not shown; they count again when the row comes back.
func (l *List[K]) Marks() []K { return slices.Clone(l.inSource()) }

// inSource lists the marked rows of the source. It goes through all of them
// once after a change.
func (l *List[K]) inSource() []K {
	if l.counted {
		return l.marked
	}
	l.marked, l.counted = l.marked[:0], true
	for i := 0; i < l.source.Len() && len(l.marked) < len(l.marks); i++ {
		if key := l.source.At(i).Key; l.Marked(key) {
			l.marked = append(l.marked, key)
		}
	}
	return l.marked
}
