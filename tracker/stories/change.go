package stories

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/outbox"
)

// anyVersion names stories as they are, whatever was seen of them.
func anyVersion(ids []tracker.StoryID) []tracker.Seen {
	seen := make([]tracker.Seen, len(ids))
	for i, id := range ids {
		seen[i].ID = id
	}
	return seen
}

// edit changes c.after, which is the stored story, and says in c.verb under
// what name that is recorded.
type edit func(w tracker.Writer, c *edited, p tracker.Project) error

// changeStory is changeStories of one.
func (s *changes) changeStory(ctx context.Context, seen tracker.Seen, do edit) (tracker.Story, error) {
	after, err := s.changeStories(ctx, []tracker.Seen{seen}, do)
	if err != nil {
		return tracker.Story{}, err
	}
	return after[0], nil
}

// changeStories applies an edit to stored stories in one transaction and
// records it. A story that stays the same is not saved. An error names the
// story that it is about where there are several.
func (s *changes) changeStories(ctx context.Context, seen []tracker.Seen, do edit) ([]tracker.Story, error) {
	return s.changeStoriesAnd(ctx, seen, do, func(tracker.Writer) (changeSet, error) { return nil, nil })
}

// changeStoriesAnd is changeStories with what else is changed in the same transaction and
// undone with it.
func (s *changes) changeStoriesAnd(ctx context.Context, seen []tracker.Seen, do edit, also func(tracker.Writer) (changeSet, error)) ([]tracker.Story, error) {
	var done changeSet
	var after []tracker.Story
	err := s.Write(ctx, tracker.HintStories|tracker.HintDeliveries, func(w tracker.Writer) error {
		var err error
		if done, err = also(w); err != nil {
			return err
		}
		after = nil
		for _, v := range seen {
			c, err := s.changeIn(w, v, do)
			if err != nil && len(seen) > 1 {
				return about(v.ID, err)
			}
			if err != nil {
				return err
			}
			if c.activity != 0 {
				done = append(done, c)
			}
			after = append(after, c.after)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.history.add(ctx, done)
	return after, nil
}

// changeIn applies an edit to one stored story. The change has no activity
// where the story stays the same.
func (s *changes) changeIn(w tracker.Writer, v tracker.Seen, do edit) (edited, error) {
	seen := s.history.whole(tracker.Story{ID: v.ID, Version: v.Version})
	before, p, err := versioned(w, v.ID, seen.Version)
	if err != nil {
		return edited{}, err
	}
	c := edited{before: before, after: before.Clone()}
	if err := do(w, &c, p); err != nil {
		return edited{}, err
	}
	c.activity, err = s.saveChange(w, before, &c.after, p, c.verb)
	return c, err
}

// about makes an error name the story that it is about.
func about(id tracker.StoryID, err error) error {
	var e *tracker.Error
	if !errors.As(err, &e) || strings.Contains(e.Message, id.String()) {
		return err
	}
	named := *e
	named.Message, named.Err = fmt.Sprintf("%s: %s", id, e.Message), err
	return &named
}

// saveChange saves an edited story with its activity, and the private comments of a new
// state. Where nothing changed it saves nothing and returns 0.
func (s *changes) saveChange(w tracker.Writer, before tracker.Story, st *tracker.Story, p tracker.Project, verb string) (tracker.ActivityID, error) {
	if err := s.settle(w, before, st); err != nil {
		return 0, err
	}
	changes := tracker.StoryChanges(before, *st)
	if len(changes) == 0 {
		return 0, nil
	}
	if err := st.Validate(p); err != nil {
		return 0, err
	}
	st.UpdatedAt = s.Now()
	if err := w.SaveStory(st); err != nil {
		return 0, err
	}
	a, err := s.outbox.Activity(w, st.ID, verb, changes)
	if err != nil || !outbox.Tells(before.State, st.State) {
		return a.ID, err
	}
	return a.ID, s.outbox.SendState(w, *st, p, before.State, a.ID)
}

func versioned(r tracker.Reader, id tracker.StoryID, version int64) (tracker.Story, tracker.Project, error) {
	st, err := r.Story(id)
	if err != nil {
		return tracker.Story{}, tracker.Project{}, err
	}
	if version != 0 && version != st.Version {
		return tracker.Story{}, tracker.Project{}, tracker.Errorf(tracker.CodeConflict, "%s has changed meanwhile (it is now %s). Check it, then try again", id, st.State)
	}
	p, err := r.Project(st.ProjectID)
	return st, p, err
}
