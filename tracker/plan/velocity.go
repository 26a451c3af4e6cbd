package plan

import (
	"math"
	"slices"
	"time"

	"storydesk/tracker"
)

// fullStrength is the strength of a team that is all there, in percent.
const fullStrength = 100

// unit is what points are counted in, so that sums of fractions are exact: millionths.
const unit = 1e6

// Past is an iteration that is done, with what was accepted in it.
type Past struct {
	Span
	// Points were accepted, by so many Stories.
	Points  float64
	Stories int
	// From and To are where its stories stand among those that are done.
	From, To int
}

// Points returns what a story counts: its estimate where its type carries one.
func Points(c tracker.Card, p tracker.Project) float64 { return float64(units(c, p)) / unit }

func units(c tracker.Card, p tracker.Project) int64 {
	if c.Estimate == nil || !tracker.Estimatable(c.Type, p) {
		return 0
	}
	return int64(math.Round(*c.Estimate * unit))
}

// History returns the done iterations, oldest first, without a gap up to the current
// one: from the project's first one, or from the first in which a story was accepted.
// done are the stories that were accepted before the current iteration, oldest first.
func History(p tracker.Project, done []tracker.Card, now time.Time) []Past {
	return history(p, NewCalendar(p), done, now, math.MaxInt)
}

// history is History from at most so many iterations before the current one.
func history(p tracker.Project, calendar Calendar, done []tracker.Card, now time.Time, most int) []Past {
	current := calendar.Number(now)
	first := min(current, 1)
	if len(done) > 0 && done[0].AcceptedAt != nil {
		first = min(first, calendar.Number(*done[0].AcceptedAt))
	}
	if current-first > most {
		first = current - most
	}
	next, _ := slices.BinarySearchFunc(done, calendar.start(first), func(c tracker.Card, t time.Time) int {
		if acceptedBefore(c, t) {
			return -1
		}
		return 1
	})
	pasts := make([]Past, 0, current-first)
	for span := calendar.Span(first); span.Number < current; span = calendar.after(span, span.Number+1) {
		past := Past{Span: span, From: next}
		var sum int64
		for ; next < len(done) && acceptedBefore(done[next], past.Finish); next++ {
			sum += units(done[next], p)
		}
		past.Points, past.To, past.Stories = float64(sum)/unit, next, next-past.From
		pasts = append(pasts, past)
	}
	return pasts
}

func acceptedBefore(c tracker.Card, t time.Time) bool {
	return c.AcceptedAt == nil || c.AcceptedAt.Before(t)
}

// Velocity returns how many points the project's team is expected to accept in a
// normal iteration after those of pasts, oldest first. One in which the team had no
// strength says nothing about it.
func Velocity(p tracker.Project, pasts []Past) int {
	points := window(p, pasts)
	if len(points) == 0 {
		return max(p.InitialVelocity, 1)
	}
	sum := 0.0
	for _, of := range points {
		sum += of
	}
	// What is a whole number must not end below it by the inexactness of divisions.
	if average := int(math.Floor(sum/float64(len(points)) + 1e-9)); average > 0 {
		return average
	}
	return max(p.InitialVelocity, 1)
}

// Volatility returns how much the points of the iterations that velocity averages
// differ: their standard deviation divided by their mean, 0 where nothing was accepted.
func Volatility(p tracker.Project, pasts []Past) float64 {
	points := window(p, pasts)
	mean, square := 0.0, 0.0
	for _, of := range points {
		mean += of / float64(len(points))
	}
	for _, of := range points {
		square += (of - mean) * (of - mean) / float64(len(points))
	}
	if mean == 0 {
		return 0
	}
	return math.Sqrt(square) / mean
}

// window returns the points of the iterations that velocity averages, as if the team
// had been all there for the usual time.
func window(p tracker.Project, pasts []Past) []float64 {
	var points []float64
	for i := len(pasts) - 1; i >= 0 && len(points) < max(p.VelocityAveragedOver, 1); i-- {
		if past := pasts[i]; past.Strength > 0 {
			effort := float64(past.Strength*past.Weeks) / float64(fullStrength*max(p.IterationWeeks, 1))
			points = append(points, past.Points/effort)
		}
	}
	return points
}

// Capacity returns how many points an iteration can take at a velocity.
func (s Span) Capacity(p tracker.Project, velocity int) int {
	return velocity * s.Strength * s.Weeks / (fullStrength * max(p.IterationWeeks, 1))
}
