package rows

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// bom is the byte order mark.
const bom = '\ufeff'

// decode returns a file's text in UTF-8 without a byte order mark. It calls found
// once, at the first place where bytes had to be guessed.
func decode(r io.Reader, found func(line, column int, message string)) (io.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return &decoder{next: utf16From(in, true), found: found, line: 1, column: 1}, nil
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return &decoder{next: utf16From(in, false), found: found, line: 1, column: 1}, nil
	case len(head) == 4 && head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0:
		return &decoder{next: utf16From(in, true), found: found, line: 1, column: 1}, nil
	case len(head) == 4 && head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0:
		return &decoder{next: utf16From(in, false), found: found, line: 1, column: 1}, nil
	}
	return &decoder{next: utf8From(in), in: in, found: found, line: 1, column: 1}, nil
}

// decoder writes the runes of a file as UTF-8.
type decoder struct {
	next func() (r rune, guessed string, err error)
	// in is the file where it is likely to be UTF-8 already; nil for others.
	in           *bufio.Reader
	found        func(line, column int, message string)
	line, column int
	started      bool
	told         bool
	// rest is what did not fit into the last piece.
	rest []byte
}

// Read implements io.Reader.
func (d *decoder) Read(p []byte) (int, error) {
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	for n < len(p) {
		if m := d.plain(p[n:]); m > 0 {
			n += m
			continue
		}
		r, guessed, err := d.next()
		if err != nil {
			if n > 0 && errors.Is(err, io.EOF) {
				return n, nil
			}
			return n, err
		}
		first := !d.started
		d.started = true
		if first && r == bom {
			continue
		}
		if guessed != "" && !d.told {
			d.told = true
			d.found(d.line, d.column, guessed)
		}
		var buf [utf8.UTFMax]byte
		size := utf8.EncodeRune(buf[:], r)
		d.pass(r, size)
		m := copy(p[n:], buf[:size])
		n += m
		if m < size {
			d.rest = append(d.rest[:0], buf[m:size]...)
		}
	}
	return n, nil
}

// plain copies what is ASCII already.
func (d *decoder) plain(p []byte) int {
	if d.in == nil || !d.started || d.in.Buffered() == 0 {
		return 0
	}
	ahead, err := d.in.Peek(min(len(p), d.in.Buffered()))
	if err != nil {
		return 0
	}
	n := 0
	for n < len(ahead) && ahead[n] < utf8.RuneSelf {
		if ahead[n] == '\n' {
			d.line, d.column = d.line+1, 0
		}
		d.column++
		n++
	}
	copy(p, ahead[:n])
	if _, err := d.in.Discard(n); err != nil {
		return 0
	}
	return n
}

func (d *decoder) pass(r rune, size int) {
	if r == '\n' {
		d.line, d.column = d.line+1, 1
		return
	}
	d.column += size
}

// utf8From reads UTF-8, and single bytes that are none as Windows-1252.
func utf8From(in *bufio.Reader) func() (rune, string, error) {
	return func() (rune, string, error) {
		r, size, err := in.ReadRune()
		if err != nil || r != utf8.RuneError || size > 1 {
			return r, "", err
		}
		if err := in.UnreadRune(); err != nil {
			return 0, "", err
		}
		b, err := in.ReadByte()
		return windows1252(b), "the text is not UTF-8 here; such bytes are read as Windows-1252 (Latin-1)", err
	}
}

// utf16From reads UTF-16 in one byte order.
func utf16From(in *bufio.Reader, little bool) func() (rune, string, error) {
	const broken = "the UTF-16 text is damaged here; a replacement character stands for what is missing"
	unit := func() (rune, error) {
		var pair [2]byte
		if _, err := io.ReadFull(in, pair[:]); err != nil {
			return 0, err
		}
		if little {
			return rune(pair[0]) | rune(pair[1])<<8, nil
		}
		return rune(pair[1]) | rune(pair[0])<<8, nil
	}
	var ahead []rune
	return func() (rune, string, error) {
		var first rune
		var err error
		if len(ahead) > 0 {
			first, ahead = ahead[0], nil
		} else if first, err = unit(); errors.Is(err, io.ErrUnexpectedEOF) {
			return utf8.RuneError, broken, nil
		} else if err != nil {
			return 0, "", err
		}
		if !utf16.IsSurrogate(first) {
			return first, "", nil
		}
		second, err := unit()
		if err != nil {
			return utf8.RuneError, broken, nil //nolint:nilerr // the next call meets the end again
		}
		if r := utf16.DecodeRune(first, second); r != utf8.RuneError {
			return r, "", nil
		}
		ahead = []rune{second}
		return utf8.RuneError, broken, nil
	}
}

// windows1252 is the character of a byte in Windows-1252; the five bytes without one
// are the control characters of Latin-1.
// https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT
func windows1252(b byte) rune {
	if b < 0x80 || b > 0x9f {
		return rune(b)
	}
	const special = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
	return []rune(special)[b-0x80]
}
