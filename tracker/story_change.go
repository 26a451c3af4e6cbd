package tracker

import (
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

// Clone copies a story with its lists.
func (s Story) Clone() Story {
	s.Owners, s.Labels, s.Tickets = slices.Clone(s.Owners), slices.Clone(s.Labels), slices.Clone(s.Tickets)
	s.Tasks = slices.Clone(s.Tasks)
	return s
}

// storyField is a field of a story as activities name it.
type storyField struct {
	name string
	text func(Story) string
	// take gives a story the value that another one has.
	take func(to *Story, from Story)
}

// storyFields lists the fields that are compared as one text each. Tasks are not
// among them.
func storyFields() []storyField {
	return []storyField{
		{"name", func(s Story) string { return s.Name }, func(to *Story, from Story) { to.Name = from.Name }},
		{"description", func(s Story) string { return s.Description }, func(to *Story, from Story) { to.Description = from.Description }},
		{"type", func(s Story) string { return string(s.Type) }, func(to *Story, from Story) { to.Type = from.Type }},
		{"state", func(s Story) string { return string(s.State) }, func(to *Story, from Story) { to.State, to.AcceptedAt = from.State, from.AcceptedAt }},
		{"estimate", func(s Story) string { return pointsText(s.Estimate) }, func(to *Story, from Story) { to.Estimate = from.Estimate }},
		{"owners", func(s Story) string { return strings.Join(s.Owners, ", ") }, func(to *Story, from Story) { to.Owners = from.Owners }},
		{"labels", func(s Story) string { return strings.Join(s.Labels, ", ") }, func(to *Story, from Story) { to.Labels = from.Labels }},
		{"requester", func(s Story) string { return s.Requester }, func(to *Story, from Story) { to.Requester = from.Requester }},
		{"deadline", func(s Story) string { return dateText(s.Deadline) }, func(to *Story, from Story) { to.Deadline = from.Deadline }},
		{"rank", rankText, func(to *Story, from Story) { to.Rank = from.Rank }},
	}
}

// StoryChanges lists the fields in which two versions of a story differ.
func StoryChanges(before, after Story) []FieldChange {
	var changes []FieldChange
	for _, f := range storyFields() {
		if old, now := f.text(before), f.text(after); old != now {
			changes = append(changes, FieldChange{Field: f.name, Old: old, New: now})
		}
	}
	return append(changes, taskChanges(before.Tasks, after.Tasks)...)
}

// RestoreFields returns now with the values of before in the fields that differ
// between before and after, but for the tasks.
func RestoreFields(now, before, after Story) Story {
	now = now.Clone()
	for _, f := range storyFields() {
		if f.text(before) != f.text(after) {
			f.take(&now, before)
		}
	}
	return now
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
