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
	key := person.Fold(name)
	known, _ := p.known.Find(name)
	who := transfer.Person{Name: strings.Clone(name), Here: cmp.Or(p.mapped[key], known.Name, p.fresh[key])}
	if who.Here == "" {
		who.Here, who.New, who.Alike = who.Name, true, p.known.Alike(name)
		p.fresh[key] = who.Here
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
	known := person.NewKnown(list)
	for _, before := range list {
		after := p.learned(known, before)
		if after.Initials == before.Initials && after.Email == before.Email && slices.Equal(after.Aliases, before.Aliases) {
			continue
		}
		if err := w.SavePerson(&after); err != nil {
			return err
		}
	}
	return nil
}

// learned is somebody with what the file and the user's answers tell of them besides.
func (p *people) learned(known *person.Known, who tracker.Person) tracker.Person {
	name := who.Name
	who.Aliases = slices.Clone(who.Aliases)
	for _, in := range p.list() {
		meant, ok := known.Find(in.Name)
		if elsewhere := !ok || meant.ID != who.ID; elsewhere && in.Here == name && p.mapped[person.Fold(in.Name)] != "" {
			who.Aliases = append(who.Aliases, in.Name)
		}
	}
	for _, l := range p.told {
		if p.here(l.Name) == name {
			who.Initials, who.Email = cmp.Or(who.Initials, l.Initials), cmp.Or(who.Email, l.Email)
			who.Aliases = append(who.Aliases, l.Aliases...)
		}
	}
	who.Aliases = tracker.CleanNames(who.Aliases)
	return who
}
