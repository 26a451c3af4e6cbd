package figures

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// Subject is what a burn-up is of: a release or a label, and so an epic, which is one.
type Subject struct {
	// Release is 0 for a label.
	Release tracker.StoryID
	Label   string
	// Name is the release's or the label's.
	Name string
}

// Subjects lists what there is a burn-up of: the releases that are not accepted, in the
// order of the Backlog; those that are, the last one first; the labels by name.
func (h *History) Subjects() []Subject {
	var open, accepted []Subject
	labels := map[string]bool{}
	for i := range h.facts.Stories {
		s := &h.facts.Stories[i]
		for _, label := range s.Labels {
			labels[label] = true
		}
		if s.Type != tracker.Release || s.State == tracker.Unscheduled {
			continue
		}
		if subject := (Subject{Release: s.ID, Name: s.Name}); s.State == tracker.Accepted {
			accepted = append(accepted, subject)
		} else {
			open = append(open, subject)
		}
	}
	slices.Reverse(accepted)
	list := slices.Concat(open, accepted)
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		list = append(list, Subject{Label: label, Name: label})
	}
	return list
}

// BurnUp is how the accepted points of a release or label have come nearer to all of
// its points, and when they will reach them.
type BurnUp struct {
	Subject
	Rows []BurnUpRow
	// Done is true when every story of it is accepted.
	Done bool
	// Projected is the last day of the iteration for which the last of it is planned, at
	// midnight; nil when it is done, and where nothing of it is planned.
	Projected *time.Time
	// Deadline is the day on which a release is due, nil without one.
	Deadline *time.Time
	// Unplanned counts the stories that are in the Icebox, for which there is no day;
	// Unestimated those that are not accepted and still have to be estimated.
	Unplanned, Unestimated int
}

// Late reports whether it is planned for after its deadline.
func (b BurnUp) Late() bool {
	return b.Deadline != nil && b.Projected != nil && day(*b.Deadline).Before(day(*b.Projected))
}

// BurnUpRow is how it stood at the end of an iteration, or stands now in Current.
type BurnUpRow struct {
	Iteration
	// Planned is true for one that is to come: it is as the plan has it.
	Planned bool
	// Accepted are the accepted points and Scope all of them; the stories likewise.
	Accepted, Scope               float64
	AcceptedStories, ScopeStories int
}

// BurnUp returns how the points of a subject were accepted in the iterations of a range,
// and how they will be. Rows begin with the first iteration in which there was anything
// of it. CodeNotFound for a subject that the project does not have.
//
// A story belongs to a label while it carries it. It belongs to a release that it stands
// above and that no other release parts it from, in the order of the board, whenever it
// was put there: that is not known.
func (h *History) BurnUp(of Subject, r Range) (BurnUp, error) {
	members, err := h.members(&of)
	if err != nil {
		return BurnUp{}, err
	}
	b := BurnUp{Subject: of}
	spans := h.spans(r)
	// What stood at the end of each iteration, and what stands now.
	soon := h.facts.Now.Add(time.Nanosecond)
	ends := make([]time.Time, 0, len(spans)+1)
	for _, it := range spans {
		ends = append(ends, earlier(it.Finish, soon))
	}
	rows := sumsAt(append(ends, soon), members)
	now := rows[len(spans)]
	for i, it := range spans {
		if row := rows[i].row(it); len(b.Rows) > 0 || row.ScopeStories > 0 {
			b.Rows = append(b.Rows, row)
		}
	}
	left := h.left(&b, members)
	planned, projected := h.project(b, left, now, r)
	b.Rows, b.Projected = append(b.Rows, planned...), projected
	return b, nil
}

// member is a story of a subject with what it was at which time.
type member struct {
	story *tracker.StoryFound
	// was are what it was, oldest first.
	was []facet
}

// facet is what a story was from a moment on.
type facet struct {
	from time.Time
	// in is true while it belonged to the subject.
	in     bool
	points float64
}

// burnSums adds up a row.
type burnSums struct {
	accepted, scope               sum
	acceptedStories, scopeStories int
}

// plus adds n times what a member was.
func (b *burnSums) plus(n int, points float64, accepted bool) {
	var of sum
	of.add(points)
	b.scope += sum(n) * of
	b.scopeStories += n
	if accepted {
		b.accepted += sum(n) * of
		b.acceptedStories += n
	}
}

