package plan_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// project returns a project made on a day, with local midnights in a zone.
func project(zone, made string) tracker.Project {
	p := tracker.NewProject("p")
	p.TimeZone = zone
	p.CreatedAt = moment(made)
	return p
}

// moment reads an instant, or midnight in UTC of a day.
func moment(text string) time.Time {
	for _, form := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(form, text); err == nil {
			return t
		}
	}
	panic(text)
}

// Boundaries are local midnights: across summer time they move in UTC. The first
// case was recorded from Tracker in 2017.
func TestIterationsBeginAtLocalMidnight(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		zone, made string
		day        time.Weekday
		weeks      int
		now, want  string
	}{
		"before summer time":               {"America/Los_Angeles", "2017-02-15T20:00:00Z", time.Monday, 1, "2017-03-10T20:00:00Z", "2017-03-06T08:00:00Z"},
		"the last minute before":           {"America/Los_Angeles", "2017-02-15T20:00:00Z", time.Monday, 1, "2017-03-13T06:59:00Z", "2017-03-06T08:00:00Z"},
		"the first minute after":           {"America/Los_Angeles", "2017-02-15T20:00:00Z", time.Monday, 1, "2017-03-13T07:00:00Z", "2017-03-13T07:00:00Z"},
		"two weeks":                        {"America/Los_Angeles", "2017-02-15T20:00:00Z", time.Monday, 2, "2017-03-08T20:00:00Z", "2017-02-27T08:00:00Z"},
		"two weeks later":                  {"America/Los_Angeles", "2017-02-15T20:00:00Z", time.Monday, 2, "2017-03-15T20:00:00Z", "2017-03-13T07:00:00Z"},
		"New York, clocks forward":         {"America/New_York", "2026-01-01T12:00:00Z", time.Sunday, 1, "2026-03-08T12:00:00Z", "2026-03-08T05:00:00Z"},
		"New York, the week after":         {"America/New_York", "2026-01-01T12:00:00Z", time.Sunday, 1, "2026-03-15T12:00:00Z", "2026-03-15T04:00:00Z"},
		"New York, clocks back":            {"America/New_York", "2026-01-01T12:00:00Z", time.Monday, 1, "2026-11-02T12:00:00Z", "2026-11-02T05:00:00Z"},
		"Lord Howe moves by half an hour":  {"Australia/Lord_Howe", "2026-01-01T12:00:00Z", time.Sunday, 1, "2026-04-05T12:00:00Z", "2026-04-04T13:00:00Z"},
		"Lord Howe, the week after":        {"Australia/Lord_Howe", "2026-01-01T12:00:00Z", time.Sunday, 1, "2026-04-12T12:00:00Z", "2026-04-11T13:30:00Z"},
		"Apia skipped 30 December 2011":    {"Pacific/Apia", "2011-11-01T12:00:00Z", time.Friday, 1, "2011-12-30T12:00:00Z", "2011-12-30T10:00:00Z"},
		"Apia, the last moment before":     {"Pacific/Apia", "2011-11-01T12:00:00Z", time.Friday, 1, "2011-12-30T09:59:59Z", "2011-12-23T10:00:00Z"},
		"Beirut skips midnight":            {"Asia/Beirut", "2022-01-03T12:00:00Z", time.Sunday, 1, "2022-03-27T12:00:00Z", "2022-03-26T22:00:00Z"},
		"Havana has midnight twice":        {"America/Havana", "2022-01-03T12:00:00Z", time.Sunday, 1, "2022-11-06T12:00:00Z", "2022-11-06T04:00:00Z"},
		"Havana, the second hour after it": {"America/Havana", "2022-01-03T12:00:00Z", time.Sunday, 1, "2022-11-06T05:30:00Z", "2022-11-06T04:00:00Z"},
		"before the project began":         {"UTC", "2026-11-18T12:00:00Z", time.Monday, 2, "2026-11-10T12:00:00Z", "2026-11-02T00:00:00Z"},
	}
	for name, tt := range tests {
		p := project(tt.zone, tt.made)
		p.WeekStart, p.IterationWeeks = tt.day, tt.weeks
		if got := plan.Since(p, moment(tt.now)).UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("%s: at %s the iteration began at %s, want %s", name, tt.now, got, tt.want)
		}
	}
}

func TestIterationNumbers(t *testing.T) {
	t.Parallel()
	p := project("Europe/Berlin", "2026-11-18T12:00:00Z") // a Wednesday
	c := plan.NewCalendar(p)
	for at, want := range map[string]int{
		"2026-11-15T22:59:59Z": 0, "2026-11-15T23:00:00Z": 1, "2026-11-18T12:00:00Z": 1, "2026-11-22T23:00:00Z": 2, "2026-12-31T12:00:00Z": 7,
	} {
		if got := c.Number(moment(at)); got != want {
			t.Errorf("%s is in iteration %d, want %d", at, got, want)
		}
	}
	p.StartDate = moment("2026-11-04")
	if got := plan.NewCalendar(p).Number(moment("2026-11-18T12:00:00Z")); got != 3 {
		t.Errorf("with a start date two weeks before, it is iteration %d, want 3", got)
	}
}

