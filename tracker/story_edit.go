package tracker

import (
	"slices"
	"strings"
	"time"
)

// StoryEdit changes a story's own fields. Nil fields stay as they are.
type StoryEdit struct {
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

// Overtaken fails when an edited field is no longer as it was seen.
func (e StoryEdit) Overtaken(base, now, edited Story) error {
	theirs := StoryChanges(base, now)
	for _, mine := range StoryChanges(now, edited) {
		if slices.ContainsFunc(theirs, func(c FieldChange) bool { return c.Field == mine.Field }) {
			err := Errorf(CodeConflict, "the %s of %s has changed meanwhile. Check it, then save again", mine.Field, now.ID)
			err.Field = mine.Field
			return err
		}
	}
	return nil
}

// Apply sets the fields that the edit gives.
func (e StoryEdit) Apply(st *Story) {
	set(&st.Name, e.Name, strings.TrimSpace)
	set(&st.Description, e.Description, nil)
	set(&st.Type, e.Type, nil)
	set(&st.Requester, e.Requester, strings.TrimSpace)
	set(&st.Owners, e.Owners, CleanNames)
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
	return CleanNames(lower)
}

// CleanNames trims names and drops empty ones and repetitions.
func CleanNames(names []string) []string {
	var clean []string
	for _, n := range names {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(clean, n) {
			clean = append(clean, n)
		}
	}
	return clean
}
