package plaintext

import (
	"unicode"
	"unicode/utf8"
)

// Limits of what leaves the package.
const (
	// MaxLine is the length of a Line, in characters.
	MaxLine = 2000
	// MaxBlock is the length of a Block, in bytes.
	MaxBlock = 1 << 20
	// MaxMarks is how many combining marks may follow one base.
	MaxMarks = 4
	// TabWidth is the distance of tab stops in a Block, in characters.
	TabWidth = 4
)

const (
	zeroWidthNonJoiner = '\u200C'
	zeroWidthJoiner    = '\u200D'
	ellipsis           = "…"
)

// Line makes s safe for a place that has one line: a row, a title, a log
// record, the clipboard. A line break or tab, with the spaces after it, becomes
// one space; breaks at either end are dropped.
func Line(s string) string {
	return sanitize(s, false)
}

// Block makes s safe for a place that has many lines. Line breaks of every kind
// become "\n" and tabs become spaces up to the next multiple of [TabWidth].
func Block(s string) string {
	return sanitize(s, true)
}

func sanitize(s string, block bool) string {
	if len(s) <= MaxLine && printable(s) {
		return s
	}
	out := writer{source: s, block: block}
	for i := 0; i < len(s) && !out.full; {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			if r, size = invalid(s[i:]); r == utf8.RuneError {
				out.character(r, absent, size)
				i += size
				continue
			}
		}
		if n := escape(s[i:], r, size); n > 0 {
			i += n
			continue
		}
		out.rune(r, i, size)
		i += size
	}
	return out.String()
}

// printable reports whether s is nothing but printable ASCII, as most text is.
func printable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// invalid reads a run of bytes that are not UTF-8. A run that starts with an
// 8-bit control is that control; any other is one replacement character. Bytes
// inside a run are never controls: they are what is left of a cut character.
func invalid(s string) (r rune, size int) {
	if s[0] < 0xA0 {
		return rune(s[0]), 1
	}
	for size < len(s) {
		if r, n := utf8.DecodeRuneInString(s[size:]); r != utf8.RuneError || n != 1 {
			break
		}
		size++
	}
	return utf8.RuneError, size
}

// rune writes one decoded character by its kind.
func (w *writer) rune(r rune, at, size int) {
	switch {
	case r >= ' ' && r <= '~':
		w.character(r, at, size)
	case r == '\r' && at+1 < len(w.source) && w.source[at+1] == '\n':
		// The line feed that follows is the break.
	case r == '\t' && w.block:
		w.tab()
	case r == '\t' || breaks(r):
		w.lineBreak(r, at, size)
	case r == zeroWidthJoiner:
		w.joiner(at)
	case unicode.In(r, unicode.Cc, unicode.Cf) && r != zeroWidthNonJoiner:
		// Controls and format characters are dropped.
	case unicode.Is(unicode.M, r) || r == zeroWidthNonJoiner:
		w.mark(r, at, size)
	case !unicode.IsGraphic(r):
		w.character(utf8.RuneError, absent, size)
	default:
		w.character(r, at, size)
	}
}

// breaks reports whether r ends a line.
func breaks(r rune) bool {
	switch r {
	case '\n', '\v', '\f', '\r', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

// joins reports whether the letters of r's script change their form with what
// stands beside them, which U+200D asks for.
// https://www.unicode.org/versions/latest/core-spec/chapter-23/#G23126
func joins(r rune) bool {
	const first, tatweel = 0x0600, 0x0640 // Arabic, the first of these scripts, and its stretcher
	return r == tatweel || r >= first && unicode.IsLetter(r) && unicode.In(r,
		unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Nko, unicode.Mongolian, unicode.Phags_Pa,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
		unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Tibetan, unicode.Myanmar, unicode.Khmer, unicode.Balinese)
}

// symbol reports whether r can be a part of a joined emoji: all of them are
// Unicode's symbols, from the arrows on, or modify one.
func symbol(r rune) bool {
	const skinLightest, skinDarkest, emojiPresentation = 0x1F3FB, 0x1F3FF, 0xFE0F
	return r >= '\u2190' && unicode.In(r, unicode.So, unicode.Sm) ||
		r >= skinLightest && r <= skinDarkest || r == emojiPresentation
}
