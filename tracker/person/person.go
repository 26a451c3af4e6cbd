package person

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes names alike that differ in case, accents or spaces. Accents are Unicode's
// Combining Diacritical Marks: other marks, such as Japanese voicing and vowels of Hindi, tell
// names apart.
func Fold(name string) string {
	const firstAccent, lastAccent = '\u0300', '\u036f'
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(strings.Join(strings.Fields(name), " "))) {
		if r < firstAccent || r > lastAccent {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Same reports whether two names are one but for case, accents or spaces.
func Same(a, b string) bool { return Fold(a) == Fold(b) }

// Alike reports whether two folded names may be one person's: all words of one are
// among the other's, where an initial stands for a word and a user name such as jlind or
// j.lind for initial and family name, or they differ in one letter.
func Alike(a, b string) bool {
	wordsOf := func(name string) []string {
		return strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	as, bs := wordsOf(a), wordsOf(b)
	if len(as) > len(bs) {
		as, bs = bs, as
	}
	switch {
	case len(as) == 0:
		return false
	case within(as, bs):
		return true
	case len(as) == 1 && len(bs) > 1:
		return as[0] == string([]rune(bs[0])[:1])+bs[len(bs)-1] || as[0] == strings.Join(bs, "")
	}
	return len(a) > shortName && oneApart([]rune(a), []rune(b))
}

// shortName is up to how many letters names that differ in one are not alike.
const shortName = 4

// within reports whether each of some words is one of others, each for another one. One
// alone has to be written out.
func within(words, others []string) bool {
	rest := slices.Clone(others)
	whole := false
	for _, w := range words {
		i := slices.Index(rest, w)
		whole = whole || i >= 0
		if i < 0 {
			i = slices.IndexFunc(rest, func(o string) bool {
				short, long := w, o
				if len(short) > len(long) {
					short, long = long, short
				}
				return utf8.RuneCountInString(short) == 1 && strings.HasPrefix(long, short)
			})
		}
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return whole
}

// oneApart reports whether texts differ in one letter that is another, more or fewer.
func oneApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return slices.Equal(a[min(i+1, len(a)):], b[min(i+1, len(b)):])
	case 1:
		return slices.Equal(a[i:], b[i+1:])
	}
	return false
}
