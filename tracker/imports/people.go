package imports

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// people finds out who is meant by a name of the file.
type people struct {
	// mapped are the user's own answers, and those given before.
	mapped map[string]string
	// folded are the names that are here, by their folded form, and known those that
	// were before.
	folded map[string]string
	known  []string
	seen   map[string]transfer.Person
}

func newPeople(cards []tracker.Card, me string, mapped map[string]string) *people {
	p := &people{mapped: map[string]string{}, folded: map[string]string{}, seen: map[string]transfer.Person{}}
	for name, here := range mapped {
		p.mapped[fold(name)] = strings.TrimSpace(here)
	}
	for _, c := range cards {
		for _, name := range append([]string{c.Requester}, c.Owners...) {
			p.folded[fold(name)] = name
		}
	}
	if me != "" && p.folded[fold(me)] == "" {
		p.folded[fold(me)] = me
	}
	for _, name := range p.folded {
		if name != "" {
			p.known = append(p.known, name)
		}
	}
	slices.Sort(p.known)
	return p
}

// here is the name that somebody has here, or takes over where there is no such.
func (p *people) here(name string) string {
	name = strings.TrimSpace(name)
	if name == "" {
		return ""
	}
	if known, ok := p.seen[name]; ok {
		return known.Here
	}
	key := fold(name)
	person := transfer.Person{Name: strings.Clone(name), Here: cmp.Or(p.mapped[key], p.folded[key])}
	if person.Here == "" {
		person.Here, person.New, person.Alike = person.Name, true, p.alike(key)
		p.folded[key] = person.Here
	}
	p.seen[person.Name] = person
	return person.Here
}

func (p *people) all(names []string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = p.here(name)
	}
	return tracker.CleanNames(list)
}

func (p *people) list() []transfer.Person {
	list := make([]transfer.Person, 0, len(p.seen))
	for _, person := range p.seen {
		list = append(list, person)
	}
	slices.SortFunc(list, func(a, b transfer.Person) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// fold makes names alike that differ in case, accents or spaces.
func fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(strings.Join(strings.Fields(name), " "))) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// alike lists the people who were here before and may be meant by a folded name.
func (p *people) alike(key string) []string {
	var list []string
	for _, name := range p.known {
		if alikeNames(key, fold(name)) {
			list = append(list, name)
		}
	}
	return list
}

// alikeNames reports whether two folded names may be one person's: all words of one are
// among the other's, where an initial stands for a word and a user name such as jlind or
// j.lind for initial and family name, or they differ in one letter.
func alikeNames(a, b string) bool {
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
