package person

import (
	"strings"

	"storydesk/tracker"
)

// Use is a person with how many stories name them as owner or requester.
type Use struct {
	tracker.Person
	Stories int
	// Me is true for the acting user.
	Me bool
}

// Known are the people that are known, to be found by their names.
type Known struct {
	list []tracker.Person
	// exact, folded and aliases lead from a name to a place in list.
	exact, folded, aliases map[string]int
}

// NewKnown returns people to be found.
func NewKnown(list []tracker.Person) *Known {
	k := &Known{exact: map[string]int{}, folded: map[string]int{}, aliases: map[string]int{}}
	for _, p := range list {
		k.Add(p)
	}
	return k
}

// Add makes somebody known. Of two to whom one name leads the first one is found.
func (k *Known) Add(p tracker.Person) {
	at := len(k.list)
	k.list = append(k.list, p)
	lead := func(by map[string]int, name string) {
		if _, there := by[name]; !there && name != "" {
			by[name] = at
		}
	}
	lead(k.exact, p.Name)
	lead(k.folded, Fold(p.Name))
	for _, alias := range p.Aliases {
		lead(k.aliases, Fold(alias))
	}
}

// Find returns who is meant by a name: who is called so, to the letter before in other words
// for it, else who has that alias.
func (k *Known) Find(name string) (tracker.Person, bool) {
	at, ok := k.exact[strings.TrimSpace(name)]
	if !ok {
		at, ok = k.folded[Fold(name)]
	}
	if !ok {
		at, ok = k.aliases[Fold(name)]
	}
	if !ok {
		return tracker.Person{}, false
	}
	return k.list[at], true
}

// Alike lists the names of the people who may be meant by a name that leads to nobody.
func (k *Known) Alike(name string) (names []string) {
	folded := Fold(name)
	for _, p := range k.list {
		if Alike(folded, Fold(p.Name)) {
			names = append(names, p.Name)
		}
	}
	return names
}

// Settle returns names as those who are meant by them are called, and makes those known who
// are not.
func Settle(w tracker.Writer, names ...string) ([]string, error) {
	list, err := w.People()
	if err != nil {
		return nil, err
	}
	known := NewKnown(list)
	settled := make([]string, len(names))
	for i, name := range names {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		p, ok := known.Find(name)
		if !ok {
			p.Name = name
			if err := w.SavePerson(&p); err != nil {
				return nil, err
			}
			known.Add(p)
		}
		settled[i] = p.Name
	}
	return settled, nil
}
