package figures_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/tracker/plan"
)

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

// counted is what a story's estimate counts.
func (w world) counted(l life, at was) float64 {
	if at.estimate == nil || l.kind == tracker.Release || (l.kind != tracker.Feature && !w.project.EstimateAll) {
		return 0
	}
	return *at.estimate
}

// acceptedIn lists the stories that were accepted in an iteration.
func (w world) acceptedIn(s plan.Span) (list []life) {
	for _, l := range w.lives {
		if at := l.acceptedAt(); at != nil && !at.Before(s.Start) && at.Before(s.Finish) {
			list = append(list, l)
		}
	}
	return list
}

// sequence fails the test unless iterations follow each other without a gap.
func sequence(t *rapid.T, spans []plan.Span) {
	for i := 1; i < len(spans); i++ {
		if spans[i].Number != spans[i-1].Number+1 || !spans[i].Start.Equal(spans[i-1].Finish) {
			t.Fatalf("after %+v comes %+v", spans[i-1], spans[i])
		}
	}
}

// Velocity and what was planned, of any history, are what one counts by hand.
func TestVelocityIsWhatIsCounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		h := w.history()
		velocity, planned := h.Velocity(figures.Range{}), h.Planned(figures.Range{})
		if len(planned.Rows) != len(velocity.Rows)+1 || !planned.Rows[len(planned.Rows)-1].Current {
			t.Fatalf("%d iterations of velocity, %d that were planned", len(velocity.Rows), len(planned.Rows))
		}
		var spans []plan.Span
		stories, expected := 0, w.project.InitialVelocity
		var efforts []float64
		for i, row := range velocity.Rows {
			spans = append(spans, row.Span)
			points := 0.0
			for _, l := range w.acceptedIn(row.Span) {
				points += w.counted(l, l.now())
			}
			stories += row.Stories
			if !near(row.Points, points) || row.Stories != len(w.acceptedIn(row.Span)) {
				t.Fatalf("iteration %d: %v points of %d stories, counted %v", row.Number, row.Points, row.Stories, points)
			}
			could := math.Floor(float64(expected*row.Strength*row.Weeks)/float64(100*w.project.IterationWeeks) + 1e-9)
			if got := planned.Rows[i]; !near(got.Planned, could) || !near(got.Accepted, points) {
				t.Fatalf("iteration %d: %v of %v planned, counted %v of %v", row.Number, got.Accepted, got.Planned, points, could)
			}
			if row.Strength > 0 {
				efforts = append(efforts, points*float64(100*w.project.IterationWeeks)/float64(row.Strength*row.Weeks))
			}
			expected = average(efforts[max(0, len(efforts)-w.project.VelocityAveragedOver):], w.project.InitialVelocity)
			if row.Velocity != expected {
				t.Fatalf("after iteration %d velocity is %d, counted %d", row.Number, row.Velocity, expected)
			}
		}
		if velocity.Now != expected {
			t.Fatalf("velocity is %d, counted %d", velocity.Now, expected)
		}
		current := planned.Rows[len(planned.Rows)-1]
		spans = append(spans, current.Span)
		stories += len(w.acceptedIn(current.Span))
		sequence(t, spans)
		all := 0
		for _, l := range w.lives {
			if l.acceptedAt() != nil {
				all++
			}
		}
		if stories != all || w.now.Before(current.Start) || !w.now.Before(current.Finish) {
			t.Fatalf("%d of %d accepted stories are in iterations up to %+v", stories, all, current)
		}
	})
}

func average(points []float64, initial int) int {
	sum := 0.0
	for _, of := range points {
		sum += of
	}
	if v := int(math.Floor(sum/float64(max(1, len(points))) + 1e-9)); v > 0 {
		return v
	}
	return initial
}

