package search

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sahilm/fuzzy"

	"storydesk/tracker"
)

// Text is what words of a query are looked for in. It is made once for
// each ticket or story: making it costs more than looking.
type Text struct {
	// text is all of it in lower case; the name, which words may abbreviate,
	// is its first part.
	text string
	name int
	// said has the bits of those words of a query that stand in what is not here.
	said uint64
}

// With returns the text with what longer ones say: the bits of the words of a query, in
// the order of [Query.Words], that stand in them. The words that must stand there do.
func (t Text) With(said uint64) Text {
	t.said = said | allMust
	return t
}

// allMust is the bit of the words that were looked for already.
const allMust = 1 << 63

func newText(name string, more ...[]string) Text {
	// Most fit into the buffer, so that the text alone is allocated.
	var buffer [256]byte
	text := appendLower(buffer[:0], name)
	length := len(text)
	for _, list := range more {
		for _, s := range list {
			text = appendLower(append(text, '\n'), s)
		}
	}
	return Text{text: string(text), name: length}
}

// appendLower appends a text in lower case.
func appendLower(to []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return append(to, strings.ToLower(s[i:])...)
		case 'A' <= c && c <= 'Z':
			to = append(to, c-'A'+'a')
		default:
			to = append(to, c)
		}
	}
	return to
}

// Item is a ticket or a story: fields of a query can be asked of it.
type Item interface {
	// Text is what words are looked for in.
	Text() Text
	// has reports whether a field has a value for which is answers true.
	has(field string, is func(value string) bool) bool
	// at returns when something happened, the zero time when it did not.
	at(field string) time.Time
}

// Matches reports whether all of the query holds for a ticket or a story.
func (q Query) Matches(s Item) bool { return q.MatchesIn(s, s.Text()) }

// MatchesIn is Matches for an item whose text was made before.
func (q Query) MatchesIn(s Item, text Text) bool {
	if !q.AsksAside() && s.has(fieldIs, func(string) bool { return true }) {
		return false
	}
	return q.root.holds(s, text)
}

// matcher returns which values of a field a term asks for: any of some, in lower
// case.
func (f searchField) matcher(wanted []string, me func() string) func(value string) bool {
	people := isPerson(f.name)
	return func(value string) bool {
		return slices.ContainsFunc(wanted, func(want string) bool {
			switch {
			case f.name == fieldName:
			case f.values != nil && !f.named || f.check != nil || f.name == fieldEpic || f.name == fieldLabelled || want == searchNone:
				return strings.EqualFold(value, want)
			case want == searchMe && people:
				return tracker.SameName(value, me())
			case people && initialsOf(value, want):
				return true
			}
			return strings.Contains(strings.ToLower(value), want)
		})
	}
}

// initialsOf reports whether letters, in lower case, are the first ones of a name's words.
func initialsOf(name, letters string) bool {
	for _, word := range strings.Fields(name) {
		_, begin := utf8.DecodeRuneInString(word)
		rest, begins := strings.CutPrefix(letters, strings.ToLower(word[:begin]))
		if !begins {
			return false
		}
		letters = rest
	}
	return letters == ""
}

func (w word) holds(_ Item, t Text) bool {
	switch {
	case w.must && t.said&allMust != 0, !w.must && t.said&(1<<w.bit) != 0, strings.Contains(t.text, w.text):
		return true
	}
	return !w.not && !w.phrase && abbreviated(t.text[:t.name], w.text) != nil
}

// Highlights are the offsets of the characters of a name that words of the
// query matched, in order; nil for none.
func (q Query) Highlights(name string) []int {
	lower := strings.ToLower(name)
	if len(lower) != len(name) {
		return nil // rare characters whose case changes their length
	}
	var at []int
	for _, w := range q.words {
		switch i := strings.Index(lower, w.text); {
		case w.not:
		case i >= 0:
			for offset := range w.text {
				at = append(at, i+offset)
			}
		case !w.phrase:
			at = append(at, abbreviated(lower, w.text)...)
		}
	}
	slices.Sort(at)
	return slices.Compact(at)
}

// minAbbreviation is how long a word must be to abbreviate others, in bytes.
const minAbbreviation = 3

// abbreviated finds the letters of a word in a name that it abbreviates, both in
// lower case, and returns their offsets; nil where it does not.
//
// "expcsv" abbreviates "export csv is empty", "dmr" dark mode for reports and
// "mngr" manager: its letters stand in the name in their order; in each word
// that they touch they begin it and are more than half of what they span; and
// no two words in a row are left out between. Letters scattered over a long
// name mean nothing.
func abbreviated(name, word string) []int {
	if len(word) < minAbbreviation {
		return nil
	}
	for from := 0; inOrder(name[from:], word); from += max(1, wordEnd(name[from:])) {
		if name[from] != word[0] {
			continue
		}
		matches := fuzzy.FindNoSort(word, []string{name[from:]})
		if len(matches) == 0 || !sensible(name[from:], matches[0].MatchedIndexes) {
			continue
		}
		at := matches[0].MatchedIndexes
		for i := range at {
			at[i] += from
		}
		return at
	}
	return nil
}

// inOrder reports whether the bytes of a word occur in a text in their order. It
// costs little and is seldom true.
func inOrder(text, word string) bool {
	next := 0
	for i := 0; i < len(text) && next < len(word); i++ {
		if text[i] == word[next] {
			next++
		}
	}
	return next == len(word)
}

// sensible reports whether the offsets of a name are those of an abbreviation.
func sensible(name string, at []int) bool {
	begun, skipped := false, 0
	for from := 0; from < len(name) && len(at) > 0; {
		end := from + wordEnd(name[from:])
		if end == from { // no letter
			_, n := utf8.DecodeRuneInString(name[from:])
			from += n
			continue
		}
		n := 0
		for n < len(at) && at[n] < end {
			n++
		}
		switch {
		case n == 0 && begun:
			if skipped++; skipped > 1 {
				return false
			}
		case n > 0:
			span := 1 + utf8.RuneCountInString(name[from:max(from, at[n-1])])
			if at[0] != from || 2*n <= span {
				return false
			}
			begun, skipped, at = true, 0, at[n:]
		}
		from = end
	}
	return len(at) == 0
}

// wordEnd is where the word that a text begins with ends, 0 for none.
func wordEnd(s string) int {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		return len(s)
	}
	return end
}
