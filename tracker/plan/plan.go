package plan

import (
	"slices"
	"time"

	"storydesk/tracker"
)

// Plan is a project's Backlog, arranged into iterations.
type Plan struct {
	Project tracker.Project
	Backlog []tracker.Card
	// At is the moment that it was made for.
	At time.Time
	// Velocity is what the plan goes by; Measured is the project's own.
	Velocity, Measured int
	// Volatility is that of the iterations that velocity averages.
	Volatility float64
	// Done are the done iterations that the project shows, oldest first.
	Done []Past
	// Iterations are Current, and those after it that hold stories. Between two whose
	// numbers do not follow each other the iterations are empty.
	Iterations []Iteration
	// Releases are those of the Backlog that are not finished, in its order.
	Releases []Release
	calendar Calendar
}

// Iteration is one that is planned.
type Iteration struct {
	Span
	// Capacity is how many points it can take by itself.
	Capacity int
	// Points are those of its stories, Accepted of those that are accepted.
	Points, Accepted float64
	// From and To are where its stories stand in the Backlog.
	From, To int
}

// Release is a release with the day by which all above it is planned.
type Release struct {
	ID   tracker.StoryID
	Name string
	// Projected is the last day of the iteration that it is planned in, at midnight.
	Projected time.Time
	// Deadline is the day on which it is due, nil without one.
	Deadline *time.Time
}

// Late reports whether a release is planned for after its deadline.
func (r Release) Late() bool {
	return r.Deadline != nil && civilDay(*r.Deadline) < civilDay(r.Projected)
}

// Late reports whether a release is late: planned for after its deadline, or in the Icebox,
// where it is planned for no day, and past its deadline.
func (p Plan) Late(c tracker.Card) bool {
	if i := slices.IndexFunc(p.Releases, func(r Release) bool { return r.ID == c.ID }); i >= 0 {
		return p.Releases[i].Late()
	}
	return c.Type == tracker.Release && c.State == tracker.Unscheduled && c.Deadline != nil && civilDay(*c.Deadline) < civilDay(p.At.In(p.calendar.Zone()))
}

// New plans a project's columns at a time, with the project's own velocity.
func New(b tracker.StoryColumns, now time.Time) Plan { return WithVelocity(b, now, 0) }

// WithVelocity plans as if the velocity were another one; 0 is the project's own.
func WithVelocity(b tracker.StoryColumns, now time.Time, velocity int) Plan {
	p := Plan{Project: b.Project, Backlog: b.Backlog, At: now, calendar: NewCalendar(b.Project)}
	pasts := history(b.Project, p.calendar, b.Done, now, max(b.Project.DoneShown, pastsForVelocity(b.Project)))
	p.Measured = Velocity(b.Project, pasts)
	p.Velocity, p.Volatility = p.Measured, Volatility(b.Project, pasts)
	if velocity > 0 {
		p.Velocity = velocity
	}
	p.Done = pasts[max(0, len(pasts)-b.Project.DoneShown):]
	w := packer{plan: &p}
	w.pack(b.Backlog, p.calendar.Number(now))
	return p
}

// pastsForVelocity is how many done iterations velocity may look back on: those
// without strength are passed over.
func pastsForVelocity(p tracker.Project) int {
	n := max(p.VelocityAveragedOver, 1)
	for _, o := range p.Overrides {
		if o.Strength == 0 {
			n++
		}
	}
	return n
}

// packer arranges stories. Points are in units.
type packer struct {
	plan *Plan
	// open is the iteration that takes stories.
	open Iteration
	// room is what the iterations up to the open one can take, planned what stands in them.
	room, planned int64
	// points and accepted are those of the open one.
	points, accepted int64
}

// pack arranges the Backlog into iterations from the current one on.
func (w *packer) pack(backlog []tracker.Card, current int) {
	p := w.plan.Project
	w.begin(w.plan.calendar.Span(current), 0)
	stays := true // in Current, whatever that sums to
	for i, c := range backlog {
		points := units(c, p)
		if !inCurrent(c, p) {
			if stays && p.Manual {
				w.leaveCurrent(i)
			}
			stays = false
			w.makeRoom(points, i)
		}
		w.add(c, points)
	}
	w.close(len(backlog))
}

