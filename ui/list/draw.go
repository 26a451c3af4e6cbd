package list

import (
	"slices"
	"strings"
)

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
	l.drawn.clear()
	first, end := l.Visible()
	for i := first; i < end; i++ {
		item := l.source.At(i)
		now := look[K]{item: item, flags: l.flags(i, item.Key, f), width: f.Width, generation: f.Generation}
		line, ok := l.drawn.cache.get(now)
		if !ok {
			line = l.drawn.draw(i, now, row)
		}
		l.drawn.add(item.Key, line)
	}
	return l.drawn.fill(f)
}

// resize takes a new height; the cursor keeps its place or moves into view.
func (l *List[K]) resize(height int) {
	if height == l.height {
		return
	}
	l.height = height
	l.drawn.cache.limit = 2 * height
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

// drawing is what a list looked like when it was last drawn.
type drawing[K comparable] struct {
	shown []K
	lines []string
	cache cache[K]
	blank string // an empty line
	buf   []byte
}

// clear begins the next drawing.
func (d *drawing[K]) clear() { d.lines, d.shown = d.lines[:0], d.shown[:0] }

// draw draws the row at i, which did not look so before.
func (d *drawing[K]) draw(i int, now look[K], row func(dst []byte, i int, flags Flags) []byte) string {
	d.buf = row(d.buf[:0], i, now.flags)
	line := string(d.buf)
	d.cache.put(now, line)
	return line
}

// add appends a row that is drawn.
func (d *drawing[K]) add(key K, line string) {
	d.shown, d.lines = append(d.shown, key), append(d.lines, line)
}

// fill appends empty lines up to the height, and returns all lines.
func (d *drawing[K]) fill(f Frame) []string {
	if len(d.lines) < f.Height && len(d.blank) != f.Width {
		d.blank = strings.Repeat(" ", f.Width)
	}
	for len(d.lines) < f.Height {
		d.lines = append(d.lines, d.blank)
	}
	return d.lines
}

// around lists the keys that were drawn below a key and then those above it, the
// nearest first.
func (d *drawing[K]) around(key K) []K {
	at := slices.Index(d.shown, key)
	if at < 0 {
		return nil
	}
	above := slices.Clone(d.shown[:at])
	slices.Reverse(above)
	return slices.Concat(d.shown[at+1:], above)
}
