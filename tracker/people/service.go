package people

import (
	"context"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
	"storydesk/tracker/person"
	"storydesk/tracker/stories"
)

// Service is the use cases of people.
type Service struct {
	*kernel.Kernel
	stories *stories.Service
}

// New returns the use cases.
func New(k *kernel.Kernel, s *stories.Service) *Service { return &Service{k, s} }

// People lists everybody by name, with how many stories they own or asked for.
func (s *Service) People(ctx context.Context) ([]person.Use, error) {
	var list []person.Use
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		people, err := r.People()
		if err != nil {
			return err
		}
		projects, err := r.Projects()
		if err != nil {
			return err
		}
		stories := map[string]int{}
		for _, p := range projects {
			cards, err := r.Cards(p.ID)
			if err != nil {
				return err
			}
			for _, c := range cards {
				for _, name := range tracker.CleanNames(append([]string{c.Requester}, c.Owners...)) {
					stories[name]++
				}
			}
		}
		list = make([]person.Use, len(people))
		for i, p := range people {
			list[i] = person.Use{Person: p, Stories: stories[p.Name], Me: p.Name == s.Actor()}
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b person.Use) int { return byName(a.Name, b.Name) })
	return list, err
}

// Names lists the names of everybody, as People does, without looking at a story.
func (s *Service) Names(ctx context.Context) (names []string, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		list, err := r.People()
		names = make([]string, len(list))
		for i, p := range list {
			names[i] = p.Name
		}
		return err
	})
	slices.SortStableFunc(names, byName)
	return names, err
}

// byName orders names without regard to case and accents.
func byName(a, b string) int { return strings.Compare(person.Fold(a), person.Fold(b)) }

// Meet finds out what the acting user is called among the people who are known. Where nobody
// is known under their name, alike are those who may be meant.
func (s *Service) Meet(ctx context.Context) (known bool, alike []string, err error) {
	var list []tracker.Person
	err = s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		list, err = r.People()
		return err
	})
	if err != nil {
		return false, nil, err
	}
	all := person.NewKnown(list)
	changed := s.Recognise(func(said string) (string, bool) {
		p, ok := all.Find(said)
		return p.Name, ok
	})
	if changed {
		s.Publish(tracker.HintStories) // other stories are this user's
	}
	if s.Listed() {
		return true, nil, nil
	}
	return false, all.Alike(s.Actor()), nil
}

// meetEvery is how often Run looks at most.
const meetEvery = 2 * time.Second

// Run calls the acting user by the name that others have given them, until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	feed := s.Subscribe()
	defer feed.Close()
	pause := time.NewTicker(meetEvery)
	defer pause.Stop()
	for {
		hint, err := feed.Next(ctx)
		if err != nil {
			return err
		}
		if !hint.Has(tracker.HintStories) {
			continue
		}
		if _, _, err := s.Meet(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("it is not known what others call this user", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-pause.C:
		}
	}
}
