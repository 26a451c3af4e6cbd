package ui

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"
)

// found is a row that answers a search, and where in its texts it does: the
// offsets of bytes in name and text.
type found struct {
	row        int
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
func search(rows []choice, words []string) []found {
	var list []found
	for i, r := range rows {
		if f, ok := r.answers(words); ok {
			f.row = i
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b found) int {
		if x, y := rows[a.row].faint, rows[b.row].faint; x != y && rows[a.row].name != "" {
			if x {
				return 1
			}
			return -1
		}
		return b.score - a.score
	})
	return list
}

// answers tells whether a row answers every word.
func (r choice) answers(words []string) (f found, ok bool) {
	for _, w := range words {
		name, inName := within(r.name, w)
		at := indexFold(r.text, w)
		switch {
		case slices.Contains(strings.Fields(r.key), w):
			f.score += scoreKey
		case inName:
			f.score += scoreName + name.Score
			f.name = append(f.name, name.MatchedIndexes...)
		case at >= 0:
			if at == 0 || r.text[at-1] == ' ' {
				f.score += scoreText
			}
			for i := range len(w) {
				f.text = append(f.text, at+i)
			}
		case indexFold(r.key, w) < 0 && (r.name != "" || indexFold(r.note, w) < 0):
			return found{}, false
		}
	}
	if r.name == "" {
		f.score = 0 // their order says more than how well they match
	}
	return f, !r.caption
}

// within finds the letters of a word in a name, in their order.
func within(name, word string) (fuzzy.Match, bool) {
	matches := fuzzy.Find(word, []string{name})
	if len(matches) == 0 {
		return fuzzy.Match{}, false
	}
	return matches[0], true
}

// indexFold is strings.Index, whatever the case; it does not find what changes
// its length with its case.
func indexFold(s, part string) int {
	lower := strings.ToLower(s)
	if len(lower) != len(s) {
		lower = s
	}
	return strings.Index(lower, strings.ToLower(part))
}