// Cycle times are those that a clock shows which runs while a story is in a state.
func TestCycleTimeIsWhatIsMeasured(t *testing.T) {
	t.Parallel()
	states := []tracker.State{tracker.Started, tracker.Finished, tracker.Delivered, tracker.Rejected}
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		got := w.history().CycleTime(figures.Range{})
		times := map[tracker.State][]float64{}
		unknown := 0
		for _, l := range w.lives {
			if l.acceptedAt() == nil {
				continue
			}
			all, told := 0.0, false
			for _, state := range states {
				total, been := 0.0, false
				for i := 1; i < len(l.been) && !l.untold; i++ {
					// What it was from the beginning no activity says, until its state changes.
					if from := l.been[i-1]; from.state == state && slices.ContainsFunc(l.been[:i], func(b was) bool { return b.state != l.been[0].state }) {
						total, been = total+l.been[i].at.Sub(from.at).Seconds(), true
					}
				}
				if been {
					times[state], told = append(times[state], total), true
					all += total
				}
			}
			if told {
				times[""] = append(times[""], all)
			} else {
				unknown++
			}
		}
		if got.Stories != len(times[""]) || got.Unknown != unknown {
			t.Fatalf("%d stories and %d unknown, measured %d and %d", got.Stories, got.Unknown, len(times[""]), unknown)
		}
		for i, stay := range append(got.Stays, got.Total) {
			want := times[append(states, "")[i]]
			if stay.Stories != len(want) || !near(stay.Median.Seconds(), share(want, 50)) || !near(stay.P85.Seconds(), share(want, 85)) {
				t.Fatalf("%q: %+v, measured %v", stay.State, stay, want)
			}
		}
	})
}

// share is the value below which so many percent of others lie.
func share(values []float64, percent int) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	steps := percent * (len(values) - 1)
	low, part := steps/100, float64(steps%100)/100
	if part == 0 {
		return values[low]
	}
	return values[low]*(1-part) + values[low+1]*part
}

// Rejections and tickets are those that one counts by hand.
func TestRejectionsAndTicketsAreCounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		h := w.history()
		rejections, tickets := h.Rejections(figures.Range{}), h.Tickets(figures.Range{})
		for i, row := range rejections.Rows {
			rejected, accepted := 0, 0
			for _, l := range w.lives {
				rejected += w.rejectedIn(l, row.Span)
			}
			for _, l := range w.acceptedIn(row.Span) {
				if l.kind != tracker.Chore {
					accepted++
				}
			}
			if row.Rejected != rejected || row.Accepted != accepted {
				t.Fatalf("iteration %d: %d rejected and %d accepted, counted %d and %d", row.Number, row.Rejected, row.Accepted, rejected, accepted)
			}
			all, closed, stories := w.ticketsIn(row.Span)
			if got := tickets.Rows[i]; got.Number != row.Number || got.Tickets != all || got.Closed != closed || got.Stories != stories {
				t.Fatalf("iteration %d: %+v, counted %d tickets, %d closed, of %d stories", row.Number, got, all, closed, stories)
			}
		}
		sums := figures.RejectionRow{}
		for _, row := range rejections.Rows {
			sums.Rejected, sums.Accepted = sums.Rejected+row.Rejected, sums.Accepted+row.Accepted
		}
		if sums.Rejected != rejections.Total.Rejected || sums.Accepted != rejections.Total.Accepted {
			t.Fatalf("%+v in all, counted %+v", rejections.Total, sums)
		}
	})
}

// rejectedIn counts how often a story was rejected in an iteration and stayed so.
func (w world) rejectedIn(l life, s plan.Span) (n int) {
	states := []was{l.been[0]}
	for _, b := range l.been[1:] {
		if b.state != states[len(states)-1].state {
			states = append(states, b)
		}
	}
	for i, b := range states {
		undone := i+1 < len(states) && states[i+1].state == tracker.Delivered
		if i > 0 && !l.untold && b.state == tracker.Rejected && !undone && !b.at.Before(s.Start) && b.at.Before(s.Finish) {
			n++
		}
	}
	return n
}

