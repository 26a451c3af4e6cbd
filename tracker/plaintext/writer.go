package plaintext

import (
	"bytes"
	"unicode/utf8"
)

// absent is the place of a character that stands in the result but not, or not
// in this form, in the source.
const absent = -1

// writer collects the result. As long as the result is a prefix of the source
// it only counts, so that clean text costs no allocation.
type writer struct {
	source string
	block  bool

	// buf holds the result once it differs from source[:kept].
	buf      []byte
	differs  bool
	kept     int
	length   int // of the result, in characters
	column   int // characters since the last line feed, marks not counted
	marks    int // combining marks on the last base
	last     rune
	base     rune // the last that is no mark
	newline  bool // a Line's break that waits for a character to follow
	joined   bool // a joiner that waits for a symbol to follow
	joinedAt int  // where it stands in source
	full     bool
}

// character writes a character that takes room of its own.
func (w *writer) character(r rune, at, size int) {
	if w.newline && r == ' ' {
		return
	}
	if w.newline {
		w.newline = false
		if w.last != ' ' {
			w.emit(' ', absent, 1)
		}
	}
	if w.joined {
		w.joined = false
		if symbol(r) {
			w.emit(zeroWidthJoiner, w.joinedAt, utf8.RuneLen(zeroWidthJoiner))
		}
	}
	w.emit(r, at, size)
	w.base = r
	w.column++
	w.marks = 0
}

// mark writes a combining mark, or drops it when there is nothing to stand on
// or too many stand there.
func (w *writer) mark(r rune, at, size int) {
	w.joined = false
	if w.column == 0 || w.newline || w.marks == MaxMarks {
		return
	}
	w.marks++
	w.emit(r, at, size)
}

func (w *writer) lineBreak(r rune, at, size int) {
	w.joined = false
	if !w.block {
		w.newline = w.length > 0
		return
	}
	if r != '\n' {
		at = absent
	}
	w.emit('\n', at, size)
	w.column = 0
	w.marks = 0
}

func (w *writer) tab() {
	for stop := w.column + TabWidth - w.column%TabWidth; w.column < stop && !w.full; {
		w.character(' ', absent, 1)
	}
}

// joiner writes a joiner where it is part of the spelling: on a letter of a
// script whose letters join, or between two symbols.
func (w *writer) joiner(at int) {
	switch {
	case w.newline || w.column == 0:
	case joins(w.base):
		w.mark(zeroWidthJoiner, at, utf8.RuneLen(zeroWidthJoiner))
	case symbol(w.last):
		w.joined, w.joinedAt = true, at
	}
}

// emit appends r, which stands at the given place of the source or is absent.
func (w *writer) emit(r rune, at, size int) {
	if w.full {
		return
	}
	if w.length == MaxLine && !w.block || w.block && w.size()+utf8.RuneLen(r) > MaxBlock {
		w.cut()
		return
	}
	w.last = r
	w.length++
	if !w.differs && at == w.kept && utf8.RuneLen(r) == size {
		w.kept += size
		return
	}
	w.diverge()
	w.buf = utf8.AppendRune(w.buf, r)
}

// diverge gives the result bytes of its own.
func (w *writer) diverge() {
	if !w.differs {
		w.differs = true
		w.buf = append(make([]byte, 0, len(w.source)), w.source[:w.kept]...)
	}
}

func (w *writer) size() int {
	if w.differs {
		return len(w.buf)
	}
	return w.kept
}

// cut ends the result with an ellipsis in place of its last characters.
func (w *writer) cut() {
	w.full = true
	w.diverge()
	if !w.block {
		w.drop()
	}
	for w.block && len(w.buf)+len(ellipsis) > MaxBlock {
		w.drop()
	}
	if bytes.HasSuffix(w.buf, utf8.AppendRune(nil, zeroWidthJoiner)) {
		w.drop()
	}
	w.buf = append(w.buf, ellipsis...)
}

func (w *writer) drop() {
	_, size := utf8.DecodeLastRune(w.buf)
	w.buf = w.buf[:len(w.buf)-size]
}

func (w *writer) String() string {
	if w.differs {
		return string(w.buf)
	}
	return w.source[:w.kept]
}
