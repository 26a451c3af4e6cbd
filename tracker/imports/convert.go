package imports

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// noon is the hour of what a file knows by the day alone: it is that day in most zones.
const noon = 12 * time.Hour

// converter makes the stories of a project of records.
type converter struct {
	*tally
	project tracker.Project
	// fresh is true for a project without stories: it takes over the file's settings.
	fresh  bool
	people *people
	now    func() time.Time
}

// convert makes a story of a record: with its fields and tasks, without an id and rank.
func (c *converter) convert(from transfer.Story) tracker.Story {
	st := tracker.Story{
		ProjectID: c.project.ID, Name: c.limited(from, "name", strings.TrimSpace(from.Name), tracker.MaxStoryName),
		Description: c.limited(from, "description", from.Description, tracker.MaxStoryDescription),
		Type:        from.Type, State: from.State, Requester: c.people.here(from.Requester), Owners: c.people.all(from.Owners),
		CreatedAt: moment(from.CreatedAt), UpdatedAt: orElse(from.UpdatedAt, c.now()),
	}
	if st.CreatedAt.IsZero() {
		st.CreatedAt = c.project.CreatedAt
	}
	edit := tracker.StoryEdit{Labels: &from.Labels}
	edit.Apply(&st)
	if !from.Deadline.IsZero() {
		if st.Type == tracker.Release {
			st.Deadline = &from.Deadline
		} else {
			c.complain(from.At, "deadline", "only a release has a deadline; it is left out")
		}
	}
	c.estimate(from, &st)
	if st.State == tracker.Accepted {
		at := c.acceptedAt(from, st.CreatedAt)
		st.AcceptedAt = &at
	} else if !from.AcceptedAt.IsZero() {
		c.complain(from.At, "accepted at", "the story is %s; the day of its acceptance is left out", st.State)
	}
	for _, t := range from.Tasks {
		st.Tasks = append(st.Tasks, tracker.Task{
			Text: c.limited(from, "task", t.Text, tracker.MaxTaskText), Done: t.Done, CreatedAt: orElse(t.At, st.CreatedAt),
		})
	}
	return st
}

// limited cuts a text that is longer than stories can have, and says so.
func (c *converter) limited(from transfer.Story, field, text string, most int) string {
	if len(text) <= most || utf8.RuneCountInString(text) <= most {
		return text
	}
	c.complain(from.At, field, "it has more than %d characters; the rest is left out", most)
	return string([]rune(text)[:most])
}

// estimate takes over the points where the project allows them.
func (c *converter) estimate(from transfer.Story, st *tracker.Story) {
	if from.Estimate == nil {
		return
	}
	points := tracker.FormatPoints(*from.Estimate)
	switch {
	case st.Type == tracker.Release:
		c.complain(from.At, "estimate", "a release has no points; %s is left out", points)
		return
	case c.fresh: // the project follows the file
	case !tracker.Estimatable(st.Type, c.project):
		c.complain(from.At, "estimate", "a %s has no points in this project; %s is left out", st.Type, points)
		return
	case !slices.Contains(c.project.PointScale, *from.Estimate):
		c.complain(from.At, "estimate", "%s is not on this project's point scale; the story has it all the same", points)
	}
	st.Estimate = from.Estimate
}

// acceptedAt is when a story counts as accepted. Its own iteration is believed: the
// day of acceptance is one of UTC, and may lie beside the local days of the iteration.
func (c *converter) acceptedAt(from transfer.Story, created time.Time) time.Time {
	at := moment(from.AcceptedAt)
	i := from.Iteration
	if i == nil || i.Start.IsZero() || i.End.IsZero() {
		if at.IsZero() {
			c.complain(from.At, "accepted at", "the story is accepted, but not when; it counts as accepted when it was created")
			return created
		}
		return at
	}
	zone, err := time.LoadLocation(c.project.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	begin := time.Date(i.Start.Year(), i.Start.Month(), i.Start.Day(), 0, 0, 0, 0, zone)
	end := time.Date(i.End.Year(), i.End.Month(), i.End.Day()+1, 0, 0, 0, 0, zone)
	switch {
	case at.Before(begin):
		return begin.UTC()
	case !at.Before(end):
		return end.Add(-time.Minute).UTC()
	}
	return at
}

// moment makes noon of what is known by the day.
func moment(t time.Time) time.Time {
	if !t.IsZero() && t.Equal(t.Truncate(24*time.Hour)) {
		return t.Add(noon)
	}
	return t
}

// orElse is a time where it is known, else another one.
func orElse(t, other time.Time) time.Time {
	if t.IsZero() {
		return other
	}
	return t
}
