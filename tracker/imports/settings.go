package imports

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// settings are what a file tells of a project's settings.
type settings struct {
	// project is what the file says outright, nil where it does not.
	project *transfer.Project
	// points are the estimates that occur, all whether bugs and chores have some.
	points []float64
	all    bool
	// starts counts the weekdays on which iterations start, weeks their lengths.
	starts, weeks map[int]int
	// first is when iteration 1 started, as far as the rows tell.
	first   time.Time
	changes []tracker.FieldChange
}

func (l *settings) read(p transfer.Project) { l.project = &p }

// story learns from a row.
func (l *settings) story(s transfer.Story) {
	if s.Estimate != nil && s.Type != tracker.Release {
		if i, there := slices.BinarySearch(l.points, *s.Estimate); !there {
			l.points = slices.Insert(l.points, i, *s.Estimate)
		}
		l.all = l.all || s.Type != tracker.Feature
	}
	i := s.Iteration
	if i == nil || i.Start.IsZero() || i.End.IsZero() {
		return
	}
	if l.starts == nil {
		l.starts, l.weeks = map[int]int{}, map[int]int{}
	}
	if weeks := (int(i.End.Sub(i.Start).Hours()/24) + 1) / 7; weeks >= 1 && weeks <= 4 {
		l.starts[int(i.Start.Weekday())]++
		l.weeks[weeks]++
		if start := i.Start.AddDate(0, 0, -7*weeks*(i.Number-1)); l.first.IsZero() || start.Before(l.first) {
			l.first = start
		}
	}
}

// applied is a project with what was learned.
func (l *settings) applied(p tracker.Project) tracker.Project {
	if l.project != nil {
		p = l.said(p)
	} else {
		p = l.counted(p)
	}
	if zone, err := time.LoadLocation(p.TimeZone); err == nil && l.first.Year() > 1990 {
		begin := time.Date(l.first.Year(), l.first.Month(), l.first.Day(), 0, 0, 0, 0, zone)
		if begin.Before(p.CreatedAt) { // iterations are counted from there
			p.CreatedAt = begin
		}
	}
	return p
}

// counted takes over what the stories tell.
func (l *settings) counted(p tracker.Project) tracker.Project {
	scale := slices.Clone(p.PointScale)
	for _, points := range l.points {
		if i, there := slices.BinarySearch(scale, points); !there {
			scale = slices.Insert(scale, i, points)
		}
	}
	p.PointScale, p.EstimateAll = scale, p.EstimateAll || l.all
	if weeks := most(l.weeks); weeks >= 1 && weeks <= 4 {
		p.IterationWeeks, p.WeekStart = weeks, time.Weekday(most(l.starts))
	}
	return p
}

// said takes over what a file says outright. The name stays: it was chosen here.
func (l *settings) said(p tracker.Project) tracker.Project {
	from := l.project
	next := p
	next.PointScale, next.EstimateAll, next.IterationWeeks = from.PointScale, from.EstimateAll, from.IterationWeeks
	next.TimeZone, next.InitialVelocity, next.VelocityAveragedOver = from.TimeZone, from.InitialVelocity, from.VelocityAveragedOver
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), from.WeekStart) {
			next.WeekStart = d
		}
	}
	if next.Validate() != nil {
		return p
	}
	return next
}

// most is the key that was counted most often, -1 for none.
func most(counts map[int]int) int {
	best := -1
	for key, n := range counts {
		if best < 0 || cmp.Or(cmp.Compare(n, counts[best]), cmp.Compare(best, key)) > 0 {
			best = key
		}
	}
	return best
}

// settingChanges lists the settings that differ.
func settingChanges(before, after tracker.Project) []tracker.FieldChange {
	texts := func(p tracker.Project) []tracker.FieldChange {
		return []tracker.FieldChange{
			{Field: "point scale", New: tracker.FormatPointScale(p.PointScale)},
			{Field: "estimates of bugs and chores", New: map[bool]string{true: "yes", false: "no"}[p.EstimateAll]},
			{Field: "weeks in an iteration", New: strconv.Itoa(p.IterationWeeks)},
			{Field: "first weekday of iterations", New: strings.ToLower(p.WeekStart.String())},
			{Field: "time zone", New: p.TimeZone},
			{Field: "initial velocity", New: fmt.Sprint(p.InitialVelocity)},
			{Field: "iterations that velocity averages", New: fmt.Sprint(p.VelocityAveragedOver)},
		}
	}
	var changes []tracker.FieldChange
	old := texts(before)
	for i, c := range texts(after) {
		if c.Old = old[i].New; c.Old != c.New {
			changes = append(changes, c)
		}
	}
	return changes
}
