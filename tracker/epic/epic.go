package epic

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// MaxName is how many characters the name of an epic has at most, MaxLabel its label.
const (
	MaxName  = 500
	MaxLabel = 255
)

// Figures are what an epic's stories sum to.
type Figures struct {
	Epic tracker.Epic
	// Stories counts them, by their states too. Accepted are those that are done, Icebox
	// those that nobody has scheduled, and Unestimated those that need points and have none.
	Stories, Accepted, Icebox, Unestimated int
	States                                 map[tracker.State]int
	// Points are those of all stories, AcceptedPoints of those that are done.
	Points, AcceptedPoints float64
	// Finish is the last day of the iteration that its last story of the Backlog is
	// planned for, at midnight; zero where no story waits there.
	Finish time.Time
	// DoneAt is when the last story was accepted, zero while some are not.
	DoneAt time.Time
	// Cards are its stories: those of the Backlog, then the Icebox, then Done.
	Cards []tracker.Card
}

// Parts are what an epic has beside its stories. All of it came with an import.
type Parts struct {
	// Comments and Files, its attachments, are in the order in which they were added.
	Comments []tracker.Comment
	Files    []tracker.StoryFile
}

// Detail is an epic with all that belongs to it.
type Detail struct {
	Figures
	Parts
	// At is the moment that it was read.
	At time.Time
}

// LabelUse is a label with the stories that carry it.
type LabelUse struct {
	Name string
	// Stories counts them, Accepted those of them that are accepted.
	Stories, Accepted int
}

// Of computes the figures of epics from a project's stories and its plan, in the order of
// the epics.
func Of(epics []tracker.Epic, b tracker.StoryColumns, p plan.Plan) []Figures {
	if len(epics) == 0 {
		return nil
	}
	list, at := make([]Figures, len(epics)), make(map[string][]int, len(epics))
	for i, e := range epics {
		list[i] = Figures{Epic: e, States: map[tracker.State]int{}}
		at[e.Label] = append(at[e.Label], i)
	}
	each := func(cards []tracker.Card, finish func(i int) time.Time) {
		for i := range cards {
			for _, label := range cards[i].Labels {
				for _, e := range at[label] {
					add(&list[e], &cards[i], b.Project, func() time.Time { return finish(i) })
				}
			}
		}
	}
	each(b.Backlog, func(i int) time.Time {
		it, ok := p.Of(i)
		if !ok {
			return time.Time{}
		}
		return it.LastDay()
	})
	never := func(int) time.Time { return time.Time{} }
	each(b.Icebox, never)
	each(b.Done, never)
	for i := range list {
		if !list[i].Done() {
			list[i].DoneAt = time.Time{}
		}
	}
	return list
}

// add counts a story of an epic; finish is the last day of the iteration that it is planned for.
func add(f *Figures, c *tracker.Card, p tracker.Project, finish func() time.Time) {
	f.Cards = append(f.Cards, *c)
	f.Stories++
	f.States[c.State]++
	points := 0.0
	if estimatable := tracker.Estimatable(c.Type, p); estimatable && c.Estimate != nil {
		points = *c.Estimate
	} else if estimatable && c.State != tracker.Accepted {
		f.Unestimated++
	}
	f.Points += points
	switch c.State {
	case tracker.Accepted:
		f.Accepted++
		f.AcceptedPoints += points
		if c.AcceptedAt != nil && c.AcceptedAt.After(f.DoneAt) {
			f.DoneAt = *c.AcceptedAt
		}
	case tracker.Unscheduled:
		f.Icebox++
	default:
		if day := finish(); day.After(f.Finish) {
			f.Finish = day
		}
	}
}

// Done reports whether the epic has stories and all of them are accepted.
func (f Figures) Done() bool { return f.Stories > 0 && f.Accepted == f.Stories }

// Share is how much of the epic is accepted, from 0 to 1: of its points, or of its stories
// where none has points. It is 1 only once all stories are accepted.
func (f Figures) Share() float64 {
	switch {
	case f.Stories == 0:
		return 0
	case f.Done():
		return 1
	}
	share := float64(f.Accepted) / float64(f.Stories)
	if f.Points > 0 {
		share = f.AcceptedPoints / f.Points
	}
	return min(share, 0.99)
}

