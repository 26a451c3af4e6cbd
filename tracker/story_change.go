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

// StoryChanges lists the fields in which two versions of a story differ.
func StoryChanges(before, after Story) []FieldChange {
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
