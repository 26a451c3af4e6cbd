// Package alike finds names that are like each other, such as those of a story and
// a ticket about the same problem, and the word that a mistyped one was meant to be. It
// compares words and knows no language.
package alike

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"
)

// alikeFrom is the least likeness at which two names are told to be alike: of
// their words somewhat more than half are the same.
const alikeFrom = 0.6

// Closest lists those of some stories or tickets whose names are like one of
// some names, the closest first.
func Closest[T any](list []T, name func(*T) string, names []string) []T {
	type like struct {
		at    int
		score float64
	}
	wanted := make([]wordSet, len(names))
	for i, name := range names {
		wanted[i] = wordsOf(name)
	}
	var found []like
	for i := range list {
		words, best := wordsOf(name(&list[i])), 0.0
		for i := range wanted {
			best = max(best, wanted[i].likeness(&words))
		}
		if best >= alikeFrom {
			found = append(found, like{i, best})
		}
	}
	slices.SortStableFunc(found, func(a, b like) int { return cmp.Compare(b.score, a.score) })
	closest := make([]T, len(found))
	for i, f := range found {
		closest[i] = list[f.at]
	}
	return closest
}

// maxAlikeWords is how many words of a name are compared: the first ones.
const maxAlikeWords = 16

// wordSet is the different words of a name as hashes of their stems. It is no
// map: ten thousand names are compared in a few milliseconds.
type wordSet struct {
	stems [maxAlikeWords]uint32
	n     int
}

// likeness is Dice's coefficient of two sets of words, from 0 to 1
// (https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient). A single word
// in common says nothing unless both names are that word.
func (a *wordSet) likeness(b *wordSet) float64 {
	common := 0
	for _, stem := range a.stems[:a.n] {
		if slices.Contains(b.stems[:b.n], stem) {
			common++
		}
	}
	if common == 0 || common == 1 && a.n+b.n > 2 {
		return 0
	}
	return 2 * float64(common) / float64(a.n+b.n)
}

// add takes a word up unless it says nothing or is known.
func (a *wordSet) add(word string) {
	if a.n == len(a.stems) || isFiller(word) {
		return
	}
	stem := stemHash(word)
	if !slices.Contains(a.stems[:a.n], stem) {
		a.stems[a.n] = stem
		a.n++
	}
}

// wordsOf finds the words of a name: runs of letters and digits, and every
// character of a script that writes no spaces.
func wordsOf(name string) wordSet {
	var set wordSet
	start := -1
	for i, r := range name {
		switch {
		case r < utf8.RuneSelf && isWordByte(name[i]):
			if start < 0 {
				start = i
			}
		case r >= utf8.RuneSelf && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			if start >= 0 {
				set.add(name[start:i])
				start = -1
			}
			set.add(name[i : i+utf8.RuneLen(r)])
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && start >= 0):
			if start < 0 {
				start = i
			}
		case start >= 0:
			set.add(name[start:i])
			start = -1
		}
	}
	if start >= 0 {
		set.add(name[start:])
	}
	return set
}

func isWordByte(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9'
}

// stemHash hashes what a word has in common with its inflections: its first six
// letters without a final s, whatever their case (FNV-1a). It hashes letters as it
// makes them lower case; hash/maphash needs them in a buffer first and takes three
// times as long.
func stemHash(word string) uint32 {
	const length, shortest, prime = 6, 3, 16777619
	if n := len(word); n > shortest && (word[n-1] == 's' || word[n-1] == 'S') {
		word = word[:n-1]
	}
	hash, letters := uint32(2166136261), 0
	for _, r := range word {
		if letters == length {
			break
		}
		letters++
		if r < utf8.RuneSelf {
			r |= 0x20 // lower case; digits stay apart
		} else {
			r = unicode.ToLower(r)
		}
		hash = (hash ^ uint32(r)) * prime //nolint:gosec // a rune is not negative
	}
	return hash
}

// isFiller reports whether a word says nothing of what a name is about.
func isFiller(word string) bool {
	const longest = 4
	if len(word) > longest {
		return false
	}
	var lower [longest]byte
	for i := range len(word) {
		lower[i] = word[i] | 0x20 // of ASCII letters, of which all of these are
	}
	switch string(lower[:len(word)]) {
	case "a", "an", "the", "of", "on", "in", "is", "are", "to", "for", "and", "or", "not", "no", "with", "when", "by", "at", "from",
		"i", "my", "me", "we", "our", "it", "its", "this", "that", "do", "does", "can", "be", "has", "have", "was", "but", "if", "as",
		"re", "fwd", "fw", "aw", "wg":
		return true
	}
	return false
}