// ticketsIn counts the tickets of which the last story was accepted in an iteration.
func (w world) ticketsIn(s plan.Span) (all, closed, stories int) {
	for id := range tracker.TicketID(20) {
		var linked []life
		var status tracker.TicketStatus
		for _, l := range w.lives {
			for _, ticket := range l.tickets {
				if ticket.ID == id {
					linked, status = append(linked, l), ticket.Status
				}
			}
		}
		last := time.Time{}
		for _, l := range linked {
			if at := l.acceptedAt(); at == nil {
				linked = nil
			} else if at.After(last) {
				last = *at
			}
		}
		if len(linked) == 0 || last.Before(s.Start) || !last.Before(s.Finish) {
			continue
		}
		all++
		if status == tracker.TicketSolved || status == tracker.TicketClosed {
			closed++
		}
	}
	for _, l := range w.acceptedIn(s) {
		if len(l.tickets) > 0 {
			stories++
		}
	}
	return all, closed, stories
}

// A burn-up of a label says of each iteration what one would have counted at its end.
func TestBurnUpIsWhatWasCountedThen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		h := w.history()
		b, err := h.BurnUp(figures.Subject{Label: "ui"}, figures.Range{})
		known := slices.ContainsFunc(w.lives, func(l life) bool { return slices.Contains(l.now().labels, "ui") })
		if !known {
			if tracker.CodeOf(err) != tracker.CodeNotFound {
				t.Fatalf("a label that nothing has: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range b.Rows {
			if row.Planned {
				continue
			}
			at := row.Finish
			if row.Current {
				at = w.now.Add(1)
			}
			var want figures.BurnUpRow
			for _, l := range w.lives {
				i := len(l.been) - 1
				for i >= 0 && !l.been[i].at.Before(at) {
					i--
				}
				if i < 0 || !slices.Contains(l.been[i].labels, "ui") {
					continue
				}
				points := w.counted(l, l.been[i])
				want.Scope, want.ScopeStories = want.Scope+points, want.ScopeStories+1
				if accepted := l.acceptedAt(); accepted != nil && accepted.Before(at) {
					want.Accepted, want.AcceptedStories = want.Accepted+points, want.AcceptedStories+1
				}
			}
			if !near(row.Scope, want.Scope) || !near(row.Accepted, want.Accepted) || row.ScopeStories != want.ScopeStories || row.AcceptedStories != want.AcceptedStories {
				t.Fatalf("iteration %d: %+v, counted %+v", row.Number, row, want)
			}
		}
		left, icebox := 0, 0
		for _, l := range w.lives {
			if state := l.now().state; slices.Contains(l.now().labels, "ui") && state != tracker.Accepted {
				left++
				if state == tracker.Unscheduled {
					icebox++
				}
			}
		}
		if b.Done != (left == 0) || b.Unplanned != icebox || (b.Projected != nil) != (left > icebox) {
			t.Fatalf("%d are left, %d of them in the Icebox: %+v", left, icebox, b)
		}
	})
}

// A range shows the rows of the whole that it chooses, as they are.
func TestARangeChoosesRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		h := w.history()
		all := h.Planned(figures.Range{}).Rows
		r := figures.Range{Last: rapid.IntRange(0, 5).Draw(t, "last")}
		if rapid.Bool().Draw(t, "from") {
			r.From = moment("2026-01-01").AddDate(0, 0, rapid.IntRange(0, 250).Draw(t, "day"))
		}
		if rapid.Bool().Draw(t, "to") {
			r.To = moment("2026-01-01").AddDate(0, 0, rapid.IntRange(0, 250).Draw(t, "day"))
		}
		var want []figures.PlannedRow
		for _, row := range all {
			from, to := row.Start.Format(time.DateOnly), row.LastDay().Format(time.DateOnly)
			if (r.From.IsZero() || to >= r.From.Format(time.DateOnly)) && (r.To.IsZero() || from <= r.To.Format(time.DateOnly)) {
				want = append(want, row)
			}
		}
		done := len(want)
		if done > 0 && want[done-1].Current {
			done--
		}
		if r.Last > 0 {
			want = want[max(0, done-r.Last):]
		}
		if got := h.Planned(r).Rows; !slices.Equal(got, want) {
			t.Fatalf("%+v chooses %+v, want %+v", r, got, want)
		}
		if rejections := h.Rejections(r).Rows; len(rejections) != len(want) {
			t.Fatalf("%d iterations of rejections, want %d", len(rejections), len(want))
		}
	})
}
