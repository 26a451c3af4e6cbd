package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ASCII replaces every character that is not ASCII with as many ASCII
// characters as it takes cells: signs with their like, all others with "?". It
// is for whole frames on terminals that show nothing else; escape sequences
// stay, being ASCII themselves.
func ASCII(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		if s[0] < utf8.RuneSelf {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		cluster, cells := next(s)
		s = s[len(cluster):]
		r, _ := utf8.DecodeRuneInString(cluster)
		switch like := alike(r); {
		case unicode.Is(unicode.M, r): // it stands on the character before
		case like != 0 && cells == 1:
			b.WriteByte(like)
		default:
			b.WriteString(strings.Repeat("?", cells))
		}
	}
	return b.String()
}

// alike returns the ASCII character that is read like r, 0 for none.
func alike(r rune) byte {
	switch r {
	case '“', '”', '„':
		return '"'
	case '‘', '’':
		return '\''
	case '·', '–', '—', '─':
		return '-'
	case '…':
		return '~'
	case '→', '›':
		return '>'
	case '←', '‹':
		return '<'
	case '↑':
		return '^'
	case '↓':
		return 'v'
	case '×':
		return 'x'
	case '•':
		return '*'
	case '\u00a0':
		return ' '
	}
	return 0
}