// Ends says when the epic is finished: by which day it is planned, such as "by 20 Dec", or
// that all that is left stands in the Icebox. It is empty for one without stories.
func (f Figures) Ends(now time.Time) string {
	switch {
	case f.Stories == 0:
		return ""
	case f.Done():
		return "done"
	case f.Icebox == f.Stories-f.Accepted:
		return "icebox"
	}
	return "by " + plan.Day(f.Finish, now)
}

// Validate returns why an epic cannot be saved. CodeInvalid, with the field.
func Validate(e tracker.Epic) error {
	switch {
	case tracker.Unseen(e.Name):
		return tracker.Invalid("name", "an epic needs a name")
	case utf8.RuneCountInString(e.Name) > MaxName:
		return tracker.Invalid("name", "an epic's name has at most %d characters", MaxName)
	case tracker.Unseen(e.Label):
		return tracker.Invalid("label", "an epic needs a label, which its stories carry")
	case strings.Contains(e.Label, ","):
		return tracker.Invalid("label", "a label has no comma")
	case utf8.RuneCountInString(e.Label) > MaxLabel:
		return tracker.Invalid("label", "a label has at most %d characters", MaxLabel)
	case utf8.RuneCountInString(e.Description) > tracker.MaxStoryDescription:
		return tracker.Invalid("description", "an epic's description has at most %d characters", tracker.MaxStoryDescription)
	}
	return nil
}

// CleanLabel writes a label as stories carry it.
func CleanLabel(text string) string { return strings.ToLower(strings.TrimSpace(text)) }

// LabelFor is the label of an epic for which nobody has chosen one: its name.
func LabelFor(name string) string {
	return CleanLabel(strings.Join(strings.Fields(strings.ReplaceAll(name, ",", " ")), " "))
}

// Find finds an epic by its number, such as 3 or E-3, its name or its label. CodeNotFound,
// field "epic".
func Find(list []tracker.Epic, ref string) (tracker.Epic, error) {
	ref = strings.TrimSpace(ref)
	for _, is := range []func(tracker.Epic) bool{
		func(e tracker.Epic) bool { return strings.EqualFold(e.ID.String(), ref) },
		func(e tracker.Epic) bool { return tracker.SameName(e.Name, ref) },
		func(e tracker.Epic) bool { return e.Label == CleanLabel(ref) },
		func(e tracker.Epic) bool { return strconv.FormatInt(int64(e.ID), 10) == ref },
	} {
		if i := slices.IndexFunc(list, is); i >= 0 {
			return list[i], nil
		}
	}
	err := tracker.Errorf(tracker.CodeNotFound, "there is no epic %q", ref)
	err.Field = "epic"
	return tracker.Epic{}, err
}

// Place is where an epic goes among the others: the end, or before or after another one;
// else the top.
type Place struct {
	Bottom        bool
	Before, After tracker.EpicID
}

// Moved returns epics with one of them in another place, in the new order and numbered
// anew. CodeInvalid for a place beside itself.
func Moved(list []tracker.Epic, id tracker.EpicID, to Place) ([]tracker.Epic, error) {
	at := func(in []tracker.Epic, id tracker.EpicID) int {
		return slices.IndexFunc(in, func(e tracker.Epic) bool { return e.ID == id })
	}
	beside := max(to.Before, to.After)
	from := at(list, id)
	switch {
	case beside == id:
		return nil, tracker.Invalid("epic", "%s cannot be moved next to itself", id)
	case from < 0:
		return nil, tracker.Errorf(tracker.CodeNotFound, "there is no epic %s", id)
	case beside != 0 && at(list, beside) < 0:
		return nil, tracker.Errorf(tracker.CodeNotFound, "there is no epic %s", beside)
	}
	moved := slices.Delete(slices.Clone(list), from, from+1)
	place := 0
	switch {
	case to.Bottom:
		place = len(moved)
	case to.Before != 0:
		place = at(moved, to.Before)
	case to.After != 0:
		place = at(moved, to.After) + 1
	}
	moved = slices.Insert(moved, place, list[from])
	for i := range moved {
		moved[i].Position = int64(i + 1)
	}
	return moved, nil
}
