package plaintext

import (
	"strings"
	"unicode/utf8"
)

// escape returns the length of the control sequence at the start of s, whose
// first character is r, and 0 when there is none. The forms are those of
// ECMA-48, both as ESC with a letter and as a single C1 character. A sequence
// ends where it breaks its own grammar, so the text after it is kept.
func escape(s string, r rune, size int) int {
	const esc, c1ToFinal = 0x1B, 0x40
	final, rest := byte(0), s[size:]
	switch {
	case r == esc && rest == "":
		return size
	case r == esc:
		final = rest[0]
		size, rest = size+1, rest[1:]
	case r >= 0x80 && r <= 0x9F && r != '\u0085':
		final = byte(r) - c1ToFinal
	default:
		return 0
	}
	switch {
	case final == '[':
		return size + parameters(rest)
	case final == ']':
		return size + payload(rest, true)
	case final == 'P' || final == 'X' || final == '^' || final == '_':
		return size + payload(rest, false)
	case r != esc:
		return size
	case final >= 0x20 && final <= 0x2F:
		return size + designation(rest)
	case final >= 0x30 && final <= 0x7E:
		return size
	}
	// ESC stands alone before a control or a character that is not ASCII.
	return size - 1
}

// parameters returns the length of what follows a CSI: parameter bytes,
// intermediate bytes, one final byte.
func parameters(s string) int {
	n := skip(s, 0, 0x30, 0x3F)
	n = skip(s, n, 0x20, 0x2F)
	return min(skip(s, n, 0x40, 0x7E), n+1)
}

// designation returns the length of what follows an ESC with an intermediate
// byte: more of those, one final byte.
func designation(s string) int {
	n := skip(s, 0, 0x20, 0x2F)
	return min(skip(s, n, 0x30, 0x7E), n+1)
}

func skip(s string, from int, low, high byte) int {
	for from < len(s) && s[from] >= low && s[from] <= high {
		from++
	}
	return from
}

// payload returns the length of a control string's payload with its terminator:
// ST, or BEL where an operating system command allows it. What is never
// terminated, or cut off by another control sequence, ends with its line: a
// stray introducer must not swallow the rest of a message.
func payload(s string, bell bool) int {
	for i, r := range s {
		switch {
		case r == 0x9C:
			return i + utf8.RuneLen(r)
		case r == 0x1B && strings.HasPrefix(s[i+1:], `\`):
			return i + 2
		case r == 0x07 && bell:
			return i + 1
		case r == 0x18 || r == 0x1A || r == 0x1B || r >= 0x80 && r <= 0x9F && r != 0x85:
			return lineEnd(s[:i])
		}
	}
	return lineEnd(s)
}

// lineEnd returns the length of s up to its first line break.
func lineEnd(s string) int {
	if i := strings.IndexFunc(s, breaks); i >= 0 {
		return i
	}
	return len(s)
}
