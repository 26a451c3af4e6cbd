package text

import (
	"strings"
	"unicode/utf8"
)

// ASCII replaces the signs that are read like an ASCII character by that one,
// cell for cell. Words stay as they are written, in every script. It is for
// whole frames; escape sequences stay, being ASCII themselves.
func ASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			if like := alike(r); like != 0 {
				return rune(like)
			}
		}
		return r
	}, s)
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
