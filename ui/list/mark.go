package list

// Mark marks or unmarks a row.
func (l *List[K]) Mark(key K, on bool) {
	if on {
		l.marks[key] = struct{}{}
	} else {
		delete(l.marks, key)
	}
}

// ToggleMark marks or unmarks the selected row, which is where a later range
// starts.
func (l *List[K]) ToggleMark() {
	if key, ok := l.Selected(); ok {
		l.Mark(key, !l.Marked(key))
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

// ClearMarks unmarks every row.
func (l *List[K]) ClearMarks() { clear(l.marks) }

// Marked tells whether a row is marked.
func (l *List[K]) Marked(key K) bool {
	_, ok := l.marks[key]
	return ok
}

// MarkCount returns how many rows are marked.
func (l *List[K]) MarkCount() int { return len(l.marks) }

// Marks returns the keys of the marked rows from top to bottom.
func (l *List[K]) Marks() []K {
	keys := make([]K, 0, len(l.marks))
	for i := 0; i < l.source.Len() && len(keys) < len(l.marks); i++ {
		if key := l.source.At(i).Key; l.Marked(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// dropMarks forgets the marks of rows that are not in the source, so that
// nobody acts on a row that is not shown.
func (l *List[K]) dropMarks() {
	if len(l.marks) == 0 {
		return
	}
	kept := map[K]struct{}{}
	for _, key := range l.Marks() {
		kept[key] = struct{}{}
	}
	l.marks = kept
}
