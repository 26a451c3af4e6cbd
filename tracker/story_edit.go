package tracker

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// StoryEdit changes a story's own fields. Nil fields stay as they are.
type StoryEdit struct {
	// Base is the story as it was when the editing began: an edited field that
	// was changed since is a conflict. nil edits whatever there is.
	Base *Story
	// Since is when the story was seen by who has no Base, to the second: an edited field
	// that was changed after it is a conflict. nil edits whatever there is.
	Since       *time.Time
	Name        *string
	Description *string
	Type        *StoryType
	Owners      *[]string
	Labels      *[]string
	Requester   *string
	// Deadline is a release's; the zero time takes it away.
	Deadline *time.Time
}

// OvertakenError is what is wrong with an edit of a field that somebody else has changed
// since it was seen.
type OvertakenError struct {
	Field string
	// Now is the story as it is now.
	Now Story
	// By changed the field, at At; empty where that is not known.
	By string
	At time.Time
}

// Error says who changed what.
func (e *OvertakenError) Error() string {
	if e.By == "" {
		return fmt.Sprintf("the %s of %s has changed meanwhile", e.Field, e.Now.ID)
	}
	return fmt.Sprintf("%s changed the %s of %s meanwhile", e.By, e.Field, e.Now.ID)
}

// Overtaken fails with CodeConflict and an *OvertakenError when an edited field is no longer
// as it was seen. The activities of the story, newest first, tell who changed it.
func (e StoryEdit) Overtaken(base, now, edited Story, activities []Activity) error {
	theirs := StoryChanges(base, now)
	for _, mine := range StoryChanges(now, edited) {
		of := func(c FieldChange) bool { return c.Field == mine.Field }
		over := &OvertakenError{Field: mine.Field, Now: now}
		if i := slices.IndexFunc(activities, func(a Activity) bool { return slices.ContainsFunc(a.Changes, of) }); i >= 0 {
			over.By, over.At = activities[i].Actor, activities[i].At
		}
		late := e.Since != nil && over.At.Truncate(time.Second).After(*e.Since)
		if !late && !slices.ContainsFunc(theirs, of) {
			continue
		}
		return &Error{Code: CodeConflict, Field: mine.Field, Message: over.Error() + ". Check it, then save again", Err: over}
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