// inCurrent reports whether a story of the Backlog stands in Current however much
// that holds.
func inCurrent(c tracker.Card, p tracker.Project) bool {
	return c.State.Begun() || p.Manual && c.State == tracker.Planned
}

// begin opens an iteration whose first story is the i-th of the Backlog.
func (w *packer) begin(span Span, i int) {
	w.open = Iteration{Span: span, Capacity: span.Capacity(w.plan.Project, w.plan.Velocity), From: i}
	w.room += int64(w.open.Capacity) * unit
	w.points, w.accepted = 0, 0
}

// leaveCurrent begins the iteration after Current, which holds what people chose:
// room that they left is not for other stories.
func (w *packer) leaveCurrent(i int) {
	w.close(i)
	w.planned = max(w.planned, w.room)
	w.begin(w.plan.calendar.after(w.open.Span, w.open.Number+1), i)
}

// makeRoom opens later iterations until one can take a story, the i-th.
func (w *packer) makeRoom(points int64, i int) {
	need := w.planned + points
	if need <= w.room {
		return
	}
	w.close(i)
	number := w.open.Number
	for need > w.room {
		number++
		if number > lastOverride(w.plan.Project) {
			// From here on all iterations take the same.
			each := int64(w.plan.calendar.normal().Capacity(w.plan.Project, w.plan.Velocity)) * unit
			empty := (need - w.room - 1) / each
			number += int(empty)
			w.room += empty * each
		}
		w.begin(w.plan.calendar.after(w.open.Span, number), i)
	}
}

// normal is an iteration that is not overridden.
func (c Calendar) normal() Span { return Span{Weeks: c.weeks, Strength: fullStrength} }

func lastOverride(p tracker.Project) int {
	if n := len(p.Overrides); n > 0 {
		return p.Overrides[n-1].Number
	}
	return 0
}

// add puts the next story into the open iteration.
func (w *packer) add(c tracker.Card, points int64) {
	w.planned += points
	w.points += points
	if c.State == tracker.Accepted {
		w.accepted += points
	}
	if c.Type == tracker.Release && c.State != tracker.Accepted {
		w.plan.Releases = append(w.plan.Releases, Release{ID: c.ID, Name: c.Name, Projected: w.open.LastDay(), Deadline: c.Deadline})
	}
}

// close ends the open iteration before the i-th story of the Backlog.
func (w *packer) close(i int) {
	it := w.open
	it.Points, it.Accepted, it.To = float64(w.points)/unit, float64(w.accepted)/unit, i
	if len(w.plan.Iterations) > 0 && it.From == it.To {
		return // empty
	}
	w.plan.Iterations = append(w.plan.Iterations, it)
}

// Current returns the current iteration.
func (p Plan) Current() Iteration { return p.Iterations[0] }

// Of returns the iteration of the i-th story of the Backlog; false where there is none.
func (p Plan) Of(i int) (Iteration, bool) {
	at, found := slices.BinarySearchFunc(p.Iterations, i, func(it Iteration, i int) int {
		switch {
		case it.To <= i:
			return -1
		case it.From > i:
			return 1
		}
		return 0
	})
	if !found {
		return Iteration{}, false
	}
	return p.Iterations[at], true
}

// For returns the iteration that a story is planned for; false where it is accepted or
// not in the Backlog.
func (p Plan) For(story tracker.StoryID) (Iteration, bool) {
	i := slices.IndexFunc(p.Backlog, func(c tracker.Card) bool { return c.ID == story })
	if i < 0 || p.Backlog[i].State == tracker.Accepted {
		return Iteration{}, false
	}
	return p.Of(i)
}

// Points returns the points of all planned stories.
func (p Plan) Points() float64 {
	sum := 0.0
	for _, it := range p.Iterations {
		sum += it.Points
	}
	return sum
}

// EmptyBefore returns the empty iterations before the i-th planned one; n is 0 where
// there are none.
func (p Plan) EmptyBefore(i int) (first, last Span, n int) {
	if i == 0 {
		return Span{}, Span{}, 0
	}
	from, to := p.Iterations[i-1].Number+1, p.Iterations[i].Number-1
	if from > to {
		return Span{}, Span{}, 0
	}
	return p.calendar.Span(from), p.calendar.Span(to), to - from + 1
}
