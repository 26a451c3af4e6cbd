package list

import "strings"

// Flags say in which state a row is drawn.
type Flags uint8

// The flags.
const (
	// Selected: the cursor is on it.
	Selected Flags = 1 << iota
	// Marked: it is marked.
	Marked
	// Focused: the list has the focus. Set for every row.
	Focused
)

// Frame says how a list is drawn.
type Frame struct {
	// Width and Height are the window, in cells.
	Width, Height int
	// Focused is true when the list has the focus.
	Focused bool
	// Generation is the theme's.
	Generation uint64
}

// Draw returns the window's lines, always Height of them. It calls row for each
// visible row that it has not drawn yet; row appends Width cells without a line
// feed to dst. Lines below the last row are spaces. The result belongs to the
// list and holds until the next Draw.
func (l *List[K]) Draw(f Frame, row func(dst []byte, i int, flags Flags) []byte) []string {
	f.Width, f.Height = max(f.Width, 0), max(f.Height, 0)
	l.resize(f.Height)
	l.lines, l.shown = l.lines[:0], l.shown[:0]
	first, end := l.Visible()
	for i := first; i < end; i++ {
		item := l.source.At(i)
		l.shown = append(l.shown, item.Key)
		key := drawn[K]{item: item, flags: l.flags(i, item.Key, f), width: f.Width, generation: f.Generation}
		line, ok := l.rows.get(key)
		if !ok {
			l.buf = row(l.buf[:0], i, key.flags)
			line = string(l.buf)
			l.rows.put(key, line)
		}
		l.lines = append(l.lines, line)
	}
	if len(l.lines) < f.Height {
		l.fill(f)
	}
	return l.lines
}

// resize takes a new height; the cursor keeps its place or moves into view.
func (l *List[K]) resize(height int) {
	if height == l.height {
		return
	}
	l.height = height
	l.rows.limit = 2 * height
	l.settle(1, scrollOff)
}

func (l *List[K]) flags(i int, key K, f Frame) Flags {
	var flags Flags
	if i == l.cursor {
		flags |= Selected
	}
	if l.Marked(key) {
		flags |= Marked
	}
	if f.Focused {
		flags |= Focused
	}
	return flags
}

// fill appends empty lines up to the height.
func (l *List[K]) fill(f Frame) {
	if len(l.blank) != f.Width {
		l.blank = strings.Repeat(" ", f.Width)
	}
	for len(l.lines) < f.Height {
		l.lines = append(l.lines, l.blank)
	}
}
