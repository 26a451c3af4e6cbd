package list

import "slices"

// marks are the marked rows of a list by key, whether its source has them now
// or not.
type marks[K comparable] struct {
	source Source[K]
	keys   map[K]struct{}
	anchor K // where a range of marks starts
	// here are the marked rows of the source, while counted is true.
	here    []K
	counted bool
}

func newMarks[K comparable](source Source[K]) marks[K] {
	return marks[K]{source: source, keys: map[K]struct{}{}}
}

// over marks the rows of another source, or of one whose rows changed.
func (m *marks[K]) over(source Source[K]) { m.source, m.counted = source, false }

// Mark marks or unmarks a row.
func (m *marks[K]) Mark(key K, on bool) {
	if on {
		m.keys[key] = struct{}{}
	} else {
		delete(m.keys, key)
	}
	m.counted = false
}

// toggle marks or unmarks a row, which is where a later range starts.
func (m *marks[K]) toggle(key K) {
	m.Mark(key, !m.Marked(key))
	m.anchor = key
}

// extend marks the rows between where a range starts and a row, which starts one
// where none does.
func (m *marks[K]) extend(to int) {
	from := indexOf(m.source, m.anchor)
	if from < 0 || len(m.keys) == 0 {
		from, m.anchor = to, m.source.At(to).Key
	}
	for i := min(from, to); i <= max(from, to); i++ {
		m.markAt(i)
	}
}

// MarkAll marks every selectable row.
func (m *marks[K]) MarkAll() {
	for i := range m.source.Len() {
		m.markAt(i)
	}
}

func (m *marks[K]) markAt(i int) {
	if item := m.source.At(i); !item.Caption {
		m.Mark(item.Key, true)
	}
}

// ClearMarks unmarks every row, those that are not in the source included.
func (m *marks[K]) ClearMarks() {
	clear(m.keys)
	m.counted = false
}

// KeepMarks unmarks the rows for which keep is false.
func (m *marks[K]) KeepMarks(keep func(key K) bool) {
	for key := range m.keys {
		if !keep(key) {
			delete(m.keys, key)
		}
	}
	m.counted = false
}

// Marked reports whether a row is marked.
func (m *marks[K]) Marked(key K) bool {
	_, ok := m.keys[key]
	return ok
}

// MarkCount returns how many rows of the source are marked.
func (m *marks[K]) MarkCount() int { return len(m.inSource()) }

// AllMarks returns how many rows are marked, those that are not in the source
// included.
func (m *marks[K]) AllMarks() int { return len(m.keys) }

// Marks returns the keys of the marked rows from top to bottom. Marks of rows
// that are not in the source now are left out, so that nobody acts on a row that
// is not shown; they count again when the row comes back.
func (m *marks[K]) Marks() []K { return slices.Clone(m.inSource()) }

// inSource lists the marked rows of the source. It goes through all of them
// once after a change.
func (m *marks[K]) inSource() []K {
	if m.counted {
		return m.here
	}
	m.here, m.counted = m.here[:0], true
	for i := 0; i < m.source.Len() && len(m.here) < len(m.keys); i++ {
		if key := m.source.At(i).Key; m.Marked(key) {
			m.here = append(m.here, key)
		}
	}
	return m.here
}
