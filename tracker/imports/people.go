package imports

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// people finds out who is meant by a name of the file.
type people struct {
	// mapped are the user's own answers, and those given before.
	mapped map[string]string
	// folded are the names that are here, by their folded form.
	folded map[string]string
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
		person.Here, person.New = person.Name, true
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
