package people

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/tracker/stories"
)

// Add lists somebody. CodeInvalid, field "name", for an empty name and one that is another
// person's, and for initials and an e-mail address that cannot be some.
func (s *Service) Add(ctx context.Context, p tracker.Person) (tracker.Person, error) {
	return s.change(ctx, "added", func(known *person.Known, c *change) (err error) {
		p.Name, err = free(known, p.Name, 0)
		p.Initials, p.Email = strings.TrimSpace(p.Initials), strings.TrimSpace(p.Email)
		c.after = &p
		if err != nil {
			return err
		}
		return fits(p)
	})
}

// Edit changes somebody's initials and e-mail; nil leaves one as it is. CodeNotFound;
// CodeInvalid for what cannot be one or the other.
func (s *Service) Edit(ctx context.Context, name string, initials, email *string) (tracker.Person, error) {
	return s.change(ctx, "edited", func(known *person.Known, c *change) error {
		p, err := find(known, name)
		c.before, c.after = &p, copied(p)
		if initials != nil {
			c.after.Initials = strings.TrimSpace(*initials)
		}
		if email != nil {
			c.after.Email = strings.TrimSpace(*email)
		}
		if err != nil {
			return err
		}
		return fits(*c.after)
	})
}

// Also makes another name lead to somebody: who said that it is theirs is not asked again.
// CodeNotFound.
func (s *Service) Also(ctx context.Context, name, alias string) error {
	_, err := s.change(ctx, "edited", func(known *person.Known, c *change) error {
		p, err := find(known, name)
		c.before, c.after = &p, copied(p)
		c.after.Aliases = aliases(p.Name, p.Aliases, alias)
		return err
	})
	return err
}

// Rename gives somebody another name, everywhere. CodeNotFound; CodeInvalid, field "name", for
// an empty name and one that is another person's: merge the two then.
func (s *Service) Rename(ctx context.Context, name, to string) (tracker.Person, error) {
	return s.change(ctx, "renamed", func(known *person.Known, c *change) error {
		p, err := find(known, name)
		if err != nil {
			return err
		}
		if to, err = free(known, to, p.ID); err != nil {
			return err
		}
		c.before, c.after = &p, copied(p)
		c.after.Name, c.after.Aliases = to, aliases(to, p.Aliases, p.Name)
		return nil
	})
}

// Merge puts one person in place of another, everywhere. CodeNotFound where one is not there.
func (s *Service) Merge(ctx context.Context, name, into string) (tracker.Person, error) {
	return s.change(ctx, "merged", func(known *person.Known, c *change) error {
		from, err := find(known, name)
		if err != nil {
			return err
		}
		to, err := find(known, into)
		if err == nil && from.ID == to.ID {
			err = tracker.Invalid("into", "%s is the same person", to.Name)
		}
		if err != nil {
			return err
		}
		c.gone, c.before, c.after = &from, &to, copied(to)
		c.after.Aliases = aliases(to.Name, to.Aliases, append([]string{from.Name}, from.Aliases...)...)
		return nil
	})
}

// Remove takes somebody off the list; their name stays on stories. CodeNotFound.
func (s *Service) Remove(ctx context.Context, name string) (tracker.Person, error) {
	return s.change(ctx, "removed", func(known *person.Known, c *change) error {
		p, err := find(known, name)
		c.before = &p
		return err
	})
}

// change makes what plan finds out to be changed, and remembers it to be undone. It returns
// the person as they are, or were.
func (s *Service) change(ctx context.Context, did string, plan func(known *person.Known, c *change) error) (tracker.Person, error) {
	var c change
	err := s.Write(ctx, tracker.HintStories, func(w tracker.Writer) error {
		c = change{did: did}
		list, err := w.People()
		if err != nil {
			return err
		}
		if err := plan(person.NewKnown(list), &c); err != nil {
			return err
		}
		return c.make(w, nil)
	})
	if err != nil {
		return tracker.Person{}, err
	}
	s.stories.RememberNamed(ctx, &c)
	if _, _, err := s.Meet(ctx); err != nil {
		return tracker.Person{}, err
	}
	if c.after == nil {
		return *c.before, nil
	}
	return *c.after, nil
}

func copied(p tracker.Person) *tracker.Person { return &p }

