package tracker

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Project is a backlog of its own, with its own integrations.
type Project struct {
	ID   ProjectID
	Name string
	// PointScale is what an estimate may be, ascending.
	PointScale []float64
	// EstimateAll lets bugs and chores carry points too.
	EstimateAll bool
	// IterationWeeks is an iteration's length, 1 to 4.
	IterationWeeks int
	// WeekStart is the weekday on which iterations begin.
	WeekStart time.Weekday
	// TimeZone is an IANA name; iterations begin at its local midnight.
	TimeZone string
	// InitialVelocity is assumed until iterations are done, in points.
	InitialVelocity int
	// VelocityAveragedOver is how many done iterations velocity looks at, 1 to 4.
	VelocityAveragedOver int
	CreatedAt            time.Time
	UpdatedAt            time.Time
	// Version rises with every change of the project's own fields.
	Version int64
}

// maxProjectName is the longest project name, in characters, as in Tracker.
const maxProjectName = 50

// NewProject returns a project with Tracker's defaults: points 0, 1, 2, 3, one
// week from Monday, velocity 10 averaged over 3 iterations.
func NewProject(name string) Project {
	return Project{
		Name: name, PointScale: []float64{0, 1, 2, 3}, IterationWeeks: 1, WeekStart: time.Monday,
		TimeZone: "UTC", InitialVelocity: 10, VelocityAveragedOver: 3,
	}
}

// Validate fails with CodeInvalid and the field that cannot work.
func (p Project) Validate() error {
	switch name := strings.TrimSpace(p.Name); {
	case name == "":
		return Invalid("name", "a project needs a name")
	case utf8.RuneCountInString(name) > maxProjectName:
		return Invalid("name", "a project's name has at most %d characters", maxProjectName)
	case len(p.PointScale) == 0 || !slices.IsSorted(p.PointScale) || p.PointScale[0] < 0:
		return Invalid("points", "a point scale lists points from low to high, such as 0,1,2,3")
	case p.IterationWeeks < 1 || p.IterationWeeks > 4:
		return Invalid("weeks", "an iteration lasts 1 to 4 weeks")
	case p.VelocityAveragedOver < 1 || p.VelocityAveragedOver > 4:
		return Invalid("velocity", "velocity is averaged over 1 to 4 iterations")
	}
	if _, err := time.LoadLocation(p.TimeZone); err != nil {
		return Invalid("time-zone", "%q is not a time zone: give an IANA name such as Europe/Berlin", p.TimeZone)
	}
	return nil
}

// IterationStart returns when the iteration that holds now began: local
// midnight of its first day. Days are counted on the calendar, so that a change
// to or from summer time does not move it.
func (p Project) IterationStart(now time.Time) time.Time {
	zone, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	today := now.In(zone)
	back := (int(today.Weekday()) - int(p.WeekStart) + 7) % 7
	first := p.CreatedAt.In(zone)
	firstBack := (int(first.Weekday()) - int(p.WeekStart) + 7) % 7
	thisWeek := civilDays(today) - back
	firstWeek := civilDays(first) - firstBack
	weeks := max(p.IterationWeeks, 1)
	into := (thisWeek - firstWeek) / 7 % weeks
	return time.Date(today.Year(), today.Month(), today.Day()-back-7*into, 0, 0, 0, 0, zone)
}

// civilDays counts calendar days from a fixed day to t's date in t's zone.
func civilDays(t time.Time) int {
	return int(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParsePointScale reads a comma list such as "0,1,2,4,8".
func ParsePointScale(text string) ([]float64, error) {
	var scale []float64
	for part := range strings.SplitSeq(text, ",") {
		points, err := ParsePoints(part)
		if err != nil {
			return nil, Invalid("points", "%q is not a point scale: give numbers from low to high, such as 0,1,2,3", text)
		}
		scale = append(scale, points)
	}
	return scale, nil
}

// ParsePoints reads one estimate, a number that is not negative.
func ParsePoints(text string) (float64, error) {
	points, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || math.IsNaN(points) || points < 0 || points > 1000 {
		return 0, Invalid("estimate", "%q is not an estimate: give a number of points", text)
	}
	return points, nil
}

// FormatPoints writes points without needless decimals.
func FormatPoints(points float64) string { return strconv.FormatFloat(points, 'f', -1, 64) }

// FormatPointScale writes a scale as ParsePointScale reads it.
func FormatPointScale(scale []float64) string {
	parts := make([]string, len(scale))
	for i, points := range scale {
		parts[i] = FormatPoints(points)
	}
	return strings.Join(parts, ",")
}

// FirstProject is the name of the project that the first use makes.
const FirstProject = "My project"
