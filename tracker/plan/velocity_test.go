package plan_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// accepted returns an accepted story.
func accepted(points float64, at time.Time) tracker.Card {
	return tracker.Card{Type: tracker.Feature, State: tracker.Accepted, Estimate: &points, AcceptedAt: &at}
}

// doneIn returns a history of stories, one for each iteration with points, and a
// moment of the iteration that follows. Iterations are of one week from 2026-01-05.
func doneIn(points ...float64) ([]tracker.Card, time.Time) {
	at := moment("2026-01-07")
	var done []tracker.Card
	for _, of := range points {
		if of > 0 {
			done = append(done, accepted(of, at))
		}
		at = at.AddDate(0, 0, 7)
	}
	return done, at
}

func TestVelocity(t *testing.T) {
	t.Parallel()
	override := func(number, weeks, strength int) func(*tracker.Project) {
		return func(p *tracker.Project) {
			*p = plan.Overriding(*p, tracker.IterationOverride{Number: number, Weeks: weeks, Strength: strength})
		}
	}
	tests := map[string]struct {
		points []float64
		change func(*tracker.Project)
		want   int
	}{
		"the average of three":                       {[]float64{10, 5, 15}, nil, 10},
		"two are averaged while there are no more":   {[]float64{5, 11}, nil, 8},
		"older ones do not count":                    {[]float64{90, 10, 5, 15}, nil, 10},
		"it is rounded down":                         {[]float64{5, 6, 6}, nil, 5},
		"an empty one counts":                        {[]float64{9, 0, 9}, nil, 6},
		"before any is done":                         {nil, nil, 10},
		"two done without points":                    {[]float64{0, 0}, func(p *tracker.Project) { p.InitialVelocity = 2 }, 2},
		"hundreds done without points":               {make([]float64, 283), nil, 10},
		"an average that is rounded down to nothing": {[]float64{0, 1, 1}, nil, 10},
		"a window of one":                            {[]float64{1, 2, 8}, func(p *tracker.Project) { p.VelocityAveragedOver = 1 }, 8},
		"a window of four":                           {[]float64{4, 1, 2, 8}, func(p *tracker.Project) { p.VelocityAveragedOver = 4 }, 3},
		"half the team":                              {[]float64{10, 5, 10}, override(2, 1, 50), 10},
		"nobody was there":                           {[]float64{7, 4, 0, 10}, override(3, 1, 0), 7},
		"fractions":                                  {[]float64{0.5, 0.5, 2}, func(p *tracker.Project) { p.PointScale = []float64{0, 0.5, 2} }, 1},
	}
	for name, tt := range tests {
		p := project("UTC", "2026-01-05")
		if tt.change != nil {
			tt.change(&p)
		}
		done, now := doneIn(tt.points...)
		if got := plan.Velocity(p, plan.History(p, done, now)); got != tt.want {
			t.Errorf("%s: velocity %d, want %d", name, got, tt.want)
		}
	}
}

// An iteration of twice the length counts half.
func TestVelocityOfALongerIteration(t *testing.T) {
	t.Parallel()
	p := plan.Overriding(project("UTC", "2026-01-05"), tracker.IterationOverride{Number: 2, Weeks: 2, Strength: 100})
	done := []tracker.Card{accepted(10, moment("2026-01-07")), accepted(16, moment("2026-01-24")), accepted(8, moment("2026-01-26"))}
	pasts := plan.History(p, done, moment("2026-02-04"))
	if got := plan.Velocity(p, pasts); len(pasts) != 3 || got != 8 {
		t.Errorf("velocity %d over %d iterations, want 8 over 3", got, len(pasts))
	}
}

// What was accepted before the project was made here counts too: it was imported.
func TestHistoryBeginsWithTheFirstAcceptedStory(t *testing.T) {
	t.Parallel()
	p := project("UTC", "2026-01-26")
	done, now := doneIn(3, 0, 6)
	pasts := plan.History(p, done, now)
	if len(pasts) != 3 || pasts[0].Number != -2 || pasts[2].Number != 0 || pasts[1].Stories != 0 || pasts[2].Points != 6 {
		t.Errorf("the history is %+v", pasts)
	}
	if got := plan.Velocity(p, pasts); got != 3 {
		t.Errorf("velocity %d, want 3", got)
	}
}

func TestVolatility(t *testing.T) {
	t.Parallel()
	p := project("UTC", "2026-01-05")
	done, now := doneIn(5, 5, 5)
	if got := plan.Volatility(p, plan.History(p, done, now)); got != 0 {
		t.Errorf("of equal iterations it is %g", got)
	}
	done, now = doneIn(2, 4, 6)
	if got, want := plan.Volatility(p, plan.History(p, done, now)), math.Sqrt(8.0/3)/4; math.Abs(got-want) > 1e-12 {
		t.Errorf("of 2, 4 and 6 it is %g, want %g", got, want)
	}
	if got := plan.Volatility(p, nil); got != 0 {
		t.Errorf("of nothing it is %g", got)
	}
}

// Velocity is what one computes who asks for every story on which day it was accepted.
func TestVelocityOfAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProject(t)
		days := rapid.SliceOfN(rapid.IntRange(0, 300), 0, 60).Draw(t, "days")
		now := p.CreatedAt.AddDate(0, 0, 301)
		c := plan.NewCalendar(p)
		current := c.Number(now)
		points := map[int]float64{}
		var done []tracker.Card
		for day := range 301 {
			for _, d := range days {
				at := p.CreatedAt.AddDate(0, 0, d)
				if d == day && c.Number(at) < current {
					of := float64(rapid.IntRange(0, 8).Draw(t, "points"))
					done = append(done, accepted(of, at))
					points[c.Number(at)] += of
				}
			}
		}
		sum, n := 0.0, 0
		for number := current - 1; number >= 1 && n < p.VelocityAveragedOver; number-- {
			it := c.Span(number)
			if it.Strength == 0 {
				continue
			}
			sum += points[number] * 100 / float64(it.Strength) * float64(p.IterationWeeks) / float64(it.Weeks)
			n++
		}
		want := p.InitialVelocity
		if n > 0 && math.Floor(sum/float64(n)+1e-9) > 0 {
			want = int(math.Floor(sum/float64(n) + 1e-9))
		}
		if got := plan.Velocity(p, plan.History(p, done, now)); got != want {
			t.Fatalf("velocity %d, want %d", got, want)
		}
		b := tracker.StoryColumns{Project: p, Done: done}
		if got := plan.New(b, now); got.Velocity != want || len(got.Done) > p.DoneShown {
			t.Fatalf("the plan's velocity is %d with %d iterations shown, want %d with at most %d", got.Velocity, len(got.Done), want, p.DoneShown)
		}
	})
}
