package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"storydesk/tracker"
)

// Long reads a text as text does, but no more than tracker.MaxText bytes of it,
// so that nobody fills the memory with one comment.
type Long struct {
	Text
	// cut is true when there was more.
	cut bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (l *Long) UnmarshalJSON(data []byte) error {
	*l = Long{}
	if len(data) > tracker.MaxText && data[0] == '"' {
		if end := endWithin(data, tracker.MaxText); end < len(data)-1 {
			data, l.cut = append(bytes.Clone(data[:end]), '"'), true
		}
	}
	return l.Text.UnmarshalJSON(data)
}

// Marked returns the text with a mark where it was cut.
func (l Long) Marked() string {
	if l.cut {
		return string(l.Text) + tracker.CutMark
	}
	return string(l.Text)
}

// endWithin returns where a JSON string must end to have at most so many bytes
// once decoded: the index of its quote, or of the first character too many.
func endWithin(data []byte, most int) int {
	at, decoded := 1, 0
	for at < len(data)-1 {
		size, length := 1, 1
		switch c := data[at]; {
		case c == '\\' && data[at+1] == 'u':
			size, length = escaped(data[at:])
		case c == '\\':
			size = 2
		case c >= utf8.RuneSelf:
			var r rune
			r, size = utf8.DecodeRune(data[at:])
			length = utf8.RuneLen(r)
		}
		if decoded += length; decoded > most {
			return at
		}
		at += size
	}
	return at
}

// escaped returns how long an escape such as \u003c is, both halves of a
// surrogate pair taken together, and how many bytes it stands for.
func escaped(data []byte) (size, length int) {
	const single, pair = 6, 12
	if len(data) < single {
		return 1, 1
	}
	n, err := strconv.ParseUint(string(data[2:single]), 16, 16)
	switch {
	case err != nil:
		return single, utf8.UTFMax
	case n >= 0xD800 && n < 0xDC00 && len(data) >= pair && data[single] == '\\':
		return pair, utf8.UTFMax
	}
	return single, max(1, utf8.RuneLen(rune(n)))
}

var _ json.Unmarshaler = (*Long)(nil)
