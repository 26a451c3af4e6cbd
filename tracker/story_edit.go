package tracker

import (
	"context"
	"slices"
	"strings"
	"time"
)

// StoryEdit changes a story's own fields. Nil fields stay as they are.
type StoryEdit struct {
	ID StoryID
	// Base is the story as it was when the editing began: an edited field that
	// was changed since is a conflict. nil edits whatever there is.
	Base        *Story
	Name        *string
	Description *string
	Type        *StoryType
	Owners      *[]string
	Labels      *[]string
	Requester   *string
	// Deadline is a release's; the zero time takes it away.
	Deadline *time.Time
}

// EditStory changes a story's own fields; nothing is sent. A type that carries
// no points drops the estimate, and one that is no release the deadline.
// CodeInvalid or CodeConflict, with the field.
func (s *Service) EditStory(ctx context.Context, e StoryEdit) (Story, error) {
	return s.changeStory(ctx, Seen{ID: e.ID}, func(_ Writer, c *change, p Project) error {
		c.verb = "edited"
		e.apply(&c.after)
		if !Estimatable(c.after.Type, p) {
			c.after.Estimate = nil
		}
		if e.Base == nil {
			return nil
		}
		return e.overtaken(s.history.whole(*e.Base), *c.before, c.after)
	})
}

// overtaken fails when an edited field is no longer as it was seen.
func (e StoryEdit) overtaken(base, now, edited Story) error {
	theirs := storyChanges(base, now)
	for _, mine := range storyChanges(now, edited) {
		if slices.ContainsFunc(theirs, func(c FieldChange) bool { return c.Field == mine.Field }) {
			err := Errorf(CodeConflict, "the %s of %s has changed meanwhile. Check it, then save again", mine.Field, e.ID)
			err.Field = mine.Field
			return err
		}
	}
	return nil
}

func (e StoryEdit) apply(st *Story) {
	set(&st.Name, e.Name, strings.TrimSpace)
	set(&st.Description, e.Description, nil)
	set(&st.Type, e.Type, nil)
	set(&st.Requester, e.Requester, strings.TrimSpace)
	set(&st.Owners, e.Owners, cleanNames)
	set(&st.Labels, e.Labels, cleanLabels)
	switch {
	case e.Deadline != nil && e.Deadline.IsZero(), e.Deadline == nil && st.Type != Release:
		st.Deadline = nil
	case e.Deadline != nil:
		st.Deadline = e.Deadline
	}
}

// set gives a field a new value, made clean, if there is one.
func set[T any](field, value *T, clean func(T) T) {
	if value == nil {
		return
	}
	*field = *value
	if clean != nil {
		*field = clean(*field)
	}
}

func cleanLabels(labels []string) []string {
	lower := make([]string, len(labels))
	for i, l := range labels {
		lower[i] = strings.ToLower(l)
	}
	return cleanNames(lower)
}

func cleanNames(names []string) []string {
	var clean []string
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(clean, n) {
			clean = append(clean, n)
		}
	}
	return clean
}

// Names lists the people and the labels that a project's stories carry, in
// alphabetical order; the acting user stands first. They are what people choose
// among; anything else can be written too.
func (s *Service) Names(ctx context.Context, project ProjectID) (people, labels []string, err error) {
	err = s.Store.Read(ctx, func(r Reader) error {
		cards, err := r.Cards(project)
		for _, c := range cards {
			people, labels = append(append(people, c.Owners...), c.Requester), append(labels, c.Labels...)
		}
		return err
	})
	slices.Sort(people)
	slices.Sort(labels)
	return cleanNames(append([]string{s.actor()}, slices.Compact(people)...)), slices.Compact(labels), err
}
