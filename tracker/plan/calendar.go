package plan

import (
	"cmp"
	"slices"
	"time"

	"storydesk/tracker"
)

// Span is one iteration on the calendar.
type Span struct {
	// Number counts iterations from 1; those before the project's first one have
	// numbers below.
	Number int
	// Start is its first moment, Finish the first one of the next iteration.
	Start, Finish time.Time
	// Weeks is its length.
	Weeks int
	// Strength is the team's, in percent.
	Strength int
}

// LastDay returns midnight at the beginning of the iteration's last day.
func (s Span) LastDay() time.Time {
	day := s.Finish.AddDate(0, 0, -1)
	return midnight(civilDay(day), s.Finish.Location())
}

// Calendar counts a project's iterations.
type Calendar struct {
	// first is the first day of iteration 1, as civilDay counts.
	first int
	weeks int
	zone  *time.Location
	// overrides are by number.
	overrides []tracker.IterationOverride
}

// NewCalendar returns the calendar of a project. Its first iteration holds the
// project's start date, or the day on which the project was made.
func NewCalendar(p tracker.Project) Calendar {
	zone, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	start := p.StartDate
	if start.IsZero() {
		start = p.CreatedAt.In(zone)
	}
	back := (int(start.Weekday()) - int(p.WeekStart) + 7) % 7
	return Calendar{first: civilDay(start) - back, weeks: max(p.IterationWeeks, 1), zone: zone, overrides: p.Overrides}
}

// Zone returns the time zone at whose midnights iterations begin.
func (c Calendar) Zone() *time.Location { return c.zone }

// Number returns the number of the iteration that holds a moment.
func (c Calendar) Number(t time.Time) int {
	n := c.numberOfDay(civilDay(t.In(c.zone)))
	// Where clocks go back across midnight, a moment of an iteration has the date of
	// the day before.
	for t.Before(c.start(n)) {
		n--
	}
	for !t.Before(c.start(n + 1)) {
		n++
	}
	return n
}

// Holding returns the iteration that holds a moment.
func (c Calendar) Holding(t time.Time) Span { return c.Span(c.Number(t)) }

// Span returns an iteration by its number.
func (c Calendar) Span(number int) Span { return c.span(number, c.start(number)) }

// after returns the iteration with a number that is higher than that of s.
func (c Calendar) after(s Span, number int) Span {
	if number == s.Number+1 {
		return c.span(number, s.Finish)
	}
	return c.Span(number)
}

func (c Calendar) span(number int, start time.Time) Span {
	s := Span{Number: number, Start: start, Finish: c.start(number + 1), Weeks: c.weeks, Strength: fullStrength}
	if o, ok := c.override(number); ok {
		s.Weeks, s.Strength = cmp.Or(o.Weeks, c.weeks), o.Strength
	}
	return s
}

// start returns when an iteration begins.
func (c Calendar) start(number int) time.Time {
	day := c.first + 7*c.weeks*(number-1)
	for _, o := range c.overrides {
		if o.Number >= number {
			break
		}
		day += 7 * (cmp.Or(o.Weeks, c.weeks) - c.weeks)
	}
	return midnight(day, c.zone)
}

func (c Calendar) numberOfDay(day int) int {
	number, first := 1, c.first // from here on there are no overrides
	for _, o := range c.overrides {
		begins := first + 7*c.weeks*(o.Number-number)
		if day < begins {
			break
		}
		ends := begins + 7*cmp.Or(o.Weeks, c.weeks)
		if day < ends {
			return o.Number
		}
		number, first = o.Number+1, ends
	}
	return number + floorDiv(day-first, 7*c.weeks)
}

func (c Calendar) override(number int) (tracker.IterationOverride, bool) {
	i, ok := slices.BinarySearchFunc(c.overrides, number, func(o tracker.IterationOverride, n int) int { return cmp.Compare(o.Number, n) })
	if !ok {
		return tracker.IterationOverride{}, false
	}
	return c.overrides[i], true
}

// Since returns when a project's current iteration began.
func Since(p tracker.Project, now time.Time) time.Time { return NewCalendar(p).Holding(now).Start }

// OverrideOf returns in what an iteration of a project differs from the others.
func OverrideOf(p tracker.Project, number int) tracker.IterationOverride {
	if o, ok := NewCalendar(p).override(number); ok {
		return o
	}
	return tracker.IterationOverride{Number: number, Strength: fullStrength}
}

// Overriding returns a project in which one iteration is as o says; like all
// others again where o says nothing else.
func Overriding(p tracker.Project, o tracker.IterationOverride) tracker.Project {
	kept := slices.DeleteFunc(slices.Clone(p.Overrides), func(other tracker.IterationOverride) bool { return other.Number == o.Number })
	if o.Weeks == p.IterationWeeks {
		o.Weeks = 0
	}
	if o.Weeks != 0 || o.Strength != fullStrength {
		kept = append(kept, o)
	}
	slices.SortFunc(kept, func(a, b tracker.IterationOverride) int { return cmp.Compare(a.Number, b.Number) })
	p.Overrides = kept
	return p
}

// civilDay counts calendar days from a fixed day to t's date in t's zone.
func civilDay(t time.Time) int {
	year, month, day := t.Date()
	return floorDiv(int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()), 86400)
}

// midnight returns the first moment of a day in a zone. Where clocks skip midnight or
// the whole day, that is the moment at which they do; where midnight comes twice, the
// first one.
func midnight(day int, zone *time.Location) time.Time {
	date := time.Unix(int64(day)*86400, 0).UTC()
	t := time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, zone)
	since, until := t.ZoneBounds()
	switch {
	case civilDay(t) < day:
		return until
	case civilDay(t) > day || t.Hour()+t.Minute() > 0:
		return since
	case since.IsZero():
		return t
	}
	_, offset := t.Zone()
	_, before := since.Add(-time.Second).In(zone).Zone()
	if earlier := t.Add(time.Duration(offset-before) * time.Second); earlier.Before(since) && before > offset {
		return earlier
	}
	return t
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