// aliases are the other names of somebody, each once.
func aliases(name string, before []string, more ...string) []string {
	all := tracker.CleanNames(append(slices.Clone(before), more...))
	return slices.DeleteFunc(all, func(alias string) bool { return alias == name })
}

func find(known *person.Known, name string) (tracker.Person, error) {
	p, ok := known.Find(name)
	if ok {
		return p, nil
	}
	if alike := known.Alike(name); len(alike) > 0 {
		return p, tracker.Errorf(tracker.CodeNotFound, "nobody is called %q; did you mean %s?", name, tracker.OneOf(alike))
	}
	return p, tracker.Errorf(tracker.CodeNotFound, "nobody is called %q", name)
}

// free returns a name that nobody has but the person with an id.
func free(known *person.Known, name string, id int64) (string, error) {
	name = strings.TrimSpace(name)
	if tracker.Unseen(name) {
		return "", tracker.Invalid("name", "enter a name")
	}
	if strings.Contains(name, ",") {
		return "", tracker.Invalid("name", "a name has no comma")
	}
	if p, taken := known.Find(name); taken && p.ID != id {
		return "", tracker.Invalid("name", "%s is listed already; merge the two if they are one person", p.Name)
	}
	return name, nil
}

// fits refuses initials and an e-mail address that cannot be some.
func fits(p tracker.Person) error {
	const longest = 3 // a row has no room for more
	letters := []rune(p.Initials)
	if len(letters) > longest || slices.ContainsFunc(letters, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.N, unicode.M) }) {
		return tracker.Invalid("initials", "%q cannot be initials: give one to three letters or digits", p.Initials)
	}
	name, host, at := strings.Cut(p.Email, "@")
	if p.Email != "" && (!at || name == "" || host == "" || strings.ContainsFunc(p.Email, unicode.IsSpace)) {
		return tracker.Invalid("email", "%q is not an e-mail address", p.Email)
	}
	return nil
}

// change is a change of somebody, to be undone.
type change struct {
	did string
	// before and after are the person, nil where they are not listed; gone is who was merged
	// into them.
	before, after, gone *tracker.Person
	// back is true where the one who was merged is separated again.
	back bool
	// places are where names changed.
	places tracker.NamePlaces
}

// String implements stories.NamedChange.
func (c *change) String() string {
	switch {
	case c.gone != nil:
		return c.gone.Name
	case c.before != nil:
		return c.before.Name
	}
	return c.after.Name
}

// Did implements stories.NamedChange.
func (c *change) Did() string { return c.did }

// renames returns which name takes the place of which, the same where none does.
func (c *change) renames() (from, to string) {
	switch {
	case c.gone != nil && c.back:
		return c.after.Name, c.gone.Name
	case c.gone != nil:
		return c.gone.Name, c.after.Name
	case c.before != nil && c.after != nil:
		return c.before.Name, c.after.Name
	}
	return "", ""
}

// make makes the change, in those places alone where some are given.
func (c *change) make(w tracker.Writer, places *tracker.NamePlaces) (err error) {
	if c.gone != nil && !c.back {
		err = w.RemovePerson(c.gone.ID)
	}
	switch {
	case err != nil:
	case c.after == nil:
		err = w.RemovePerson(c.before.ID)
	default:
		err = w.SavePerson(c.after)
	}
	if err == nil && c.gone != nil && c.back {
		err = w.SavePerson(c.gone)
	}
	if from, to := c.renames(); err == nil && from != to {
		c.places, err = w.Rename(from, to, places)
	}
	return err
}

// TakeBack implements stories.NamedChange.
func (c *change) TakeBack(w tracker.Writer) (stories.NamedChange, error) {
	list, err := w.People()
	if err != nil {
		return nil, err
	}
	at := func(p *tracker.Person) bool {
		return slices.ContainsFunc(list, func(o tracker.Person) bool {
			return o.ID == p.ID && o.Name == p.Name && o.Initials == p.Initials && o.Email == p.Email && slices.Equal(o.Aliases, p.Aliases)
		})
	}
	if c.after != nil && !at(c.after) || c.gone != nil && at(c.gone) != c.back || c.after == nil && at(c.before) {
		return nil, tracker.Errorf(tracker.CodeRefused, "%s has changed since", c)
	}
	inverse := &change{did: c.did, before: c.after, after: c.before, gone: c.gone, back: c.gone != nil && !c.back}
	err = inverse.make(w, &c.places)
	return inverse, err
}
