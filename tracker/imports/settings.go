package imports

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/transfer"
)

// settings are what a file tells of a project's settings.
type settings struct {
	// project is what the file says outright, nil where it does not.
	project *transfer.Project
	// points are the estimates that occur, all whether bugs and chores have some.
	points []float64
	all    bool
	// iterations are those of the rows, by number.
	iterations map[int]transfer.Iteration
	// at is the file.
	at transfer.Place
	// accepted are those of accepted stories, with the place of the first one.
	accepted map[int]transfer.Place
	changes  []tracker.FieldChange
}

func (l *settings) read(p transfer.Project) { l.project = &p }

// story learns from a row.
func (l *settings) story(s transfer.Story) {
	l.at.File = s.At.File
	if s.Estimate != nil && s.Type != tracker.Release {
		if i, there := slices.BinarySearch(l.points, *s.Estimate); !there {
			l.points = slices.Insert(l.points, i, *s.Estimate)
		}
		l.all = l.all || s.Type != tracker.Feature
	}
	if i := s.Iteration; i != nil && weeksOf(*i) > 0 {
		if l.iterations == nil {
			l.iterations, l.accepted = map[int]transfer.Iteration{}, map[int]transfer.Place{}
		}
		l.iterations[i.Number] = *i
		if _, told := l.accepted[i.Number]; s.State == tracker.Accepted && !told {
			l.accepted[i.Number] = s.At
		}
	}
}

// weeksOf is how many weeks an iteration has, 0 where it is not told or not possible.
func weeksOf(i transfer.Iteration) int {
	days := int(i.End.Sub(i.Start).Hours()/24) + 1
	if i.Start.IsZero() || i.End.IsZero() || days%7 != 0 || days < 7 || days > 4*7 {
		return 0
	}
	return days / 7
}

// applied is a project with what was learned; as it was where that makes none, with why.
func (l *settings) applied(p tracker.Project) (tracker.Project, error) {
	next := l.counted(p)
	if l.project != nil {
		next = l.said(p)
	}
	if err := next.Validate(); err != nil {
		return p, err
	}
	return next, nil
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
	if len(l.iterations) == 0 {
		return p
	}
	starts := map[int]int{}
	for _, i := range l.iterations {
		starts[int(i.Start.Weekday())]++
	}
	numbers := slices.Sorted(maps.Keys(l.iterations))
	p.IterationWeeks, p.WeekStart = l.latestWeeks(numbers), time.Weekday(most(starts))
	first := l.iterations[numbers[0]]
	p.StartDate = first.Start.AddDate(0, 0, -7*p.IterationWeeks*(first.Number-1))
	p.Overrides = nil
	add := func(number, weeks int) {
		if weeks != p.IterationWeeks {
			p.Overrides = append(p.Overrides, tracker.IterationOverride{Number: number, Weeks: weeks, Strength: wholeTeam})
		}
	}
	for at, n := range numbers {
		if at > 0 {
			for i, weeks := range between(l.iterations[numbers[at-1]], l.iterations[n], p.IterationWeeks) {
				add(numbers[at-1]+1+i, weeks)
			}
		}
		add(n, weeksOf(l.iterations[n]))
	}
	return p
}

// latestWeeks is the length that the last iterations have: a project's length may have
// been changed, and holds for those to come.
func (l *settings) latestWeeks(numbers []int) int {
	const last = 3
	weeks := map[int]int{}
	for _, n := range numbers[max(0, len(numbers)-last):] {
		weeks[weeksOf(l.iterations[n])]++
	}
	return most(weeks)
}

// maxBetween is the longest run of iterations without a row whose lengths are found.
const maxBetween = 1000

// between are the lengths of the iterations between two that have rows, as the days
// between these tell; none where they are usual, or make no iterations.
func between(before, after transfer.Iteration, usual int) []int {
	missing := after.Number - before.Number - 1
	days := int(after.Start.Sub(before.End).Hours()/24) - 1
	weeks := days / 7
	if missing < 1 || missing > maxBetween || days%7 != 0 || weeks < missing || weeks > 4*missing || weeks == usual*missing {
		return nil
	}
	list := make([]int, missing)
	for i := range list {
		list[i] = weeks / missing
		if i < weeks%missing {
			list[i]++
		}
	}
	return list
}

// compare tells of iterations of accepted stories that a project's calendar has on other
// days.
func (l *settings) compare(p tracker.Project, complain func(transfer.Place, string, string, ...any)) {
	calendar := plan.NewCalendar(p)
	var other []int
	for _, n := range slices.Sorted(maps.Keys(l.accepted)) {
		i, span := l.iterations[n], calendar.Span(n)
		if !dayOf(span.Start).Equal(i.Start) || !dayOf(span.LastDay()).Equal(i.End) {
			other = append(other, n)
		}
	}
	if len(other) == 0 {
		return
	}
	i, span := l.iterations[other[0]], calendar.Span(other[0])
	more := ""
	if len(other) > 1 {
		more = fmt.Sprintf(" (%d more iterations are so)", len(other)-1)
	}
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	complain(l.accepted[other[0]], "iteration", "iteration %d is from %s to %s in the file, and from %s to %s here; its stories count to the day that they were accepted on%s",
		other[0], day(i.Start), day(i.End), day(span.Start), day(span.LastDay()), more)
}

// wholeTeam is the strength of an iteration in percent where a file does not tell it.
const wholeTeam = 100

// said takes over what a file says outright. The name stays: it was chosen here.
func (l *settings) said(p tracker.Project) tracker.Project {
	from := l.project
	p.PointScale, p.EstimateAll, p.IterationWeeks = from.PointScale, from.EstimateAll, from.IterationWeeks
	p.TimeZone, p.InitialVelocity, p.VelocityAveragedOver = from.TimeZone, from.InitialVelocity, from.VelocityAveragedOver
	p.StartDate, p.Manual, p.DoneShown, p.Overrides = from.StartDate, from.ManualPlanning, from.DoneShown, nil
	for _, o := range from.Overrides {
		p.Overrides = append(p.Overrides, tracker.IterationOverride{Number: o.Iteration, Weeks: o.Weeks, Strength: o.Strength})
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), from.WeekStart) {
			p.WeekStart = d
		}
	}
	return p
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
			{Field: "estimates of bugs and chores", New: yesNo(p.EstimateAll)},
			{Field: "weeks in an iteration", New: strconv.Itoa(p.IterationWeeks)},
			{Field: "first weekday of iterations", New: strings.ToLower(p.WeekStart.String())},
			{Field: "first day of iteration 1", New: startText(p)},
			{Field: "iterations of another length or team", New: fmt.Sprint(len(p.Overrides))},
			{Field: "time zone", New: p.TimeZone},
			{Field: "manual planning", New: yesNo(p.Manual)},
			{Field: "done iterations shown", New: fmt.Sprint(p.DoneShown)},
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

func yesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func startText(p tracker.Project) string {
	if p.StartDate.IsZero() {
		return p.CreatedAt.Format(time.DateOnly)
	}
	return p.StartDate.Format(time.DateOnly)
}