// Across summer time in both directions, iterations of any length that begin on any weekday
// begin at midnight of that weekday, and have no day too many or too few.
func TestAnyStartDayAcrossSummerTime(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"America/New_York", "Australia/Lord_Howe", "Europe/Berlin"} {
		for day := time.Sunday; day <= time.Saturday; day++ {
			for weeks := 1; weeks <= tracker.MaxWeeks; weeks++ {
				p := project(zone, "2026-01-01T12:00:00Z")
				p.WeekStart, p.IterationWeeks = day, weeks
				c := plan.NewCalendar(p)
				for number := 1; number <= 53/weeks; number++ {
					it, next := c.Span(number), c.Span(number+1)
					if it.Start.Weekday() != day || it.Start.Hour() != 0 || it.Start.Minute() != 0 {
						t.Errorf("%s, %d weeks from %s: iteration %d begins at %s", zone, weeks, day, number, it.Start)
					}
					if want := it.Start.AddDate(0, 0, 7*weeks); !next.Start.Equal(want) {
						t.Errorf("%s, %d weeks from %s: iteration %d begins at %s, want %s", zone, weeks, day, number+1, next.Start, want)
					}
				}
			}
		}
	}
}

// An iteration of another length moves all that follow it.
func TestOverriddenIterations(t *testing.T) {
	t.Parallel()
	p := project("UTC", "2026-11-02")
	p = plan.Overriding(p, tracker.IterationOverride{Number: 3, Weeks: 1, Strength: 50})
	p = plan.Overriding(p, tracker.IterationOverride{Number: 2, Weeks: 2, Strength: 100})
	p = plan.Overriding(p, tracker.IterationOverride{Number: 5, Weeks: 1, Strength: 100}) // like all others
	if err := p.Validate(); err != nil || len(p.Overrides) != 2 {
		t.Fatalf("the overrides are %+v, %v", p.Overrides, err)
	}
	c := plan.NewCalendar(p)
	for number, want := range map[int]struct {
		start           string
		weeks, strength int
	}{
		1: {"2026-11-02", 1, 100}, 2: {"2026-11-09", 2, 100}, 3: {"2026-11-23", 1, 50}, 4: {"2026-11-30", 1, 100}, 0: {"2026-10-26", 1, 100},
	} {
		got := c.Span(number)
		if got.Start.Format(time.DateOnly) != want.start || got.Weeks != want.weeks || got.Strength != want.strength {
			t.Errorf("iteration %d is %+v, want %+v", number, got, want)
		}
	}
	if got := c.Span(2).LastDay().Format(time.DateOnly); got != "2026-11-22" {
		t.Errorf("iteration 2 ends on %s, want 2026-11-22", got)
	}
	p = plan.Overriding(p, tracker.IterationOverride{Number: 2, Strength: 100})
	if len(p.Overrides) != 1 {
		t.Errorf("after one was taken back the overrides are %+v", p.Overrides)
	}
}

// Every moment is in exactly one iteration, which begins at the first moment of its
// first day, whatever the zone, the start day and the overrides.
func TestCalendarHasNoGaps(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProject(t)
		c := plan.NewCalendar(p)
		now := p.CreatedAt.Add(time.Duration(rapid.Int64Range(-1e8, 3e8).Draw(t, "age")) * time.Second)
		it := c.Holding(now)
		if now.Before(it.Start) || !now.Before(it.Finish) {
			t.Fatalf("%s is not in its iteration %+v", now, it)
		}
		if next := c.Span(it.Number + 1); !next.Start.Equal(it.Finish) {
			t.Fatalf("iteration %d ends at %s, and the next begins at %s", it.Number, it.Finish, next.Start)
		}
		for _, at := range []time.Time{it.Start, it.Finish.Add(-time.Second)} {
			if got := c.Number(at); got != it.Number {
				t.Fatalf("%s of iteration %d is in iteration %d", at, it.Number, got)
			}
		}
		if before := it.Start.Add(-time.Second); before.YearDay() == it.Start.YearDay() {
			t.Fatalf("iteration %d begins at %s, which is not the first moment of a day", it.Number, it.Start)
		}
		if days := it.Finish.Sub(it.Start).Hours() / 24; days < float64(7*it.Weeks)-1.1 || days > float64(7*it.Weeks)+0.1 {
			t.Fatalf("iteration %d of %d weeks has %.2f days", it.Number, it.Weeks, days)
		}
	})
}

// drawProject returns a project with any calendar.
func drawProject(t *rapid.T) tracker.Project {
	p := tracker.NewProject("p")
	p.TimeZone = rapid.SampledFrom([]string{
		"UTC", "Europe/Berlin", "America/New_York", "America/Havana", "America/Sao_Paulo", "America/St_Johns", "Asia/Beirut", "Asia/Kolkata",
		"Australia/Lord_Howe", "Pacific/Apia",
	}).Draw(t, "zone")
	p.WeekStart = time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
	p.IterationWeeks = rapid.IntRange(1, 4).Draw(t, "weeks")
	p.CreatedAt = time.Unix(rapid.Int64Range(1.3e9, 1.8e9).Draw(t, "made"), 0)
	p.VelocityAveragedOver = rapid.IntRange(1, 4).Draw(t, "window")
	p.InitialVelocity = rapid.IntRange(1, 12).Draw(t, "initial")
	for _, number := range rapid.SliceOfN(rapid.IntRange(1, 40), 0, 4).Draw(t, "overridden") {
		p = plan.Overriding(p, tracker.IterationOverride{
			Number: number, Weeks: rapid.IntRange(1, 4).Draw(t, "length"), Strength: rapid.SampledFrom([]int{0, 50, 100, 120}).Draw(t, "strength"),
		})
	}
	return p
}
