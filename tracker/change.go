package tracker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Seen names a story as somebody saw it. Version 0 takes whatever there is;
// with any other one a change meanwhile is a conflict.
type Seen struct {
	ID      StoryID
	Version int64
}

// whatever names stories as they are, whatever was seen of them.
func whatever(ids []StoryID) []Seen {
	seen := make([]Seen, len(ids))
	for i, id := range ids {
		seen[i].ID = id
	}
	return seen
}

// edit changes c.after, which is the stored story, and says in c.verb under
// what name that is recorded.
type edit func(w Writer, c *change, p Project) error

// changeStory is changeStories of one.
func (s *Service) changeStory(ctx context.Context, seen Seen, do edit) (Story, error) {
	after, err := s.changeStories(ctx, []Seen{seen}, do)
	if err != nil {
		return Story{}, err
	}
	return after[0], nil
}

// changeStories applies an edit to stored stories in one transaction and
// records it. A story that stays the same is not saved. An error names the
// story that it is about where there are several.
func (s *Service) changeStories(ctx context.Context, seen []Seen, do edit) ([]Story, error) {
	var done deed
	var after []Story
	err := s.write(ctx, HintStories|HintDeliveries, func(w Writer) error {
		done, after = nil, nil
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
	s.history.add(done)
	return after, nil
}

// changeIn applies an edit to one stored story. The change has no activity
// where the story stays the same.
func (s *Service) changeIn(w Writer, v Seen, do edit) (change, error) {
	seen := s.history.whole(Story{ID: v.ID, Version: v.Version})
	before, p, err := versioned(w, v.ID, seen.Version)
	if err != nil {
		return change{}, err
	}
	c := change{story: v.ID, before: &before, after: before.clone()}
	if err := do(w, &c, p); err != nil {
		return change{}, err
	}
	c.activity, err = s.saveChange(w, before, &c.after, p, c.verb)
	return c, err
}

// about makes an error name the story that it is about.
func about(id StoryID, err error) error {
	var e *Error
	if !errors.As(err, &e) || strings.Contains(e.Message, id.String()) {
		return err
	}
	named := *e
	named.Message, named.Err = fmt.Sprintf("%s: %s", id, e.Message), err
	return &named
}

// saveChange keeps an edited story with its activity, and the notes of a new
// state. Where nothing changed it keeps nothing and returns 0.
func (s *Service) saveChange(w Writer, before Story, st *Story, p Project, verb string) (ActivityID, error) {
	changes := storyChanges(before, *st)
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
	a, err := s.activity(w, st.ID, verb, changes)
	if err != nil || st.State == before.State {
		return a.ID, err
	}
	return a.ID, s.sendState(w, *st, p, before.State, a.ID)
}

func versioned(r Reader, id StoryID, version int64) (Story, Project, error) {
	st, err := r.Story(id)
	if err != nil {
		return Story{}, Project{}, err
	}
	if version != 0 && version != st.Version {
		return Story{}, Project{}, Errorf(CodeConflict, "%s has changed meanwhile (it is now %s). Check it, then try again", id, st.State)
	}
	p, err := r.Project(st.ProjectID)
	return st, p, err
}

func (s Story) clone() Story {
	s.Owners, s.Labels, s.Tickets = slices.Clone(s.Owners), slices.Clone(s.Labels), slices.Clone(s.Tickets)
	s.Tasks = slices.Clone(s.Tasks)
	return s
}

// storyChanges lists the fields in which two versions of a story differ.
func storyChanges(before, after Story) []FieldChange {
	var changes []FieldChange
	note := func(field, old, now string) {
		if old != now {
			changes = append(changes, FieldChange{Field: field, Old: old, New: now})
		}
	}
	note("name", before.Name, after.Name)
	note("description", before.Description, after.Description)
	note("type", string(before.Type), string(after.Type))
	note("state", string(before.State), string(after.State))
	note("estimate", pointsText(before.Estimate), pointsText(after.Estimate))
	note("owners", strings.Join(before.Owners, ", "), strings.Join(after.Owners, ", "))
	note("labels", strings.Join(before.Labels, ", "), strings.Join(after.Labels, ", "))
	note("requester", before.Requester, after.Requester)
	note("deadline", dateText(before.Deadline), dateText(after.Deadline))
	note("rank", rankText(before), rankText(after))
	return append(changes, taskChanges(before.Tasks, after.Tasks)...)
}

// dateText writes a day, empty for none.
func dateText(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

func pointsText(points *float64) string {
	if points == nil {
		return ""
	}
	return FormatPoints(*points)
}
