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

// convert makes a story of a record: with its fields and tasks, without an id and rank.
func (p *pass) convert(from transfer.Story) tracker.Story {
	st := tracker.Story{
		ProjectID: p.project.ID, Name: p.limited(from, "name", strings.TrimSpace(from.Name), tracker.MaxStoryName),
		Description: p.limited(from, "description", from.Description, tracker.MaxStoryDescription),
		Type:        from.Type, State: from.State, Requester: p.people.here(from.Requester), Owners: p.people.all(from.Owners),
		CreatedAt: moment(from.CreatedAt), UpdatedAt: p.s.Now(),
	}
	if st.CreatedAt.IsZero() {
		st.CreatedAt = p.project.CreatedAt
	}
	edit := tracker.StoryEdit{Labels: &from.Labels}
	edit.Apply(&st)
	if !from.Deadline.IsZero() {
		if st.Type == tracker.Release {
			st.Deadline = &from.Deadline
		} else {
			p.complain(from.At, "deadline", "only a release has a deadline; it is left out")
		}
	}
	p.estimate(from, &st)
	if st.State == tracker.Accepted {
		at := p.acceptedAt(from, st.CreatedAt)
		st.AcceptedAt = &at
	} else if !from.AcceptedAt.IsZero() {
		p.complain(from.At, "accepted at", "the story is %s; the day of its acceptance is left out", st.State)
	}
	for _, t := range from.Tasks {
		st.Tasks = append(st.Tasks, tracker.Task{
			Text: p.limited(from, "task", t.Text, tracker.MaxTaskText), Done: t.Done, CreatedAt: st.CreatedAt,
		})
	}
	return st
}

// limited cuts a text that is longer than stories can have, and says so.
func (p *pass) limited(from transfer.Story, field, text string, most int) string {
	if len(text) <= most || utf8.RuneCountInString(text) <= most {
		return text
	}
	p.complain(from.At, field, "it has more than %d characters; the rest is left out", most)
	return string([]rune(text)[:most])
}

// estimate takes over the points where the project allows them.
func (p *pass) estimate(from transfer.Story, st *tracker.Story) {
	if from.Estimate == nil {
		return
	}
	points := tracker.FormatPoints(*from.Estimate)
	switch {
	case st.Type == tracker.Release:
		p.complain(from.At, "estimate", "a release has no points; %s is left out", points)
		return
	case p.fresh: // the project follows the file
	case !tracker.Estimatable(st.Type, p.project):
		p.complain(from.At, "estimate", "a %s has no points in this project; %s is left out", st.Type, points)
		return
	case !slices.Contains(p.project.PointScale, *from.Estimate):
		p.complain(from.At, "estimate", "%s is not on this project's point scale; the story has it all the same", points)
	}
	st.Estimate = from.Estimate
}

// acceptedAt is when a story counts as accepted. Its own iteration is believed: the
// day of acceptance is one of UTC, and may lie beside the local days of the iteration.
func (p *pass) acceptedAt(from transfer.Story, created time.Time) time.Time {
	at := moment(from.AcceptedAt)
	i := from.Iteration
	if i == nil || i.Start.IsZero() || i.End.IsZero() {
		if at.IsZero() {
			p.complain(from.At, "accepted at", "the story is accepted, but not when; it counts as accepted when it was created")
			return created
		}
		return at
	}
	zone, err := time.LoadLocation(p.project.TimeZone)
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
