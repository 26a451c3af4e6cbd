package dialog

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"storydesk/tracker/person"
)

// Found is a row that answers a search, and where in its texts it does: the
// offsets of bytes in name and text.
type Found struct {
	Row        int
	score      int
	name, text []int
}

// What a word of a search is worth where it was found. A name's score stands
// between a key's and a text's.
const (
	scoreKey  = 1000
	scoreName = 200
	scoreText = 50 // at the start of a word
)

// search finds the rows that answer every word: by their key, fuzzily by their
// name, or by what is written on them. Rows with names come best first, those
// that can only say why not behind the others.
func search(rows []Choice, words []string) []Found {
	lower := make([]string, len(words))
	for i, w := range words {
		lower[i] = strings.ToLower(w)
	}
	list := make([]Found, 0, len(rows))
	for i := range rows {
		if f, ok := rows[i].answers(words, lower); ok {
			f.Row = i
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b Found) int {
		if x, y := rows[a.Row].Faint, rows[b.Row].Faint; x != y && rows[a.Row].Name != "" {
			if x {
				return 1
			}
			return -1
		}
		return b.score - a.score
	})
	return list
}

// answers reports whether a row matches every word, given in lower case, too.
func (r *Choice) answers(words, lower []string) (f Found, ok bool) {
	for i, w := range words {
		name, inName := within(r.Name, w)
		at := indexFold(r.Text, lower[i])
		switch {
		case hasField(r.Key, w):
			f.score += scoreKey
		case inName:
			f.score += scoreName + name.Score
			f.name = append(f.name, name.MatchedIndexes...)
		case at >= 0:
			if at == 0 || r.Text[at-1] == ' ' {
				f.score += scoreText
			}
			f.text = slices.Grow(f.text, len(w))
			for i := range len(w) {
				f.text = append(f.text, at+i)
			}
		case withoutAccents(r.Text, w):
		case indexFold(r.Key, lower[i]) < 0 && (r.Name != "" || indexFold(r.Note, lower[i]) < 0):
			return Found{}, false
		}
	}
	if r.Name == "" {
		f.score = 0 // their order says more than how well they match
	}
	return f, !r.Caption
}

// withoutAccents reports whether a word is in a text when accents do not count. Most texts
// have none.
func withoutAccents(text, word string) bool {
	beyond := func(r rune) bool { return r >= utf8.RuneSelf }
	return (strings.ContainsFunc(text, beyond) || strings.ContainsFunc(word, beyond)) && strings.Contains(person.Fold(text), person.Fold(word))
}

// within finds the letters of a word in a name, in their order.
func within(name, word string) (fuzzy.Match, bool) {
	if name == "" {
		return fuzzy.Match{}, false
	}
	matches := fuzzy.Find(word, []string{name})
	if len(matches) == 0 {
		return fuzzy.Match{}, false
	}
	return matches[0], true
}

// hasField reports whether a word is one of those in a text.
func hasField(text, word string) bool {
	for field := range strings.FieldsSeq(text) {
		if field == word {
			return true
		}
	}
	return false
}

// indexFold is strings.Index, whatever the case, of a part in lower case; it
// does not find what changes its length with its case. Most texts are ASCII:
// those are looked through as they are, for there may be ten thousand of them.
func indexFold(s, part string) int {
	for i := range len(s) {
		switch {
		case s[i] >= utf8.RuneSelf:
			return indexLower(s, part)
		case lowerASCII(s[i]) == part[0] && i+len(part) <= len(s) && equalLower(s[i:i+len(part)], part):
			return i
		}
	}
	return -1
}

func indexLower(s, part string) int {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		lower = s
	}
	return strings.Index(lower, part)
}

// equalLower reports whether a text is another one in lower case, as long as it.
func equalLower(s, lower string) bool {
	for i := range len(s) {
		if lowerASCII(s[i]) != lower[i] {
			return false
		}
	}
	return true
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c - 'A' + 'a'
	}
	return c
}
