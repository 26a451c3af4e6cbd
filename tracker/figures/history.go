package figures

import (
	"math"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// Facts are what figures are computed from, all of one moment.
type Facts struct {
	Project tracker.Project
	// Stories are those of the project in the board's order, with facts, names and dates.
	// Releases have their deadlines.
	Stories []tracker.StoryFound
	// Changes are the activities that change the [Fields] or begin with the [Verbs], oldest first.
	Changes []tracker.Activity
	// Tickets are those that stories are linked to, with their status.
	Tickets map[tracker.StoryID][]tracker.Ticket
	Now     time.Time
}

// Fields lists the fields of a story whose changes figures need.
func Fields() []string { return []string{fieldState, fieldEstimate, fieldLabels} }

// Verbs lists how activities begin that tell a new state without naming the field, as
// those of an import do.
func Verbs() []string {
	verbs := make([]string, 0, len(tracker.States()))
	for _, s := range tracker.States() {
		verbs = append(verbs, string(s))
	}
	return verbs
}

// Fields as activities name them.
const (
	fieldState    = "state"
	fieldEstimate = "estimate"
	fieldLabels   = "labels"
)

// History is a project's past and its plan, from which each figure is computed.
type History struct {
	facts Facts
	// Plan is the project's.
	Plan plan.Plan
	// pasts are all done iterations, oldest first; done are the stories accepted in them.
	pasts []plan.Past
	done  []tracker.Card
	// steps are the changes of a story's state, oldest first.
	steps map[tracker.StoryID][]step
	// byID finds a story.
	byID map[tracker.StoryID]int
}

// step is a change of a story's state. Old is empty where the activity does not tell it.
type step struct {
	old, now tracker.State
	at       time.Time
}

// New prepares the figures of a project.
func New(f Facts) *History {
	cards := make([]tracker.Card, len(f.Stories))
	h := &History{facts: f, byID: make(map[tracker.StoryID]int, len(cards))}
	for i := range f.Stories {
		cards[i] = f.Stories[i].Card
		h.byID[cards[i].ID] = i
	}
	columns := plan.NewColumns(f.Project, cards, f.Now, "")
	h.Plan, h.done = plan.New(columns, f.Now), columns.Done
	h.pasts = plan.History(f.Project, h.done, f.Now)
	h.steps = make(map[tracker.StoryID][]step, len(h.byID))
	for i := range f.Changes {
		a := &f.Changes[i]
		if s, ok := stepOf(a); ok {
			h.steps[a.StoryID] = append(h.steps[a.StoryID], s)
		}
	}
	return h
}

// Done returns how many iterations are done.
func (h *History) Done() int { return len(h.pasts) }

// stepOf returns the change of state that an activity is, false where it is none.
func stepOf(a *tracker.Activity) (step, bool) {
	for _, c := range a.Changes {
		if c.Field == fieldState {
			return step{tracker.State(c.Old), tracker.State(c.New), a.At}, true
		}
	}
	if len(a.Changes) > 0 {
		return step{}, false
	}
	word, _, _ := strings.Cut(a.Verb, " ")
	state := tracker.State(strings.ToLower(word))
	return step{now: state, at: a.At}, slices.Contains(tracker.States(), state)
}

// Range chooses iterations. The zero value chooses all.
type Range struct {
	// Last is how many done iterations at most, counted back from the last one that is
	// chosen; 0 for all.
	Last int
	// From and To are days, of which the year, month and day count: iterations that end
	// before From or begin after To are left out. The zero time leaves none out.
	From, To time.Time
}

func (r Range) has(s plan.Span) bool {
	return (r.From.IsZero() || !day(s.LastDay()).Before(day(r.From))) && (r.To.IsZero() || !day(s.Start).After(day(r.To)))
}

// day is midnight in UTC of a time's date.
func day(t time.Time) time.Time {
	year, month, d := t.Date()
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

// chosen returns the done iterations of a range as the first and the one after the last,
// and whether Current is in the range.
func (h *History) chosen(r Range) (first, end int, current bool) {
	for end < len(h.pasts) && !r.has(h.pasts[end].Span) {
		end++
	}
	first = end
	for end < len(h.pasts) && r.has(h.pasts[end].Span) {
		end++
	}
	if r.Last > 0 {
		first = max(first, end-r.Last)
	}
	return first, end, r.has(h.Plan.Current().Span)
}

// spans returns the iterations of a range, oldest first, with Current.
func (h *History) spans(r Range) []Iteration {
	first, end, current := h.chosen(r)
	list := make([]Iteration, 0, end-first+1)
	for _, past := range h.pasts[first:end] {
		list = append(list, Iteration{Span: past.Span})
	}
	if current {
		list = append(list, Iteration{Span: h.Plan.Current().Span, Current: true})
	}
	return list
}

// Iteration is one that a figure has a row for.
type Iteration struct {
	plan.Span
	// Current is true for the one that is not over yet.
	Current bool
}

// holding returns which of some iterations, oldest first without a gap, holds a moment;
// -1 for none.
func holding(list []Iteration, at time.Time) int {
	i, found := slices.BinarySearchFunc(list, at, func(it Iteration, at time.Time) int {
		switch {
		case !at.Before(it.Finish):
			return -1
		case at.Before(it.Start):
			return 1
		}
		return 0
	})
	if !found {
		return -1
	}
	return i
}

// sum adds points exactly: in millionths.
type sum int64

func (s *sum) add(points float64) { *s += sum(math.Round(points * 1e6)) }

func (s *sum) points() float64 { return float64(*s) / 1e6 }