// sumsAt adds up what members were just before each of some moments, which ascend.
func sumsAt(ends []time.Time, members []member) []burnSums {
	// after returns the first of the ends that a change at a time comes before.
	after := func(at time.Time) int {
		i, _ := slices.BinarySearchFunc(ends, at, func(end, at time.Time) int {
			if end.After(at) {
				return 1
			}
			return -1
		})
		return i
	}
	// Each row is the difference to the one before, and they are added up at the end.
	rows := make([]burnSums, len(ends)+1)
	for _, m := range members {
		accepted := len(ends)
		if at := m.story.AcceptedAt; m.story.State == tracker.Accepted && at != nil {
			accepted = after(*at)
		}
		for i, f := range m.was {
			from, to := after(f.from), len(ends)
			if i+1 < len(m.was) {
				to = after(m.was[i+1].from)
			}
			if !f.in || from >= to {
				continue
			}
			middle := min(max(accepted, from), to)
			rows[from].plus(1, f.points, middle == from)
			if middle > from && middle < to {
				rows[middle].plus(-1, f.points, false)
				rows[middle].plus(1, f.points, true)
			}
			rows[to].plus(-1, f.points, middle < to)
		}
	}
	accumulate(rows)
	return rows
}

// accumulate adds to each row those before it.
func accumulate(rows []burnSums) {
	for i := 1; i < len(rows); i++ {
		before := rows[i-1]
		rows[i].accepted += before.accepted
		rows[i].scope += before.scope
		rows[i].acceptedStories += before.acceptedStories
		rows[i].scopeStories += before.scopeStories
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (b *burnSums) row(it Iteration) BurnUpRow {
	return BurnUpRow{
		Iteration: it, Accepted: b.accepted.points(), Scope: b.scope.points(), AcceptedStories: b.acceptedStories, ScopeStories: b.scopeStories,
	}
}

// members finds the stories that are or were of a subject, and the subject's name.
func (h *History) members(of *Subject) ([]member, error) {
	if of.Release == 0 {
		return h.labelled(of)
	}
	above, err := h.above(of.Release)
	if err != nil {
		return nil, err
	}
	of.Name = h.facts.Stories[h.byID[of.Release]].Name
	changes := h.changesOf(func(id tracker.StoryID) bool { return above[id] })
	var list []member
	for i := range h.facts.Stories {
		if s := &h.facts.Stories[i]; above[s.ID] {
			list = append(list, h.member(s, changes[s.ID], func(f was) bool { return f.state != tracker.Unscheduled }))
		}
	}
	return list, nil
}

// labelled finds the stories that carry or carried a label.
func (h *History) labelled(of *Subject) ([]member, error) {
	of.Label = strings.ToLower(strings.TrimSpace(of.Label))
	of.Name = of.Label
	carried := map[tracker.StoryID]bool{}
	for i := range h.facts.Changes {
		a := &h.facts.Changes[i]
		for _, c := range a.Changes {
			if c.Field == fieldLabels && (hasLabel(c.Old, of.Label) || hasLabel(c.New, of.Label)) {
				carried[a.StoryID] = true
			}
		}
	}
	known := false
	for i := range h.facts.Stories {
		if s := &h.facts.Stories[i]; slices.Contains(s.Labels, of.Label) {
			carried[s.ID], known = true, true
		}
	}
	if !known {
		return nil, tracker.Errorf(tracker.CodeNotFound, "no story has the label %q", of.Label)
	}
	changes := h.changesOf(func(id tracker.StoryID) bool { return carried[id] })
	var list []member
	for i := range h.facts.Stories {
		if s := &h.facts.Stories[i]; carried[s.ID] {
			list = append(list, h.member(s, changes[s.ID], func(f was) bool { return hasLabel(f.labels, of.Label) }))
		}
	}
	return list, nil
}

func hasLabel(list, label string) bool {
	for l := range strings.SplitSeq(list, ", ") {
		if l == label {
			return true
		}
	}
	return false
}

// above returns the stories that a release covers: those above it, up to the release
// before it.
func (h *History) above(release tracker.StoryID) (map[tracker.StoryID]bool, error) {
	covered := map[tracker.StoryID]bool{}
	for _, c := range slices.Concat(h.done, h.Plan.Backlog) {
		switch {
		case c.Type != tracker.Release:
			covered[c.ID] = true
		case c.ID == release:
			return covered, nil
		default:
			clear(covered)
		}
	}
	i, known := h.byID[release]
	switch {
	case !known:
		return nil, tracker.Errorf(tracker.CodeNotFound, "there is no story %s", release)
	case h.facts.Stories[i].Type != tracker.Release:
		return nil, tracker.Invalid("release", "%s is a %s, not a release", release, h.facts.Stories[i].Type)
	}
	return nil, tracker.Errorf(tracker.CodeRefused, "release %s is in the Icebox: move it to the Backlog, below its stories", release)
}

func (h *History) changesOf(wanted func(tracker.StoryID) bool) map[tracker.StoryID][]*tracker.Activity {
	list := map[tracker.StoryID][]*tracker.Activity{}
	for i := range h.facts.Changes {
		if a := &h.facts.Changes[i]; wanted(a.StoryID) {
			list[a.StoryID] = append(list[a.StoryID], a)
		}
	}
	return list
}

// was is what a story was at a time, as activities write it.
type was struct {
	state            tracker.State
	estimate, labels string
}

// member goes back from what a story is through its changes.
func (h *History) member(s *tracker.StoryFound, changes []*tracker.Activity, in func(was) bool) member {
	now := was{state: s.State, labels: strings.Join(s.Labels, ", ")}
	if s.Estimate != nil {
		now.estimate = tracker.FormatPoints(*s.Estimate)
	}
	m := member{story: s}
	since := func(from time.Time) { m.was = append(m.was, facet{from, in(now), h.points(s, now.estimate)}) }
	for _, a := range slices.Backward(changes) {
		since(a.At)
		for _, c := range a.Changes {
			switch c.Field {
			case fieldState:
				now.state = tracker.State(c.Old)
			case fieldEstimate:
				now.estimate = c.Old
			case fieldLabels:
				now.labels = c.Old
			}
		}
	}
	made := s.CreatedAt
	if len(changes) > 0 && changes[0].At.Before(made) {
		made = changes[0].At // by a clock that was wrong
	}
	since(made)
	slices.Reverse(m.was)
	return m
}

// points returns what a story counts with an estimate.
func (h *History) points(s *tracker.StoryFound, estimate string) float64 {
	points, err := strconv.ParseFloat(estimate, 64)
	if err != nil {
		return 0
	}
	return plan.Points(tracker.Card{Type: s.Type, Estimate: &points}, h.facts.Project)
}

// left says what is to be said of a subject's end, and returns the stories of it that
// have to be accepted yet, a release itself with them.
func (h *History) left(b *BurnUp, members []member) map[tracker.StoryID]bool {
	left := make(map[tracker.StoryID]bool, len(members))
	for _, m := range members {
		s := m.story
		if !m.was[len(m.was)-1].in || s.State == tracker.Accepted {
			continue
		}
		left[s.ID] = true
		if s.State == tracker.Unscheduled {
			b.Unplanned++
		}
		if s.Estimate == nil && tracker.Estimatable(s.Type, h.facts.Project) {
			b.Unestimated++
		}
	}
	b.Done = len(left) == 0
	if b.Release != 0 {
		release := &h.facts.Stories[h.byID[b.Release]]
		b.Deadline, b.Done = release.Deadline, release.State == tracker.Accepted
		left[b.Release] = true
	}
	return left
}

// project returns the iterations to come up to the one for which the last of a subject is
// planned, and that one's last day; nil where nothing is planned.
func (h *History) project(b BurnUp, left map[tracker.StoryID]bool, now burnSums, r Range) (rows []BurnUpRow, projected *time.Time) {
	for i, it := range h.Plan.Iterations {
		for _, c := range h.Plan.Backlog[it.From:it.To] {
			if c.State == tracker.Accepted || !left[c.ID] {
				continue
			}
			if projected == nil || !projected.Equal(it.LastDay()) {
				projected = new(it.LastDay())
			}
			if c.ID != b.Release {
				now.accepted.add(plan.Points(c, h.facts.Project))
				now.acceptedStories++
			}
		}
		if i > 0 && r.has(it.Span) {
			row := now.row(Iteration{Span: it.Span})
			row.Planned = true
			rows = append(rows, row)
		}
	}
	return slices.DeleteFunc(rows, func(row BurnUpRow) bool { return projected == nil || row.Start.After(*projected) }), projected
}

// Usual returns the subject that people ask for most likely: the next release, else the
// label that most stories have which are not accepted; false where there is neither.
func (h *History) Usual() (Subject, bool) {
	subjects := h.Subjects()
	uses := map[string]int{}
	for i := range h.facts.Stories {
		if s := &h.facts.Stories[i]; s.State != tracker.Accepted {
			for _, label := range s.Labels {
				uses[label]++
			}
		}
	}
	if len(subjects) == 0 {
		return Subject{}, false
	}
	first := subjects[0]
	if first.Release != 0 && h.facts.Stories[h.byID[first.Release]].State != tracker.Accepted {
		return first, true
	}
	return slices.MaxFunc(subjects, func(a, b Subject) int {
		return cmp.Or(cmp.Compare(uses[a.Label], uses[b.Label]), strings.Compare(b.Label, a.Label))
	}), true
}
