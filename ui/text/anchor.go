package text

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Slice returns the cells from left to right of a text with escape sequences,
// exactly. All sequences stay; a cluster that an edge cuts becomes spaces.
func Slice(s string, left, right int) string {
	var b strings.Builder
	column := 0
	for s != "" {
		if n := escape(s); n > 0 {
			b.WriteString(s[:n])
			s = s[n:]
			continue
		}
		cluster, cells := next(s)
		s = s[len(cluster):]
		from, to := max(column, left), min(column+cells, right)
		switch {
		case column >= left && column+cells <= right && (cells > 0 || column > left):
			b.WriteString(cluster)
		case from < to:
			b.WriteString(Spaces(to - from))
		}
		column += cells
	}
	return b.String() + Spaces(right-max(column, left))
}

// escape returns the length of the escape sequence that s starts with, 0 for
// none. It knows those that the look of text is made of.
func escape(s string) int {
	if s[0] != '\x1b' {
		return 0
	}
	if end := strings.IndexByte(s, 'm'); end > 0 {
		return end + 1
	}
	return len(s)
}

// Anchored returns s, which begins in a column of the screen and may hold escape
// sequences, drawn so that it takes exactly its [Width], whatever the terminal
// makes of the clusters that terminals disagree about. They are never changed.
// Each run of words with such clusters stands in the room that is reserved for
// it, followed by the blanks that the renderer, which counts by method, needs to
// come to its end; and mark(blanks, column) tells the terminal to clear that
// room before and to go to its end after it. No mark is made at the column end,
// where a line of the screen ends.
func Anchored(s string, column, end int, method ansi.Method, mark func(blanks, column int) string) string {
	if steady(s) {
		return s
	}
	a := anchoring{column: column, began: column, end: end, method: method, mark: mark}
	for s != "" {
		if n := escape(s); n > 0 {
			// Between a blank and a new look something else begins.
			if a.blank || strings.HasPrefix(s[n:], " ") {
				a.close()
			}
			a.write(s[:n])
			s = s[n:]
			continue
		}
		if strings.HasPrefix(s, "  ") {
			a.close()
		}
		cluster, cells := next(s)
		a.add(cluster, cells)
		s = s[len(cluster):]
	}
	a.close()
	return a.out.String()
}

// anchoring draws a text from left to right.
type anchoring struct {
	// out is what is done; next is the word or the run that is being drawn.
	out, next   strings.Builder
	column, end int
	method      ansi.Method
	mark        func(blanks, column int) string
	// next began in column began, and the renderer counts drawn cells of it. It
	// is a run once open.
	open         bool
	began, drawn int
	// last is its last cluster.
	last string
	// blank is true behind a blank.
	blank bool
}

// write adds what takes no cells.
func (a *anchoring) write(s string) { a.next.WriteString(s) }

// add adds a cluster.
func (a *anchoring) add(cluster string, cells int) {
	if a.blank && !a.open {
		a.close() // a word
	}
	a.open = a.open || !certain(cluster, cells)
	a.write(cluster)
	a.drawn += a.method.StringWidth(cluster)
	a.column += cells
	a.last, a.blank = cluster, cluster == " "
}

// close ends a word or a run.
func (a *anchoring) close() {
	reserved := a.column - a.began
	if a.open {
		a.out.WriteString(a.mark(reserved, a.began))
	}
	a.out.WriteString(a.next.String())
	if a.open {
		blanks := reserved - a.drawn
		if blanks > 0 && a.method.StringWidth(a.last+" ") != a.method.StringWidth(a.last)+1 {
			a.out.WriteString(a.mark(0, a.began+a.drawn)) // else the first blank would join the cluster
		}
		a.out.WriteString(Spaces(blanks))
		if a.column < a.end {
			a.out.WriteString(a.mark(0, a.column))
		}
	}
	a.next.Reset()
	a.open, a.began, a.drawn = false, a.column, 0
}

// certain reports whether terminals agree about the width of a cluster, and it
// joins nothing that follows it.
func certain(cluster string, cells int) bool {
	if len(cluster) == 1 {
		return true
	}
	return ansi.StringWidth(cluster) == cells && ansi.StringWidthWc(cluster) == cells && ansi.StringWidth(cluster+"x") == cells+1
}

// steady reports whether s holds only characters that are one cluster each,
// about whose width nobody disagrees. It is a guess on the safe side, made fast.
func steady(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r >= 0xA0 && r < 0x300: // Latin
		case r >= 0x370 && r < 0x483 || r >= 0x48A && r < 0x530: // Greek, Cyrillic
		case r >= 0x2010 && r <= 0x2027 || r >= 0x2030 && r < 0x2060: // punctuation
		case r >= 0x2190 && r < 0x2C00: // arrows, borders, symbols
		case r >= 0x3400 && r < 0xA000 || r >= 0xAC00 && r < 0xD7A4: // Han, Hangul
		default:
			return false
		}
	}
	return true
}
