package parts

import (
	"context"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/tracker/stories"
)

// SetFollowers makes these people those who follow a story. CodeNotFound.
func (s *Service) SetFollowers(ctx context.Context, story tracker.StoryID, people []string) error {
	return s.follow(ctx, story, func([]string) []string { return tracker.CleanNames(people) })
}

// Follow makes the acting user one of those who follow a story, or no longer.
// CodeNotFound; CodeRefused where nobody is the acting user.
func (s *Service) Follow(ctx context.Context, story tracker.StoryID, follows bool) error {
	me := s.Actor()
	if me == "" {
		return tracker.Errorf(tracker.CodeRefused, "say who you are first: nobody would follow %s", story)
	}
	return s.follow(ctx, story, func(people []string) []string {
		others := slices.DeleteFunc(slices.Clone(people), func(p string) bool { return tracker.SameName(p, me) })
		switch {
		case !follows:
			return others
		case len(others) < len(people):
			return people
		}
		return append(others, me)
	})
}

func (s *Service) follow(ctx context.Context, story tracker.StoryID, edit func([]string) []string) error {
	c := following{service: s, story: story}
	err := s.Write(ctx, tracker.HintStories, func(w tracker.Writer) (err error) {
		if _, err := w.Story(story); err != nil {
			return err
		}
		if c.was, err = w.Followers(story); err != nil {
			return err
		}
		if c.is = edit(c.was); slices.Equal(c.was, c.is) {
			return nil
		}
		if c.is, err = person.Settle(w, c.is...); err != nil {
			return err
		}
		c.is = tracker.CleanNames(c.is)
		return c.make(w, c.Did())
	})
	if err == nil && !slices.Equal(c.was, c.is) {
		s.stories.RememberParts(ctx, c)
	}
	return err
}

// following is a change of those who follow a story.
type following struct {
	service *Service
	story   tracker.StoryID
	was, is []string
}

// Story implements stories.PartChange.
func (c following) Story() tracker.StoryID { return c.story }

// Did implements stories.PartChange.
func (c following) Did() string {
	switch {
	case len(c.is) > len(c.was):
		return "followed"
	case len(c.is) < len(c.was):
		return "unfollowed"
	}
	return "followers changed"
}

// TakeBack implements stories.PartChange.
func (c following) TakeBack(w tracker.Writer, verb string) (stories.PartChange, error) {
	now, err := w.Followers(c.story)
	if err == nil && !slices.Equal(now, c.is) {
		err = tracker.Errorf(tracker.CodeRefused, "the followers of %s have changed since", c.story)
	}
	if err != nil {
		return nil, err
	}
	inverse := following{c.service, c.story, c.is, c.was}
	return inverse, inverse.make(w, verb)
}

func (c following) make(w tracker.Writer, verb string) error {
	if err := w.SaveFollowers(c.story, c.is); err != nil {
		return err
	}
	return c.service.outbox.Record(w, c.story, verb, []tracker.FieldChange{{Field: "followers", Old: strings.Join(c.was, ", "), New: strings.Join(c.is, ", ")}})
}
