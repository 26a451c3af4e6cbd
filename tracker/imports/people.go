package imports

import (
	"cmp"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/tracker/transfer"
)

// people finds out who is meant by a name of the file.
type people struct {
	// mapped are the user's own answers, by the folded name that they are about.
	mapped map[string]string
	// known are the people who were here before, fresh those whom the file brought, by
	// their folded name.
	known *person.Known
	fresh map[string]string
	seen  map[string]transfer.Person
	// told is what the file tells of people besides their names.
	told []transfer.Listed
}

func newPeople(list []tracker.Person, me string, mapped map[string]string) *people {
	p := &people{mapped: map[string]string{}, known: person.NewKnown(list), fresh: map[string]string{}, seen: map[string]transfer.Person{}}
	for name, here := range mapped {
		p.mapped[person.Fold(name)] = strings.TrimSpace(here)
	}
	if _, there := p.known.Find(me); me != "" && !there {
		p.known.Add(tracker.Person{Name: me})
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
	// The user's answer may be in other letters, and name somebody new, too.
	meant := cmp.Or(p.mapped[person.Fold(name)], name)
	key := person.Fold(meant)
	known, _ := p.known.Find(meant)
	who := transfer.Person{Name: strings.Clone(name), Here: cmp.Or(known.Name, p.fresh[key])}
	if who.Here == "" {
		who.Here = strings.Clone(meant)
		p.fresh[key] = who.Here
		if who.New = meant == name; who.New {
			who.Alike = p.known.Alike(name)
		}
	}
	p.seen[who.Name] = who
	return who.Here
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
	for _, who := range p.seen {
		list = append(list, who)
	}
	slices.SortFunc(list, func(a, b transfer.Person) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// save makes those known whom the file brought. Who has another name in the file is known by
// that from now on, too: the next import does not ask again.
func (p *people) save(w tracker.Writer) error {
	var names []string
	for _, who := range p.list() {
		names = append(names, who.Here)
	}
	for _, l := range p.told {
		names = append(names, p.here(l.Name))
	}
	if _, err := person.Settle(w, names...); err != nil {
		return err
	}
	list, err := w.People()
	if err != nil {
		return err
	}
	learned := p.learned(person.NewKnown(list))
	for _, before := range list {
		after := learned[before.Name]
		if after == nil {
			continue
		}
		next := before
		next.Initials, next.Email = cmp.Or(before.Initials, after.Initials), cmp.Or(before.Email, after.Email)
		next.Aliases = tracker.CleanNames(slices.Concat(before.Aliases, after.Aliases))
		if next.Initials == before.Initials && next.Email == before.Email && slices.Equal(next.Aliases, before.Aliases) {
			continue
		}
		if err := w.SavePerson(&next); err != nil {
			return err
		}
	}
	return nil
}

// learned is what the file and the user's answers tell of people besides, by their names.
func (p *people) learned(known *person.Known) map[string]*tracker.Person {
	of := map[string]*tracker.Person{}
	about := func(name string) *tracker.Person {
		if of[name] == nil {
			of[name] = &tracker.Person{}
		}
		return of[name]
	}
	for _, in := range p.list() {
		if p.mapped[person.Fold(in.Name)] == "" {
			continue
		}
		if leads, ok := known.Find(in.Name); !ok || leads.Name != in.Here {
			who := about(in.Here)
			who.Aliases = append(who.Aliases, in.Name)
		}
	}
	for _, l := range p.told {
		who := about(p.here(l.Name))
		who.Initials, who.Email = cmp.Or(who.Initials, l.Initials), cmp.Or(who.Email, l.Email)
		who.Aliases = append(who.Aliases, l.Aliases...)
	}
	return of
}
