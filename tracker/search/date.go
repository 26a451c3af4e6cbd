package search

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// meansDate says what dates people can search for.
const meansDate = "a day such as 2026-11-14, a range such as 2026-11-01..2026-11-14, <3d (in the last 3 days), >3d, today or this-week"

// date asks whether a time lies in one of some spans.
type date struct {
	field string
	// asked are the spans as they were typed, spans what they are.
	asked []string
	spans []span
	// none is true where what never happened is asked for, too.
	none bool
}

// span is the time from from, up to but without to; the zero time is no bound.
type span struct{ from, to time.Time }

func (s span) holds(at time.Time) bool {
	return !at.Before(s.from) && (s.to.IsZero() || at.Before(s.to))
}

func (d date) holds(s Item, _ Text) bool {
	at := s.at(d.field)
	if at.IsZero() {
		return d.none
	}
	return slices.ContainsFunc(d.spans, func(s span) bool { return s.holds(at) })
}

func (d date) each(change func(node) node) node { return change(d) }

// in returns it with its dates understood by a calendar.
func (d date) in(c calendar) date {
	d.spans, d.none = nil, false
	for _, asked := range d.asked {
		if asked == searchNone {
			d.none = true
		} else if s, ok := c.span(asked); ok { // it was checked when the query was read
			d.spans = append(d.spans, s)
		}
	}
	return d
}

// calendar is how a project counts days: its zone, the first day of its weeks, and which
// day is today.
type calendar struct {
	now   time.Time
	start time.Weekday
	// iteration is when the current iteration began, weeks how long one lasts.
	iteration time.Time
	weeks     int
}

func calendarOf(p tracker.Project, now time.Time) calendar {
	zone, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return calendar{now: now.In(zone), start: p.WeekStart, iteration: plan.Since(p, now), weeks: max(1, p.IterationWeeks)}
}

// checkDate reads a date, a range of dates or an age in any calendar.
func checkDate(value string) error {
	if _, ok := calendarOf(tracker.NewProject(""), time.Unix(0, 0)).span(value); !ok {
		return tracker.Invalid("search", "%q is no date", value)
	}
	return nil
}

func checkDateOrNone(value string) error {
	if value == searchNone {
		return nil
	}
	return checkDate(value)
}

// span reads what people write of dates: a period such as 2026-11-14, 2026-11, today or
// last-week; two of them with .. between, either of which may be left out; one after <,
// <=, > or >=; or an age such as <3d, less than three days ago.
func (c calendar) span(text string) (span, bool) {
	if from, to, isRange := strings.Cut(text, ".."); isRange {
		return c.between(from, to)
	}
	mark := text[:len(text)-len(strings.TrimLeft(text, "<>="))]
	rest := text[len(mark):]
	if age, ok := c.ago(rest); ok {
		switch mark {
		case "<", "<=":
			return span{from: age}, true
		case ">", ">=":
			return span{to: age}, true
		}
	}
	p, ok := c.period(rest)
	switch mark {
	case "":
		return p, ok
	case "<":
		return span{to: p.from}, ok
	case "<=":
		return span{to: p.to}, ok
	case ">":
		return span{from: p.to}, ok
	case ">=":
		return span{from: p.from}, ok
	}
	return span{}, false
}

// between is the time from the beginning of a period to the end of another one.
func (c calendar) between(from, to string) (span, bool) {
	first, ok := c.period(from)
	if !ok && from != "" {
		return span{}, false
	}
	last, ok := c.period(to)
	if !ok && to != "" || from == "" && to == "" {
		return span{}, false
	}
	return span{first.from, last.to}, true
}

// ago is when what is now so old happened: 30m, 4h, 3d or 2w.
func (c calendar) ago(text string) (time.Time, bool) {
	n, unit, ok := count(text)
	if !ok {
		return time.Time{}, false
	}
	switch unit {
	case 'm':
		return c.now.Add(-time.Duration(n) * time.Minute), true
	case 'h':
		return c.now.Add(-time.Duration(n) * time.Hour), true
	case 'd':
		return c.now.AddDate(0, 0, -n), true
	case 'w':
		return c.now.AddDate(0, 0, -7*n), true
	}
	return time.Time{}, false
}

// count reads a number with a letter behind it.
func count(text string) (n int, unit byte, ok bool) {
	if len(text) < len("1d") {
		return 0, 0, false
	}
	number, err := strconv.ParseUint(text[:len(text)-1], 10, 16)
	return int(number), text[len(text)-1], err == nil && number < 10_000
}

// period reads a day, a month, a year, a day so long ago, such as -3d, or a name.
func (c calendar) period(text string) (span, bool) {
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if at, err := time.ParseInLocation(form.layout, text, c.now.Location()); err == nil {
			return span{at, at.AddDate(form.years, form.months, form.days)}, true
		}
	}
	if age, isAge := strings.CutPrefix(text, "-"); isAge {
		if n, unit, ok := count(age); ok && (unit == 'd' || unit == 'w') {
			return c.days(-n*map[byte]int{'d': 1, 'w': 7}[unit], 1), true
		}
	}
	week := -(int(c.now.Weekday()) - int(c.start) + 7) % 7
	switch text {
	case "today":
		return c.days(0, 1), true
	case "yesterday":
		return c.days(-1, 1), true
	case "this-week":
		return c.days(week, 7), true
	case "last-week":
		return c.days(week-7, 7), true
	case "this-month":
		return c.month(0), true
	case "last-month":
		return c.month(-1), true
	case "this-iteration":
		return span{c.iteration, c.iteration.AddDate(0, 0, 7*c.weeks)}, true
	case "last-iteration":
		return span{c.iteration.AddDate(0, 0, -7*c.weeks), c.iteration}, true
	}
	return span{}, false
}

// days are n days, the first of them so many after today.
func (c calendar) days(after, n int) span {
	day := func(after int) time.Time {
		return time.Date(c.now.Year(), c.now.Month(), c.now.Day()+after, 0, 0, 0, 0, c.now.Location())
	}
	return span{day(after), day(after + n)}
}

// month is the month so many after this one.
func (c calendar) month(after int) span {
	first := func(after int) time.Time {
		return time.Date(c.now.Year(), c.now.Month()+time.Month(after), 1, 0, 0, 0, 0, c.now.Location())
	}
	return span{first(after), first(after + 1)}
}

// DateWords are the names of periods that people can search for.
func DateWords() []string {
	return []string{"today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-iteration", "last-iteration"}
}
