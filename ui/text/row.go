package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// omitted stands where a character had to go.
const omitted = "·"

// Row returns s with every cluster about whose width terminals disagree
// replaced by something near it that has one width:
//   - a joined, coloured or variant emoji by its first symbol, a keycap by its
//     digit, a flag by its letters;
//   - half-width kana with sound marks by the full-width letter, Thai and Lao
//     SARA AM by its two parts;
//   - an Indic conjunct by its letters with a visible virama between them
//     (U+200C), a spacing vowel sign by the letter of its vowel, as a word would
//     begin with it, or by "·" where there is none. Terminals count these signs
//     as none, one or part of a wide cell, those that report mode 2027 too;
//   - whatever is left by "·".
//
// The result of Row stays as it is when it goes through Row again.
func Row(s string) string {
	if steady(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		cluster, cells := next(s)
		s = s[len(cluster):]
		if cells > 0 {
			b.WriteString(plain(cluster))
		}
	}
	return b.String()
}

// steady tells whether s is made of Latin letters and punctuation only, which
// nobody disagrees about. It is a guess on the safe side, made fast.
func steady(s string) bool {
	for _, r := range s {
		if r >= 0x300 && (r < 0x2010 || r > 0x2026) || r < ' ' || r >= 0x7F && r < 0xA0 {
			return false
		}
	}
	return true
}

// plain returns the first rendering of the cluster that has one width.
func plain(cluster string) string {
	if letters, ok := flag(cluster); ok {
		return letters
	}
	const joiner = "\u200D"
	// A joiner at the end joins nothing here, but would join what comes next.
	cluster = strings.TrimRight(cluster, joiner)
	if agreed(cluster) {
		return cluster
	}
	first, size := utf8.DecodeRuneInString(cluster)
	if unicode.Is(unicode.L, first) {
		if s := norm.NFKC.String(cluster); agreed(s) {
			return s
		}
		if s := conjunct(cluster); agreed(s) {
			return s
		}
	}
	if s := cluster[:size]; agreed(s) {
		return s
	}
	return omitted
}

// agreed tells whether s starts with something visible and both ways of
// counting give it the same width, alone and between other text.
func agreed(s string) bool {
	if s == "" {
		return false
	}
	_, visible := next(s)
	n := ansi.StringWidth(s)
	return visible > 0 && n == ansi.StringWidthWc(s) && ansi.StringWidth("x"+s+"x") == n+2
}

// flag spells the regional indicators of a cluster as letters.
func flag(cluster string) (letters string, ok bool) {
	const first, last = 0x1F1E6, 0x1F1FF
	if r, _ := utf8.DecodeRuneInString(cluster); r < first || r > last {
		return "", false
	}
	return strings.Map(func(r rune) rune {
		if r < first || r > last {
			return -1
		}
		return 'A' + r - first
	}, cluster), true
}

// conjunct takes a cluster of an Indic script apart: letters that a virama
// joins are held apart by a non-joiner, spacing vowel signs become letters.
func conjunct(cluster string) string {
	const nonJoiner = '\u200C'
	var b strings.Builder
	for i, r := range cluster {
		switch {
		case i > 0 && unicode.Is(unicode.L, r):
			b.WriteRune(nonJoiner)
			b.WriteRune(r)
		case unicode.Is(unicode.Mc, r):
			b.WriteString(spelled(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// spelled returns the letter of the vowel that a spacing sign stands for, a
// colon for the breath of a visarga, else what stands for things omitted. Nine
// scripts have their signs, from AA to AU, 0x38 behind the letters, after ISCII.
// https://www.unicode.org/versions/latest/core-spec/chapter-12/
func spelled(sign rune) string {
	const (
		firstBlock, lastBlock = 0x0900, 0x0D7F // Devanagari to Malayalam
		blockMask             = 0x7F
		visarga, aa, au       = 0x03, 0x3E, 0x4C
		toLetter              = 0x38
	)
	place := sign & blockMask
	switch letter := sign - toLetter; {
	case sign < firstBlock || sign > lastBlock:
	case place == visarga:
		return ":"
	case place >= aa && place <= au && unicode.Is(unicode.L, letter):
		return string(letter)
	}
	return omitted
}
