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
	// StartDate is a day of the first iteration, at midnight in UTC; the zero time for
	// the day on which the project was made.
	StartDate time.Time
	// Manual: people choose themselves what Current holds besides what is in progress.
	Manual bool
	// DoneShown is how many done iterations are shown.
	DoneShown int
	// Overrides are the iterations that differ from the others, by number.
	Overrides []IterationOverride
	CreatedAt time.Time
	UpdatedAt time.Time
	// Version rises with every change of the project's own fields.
	Version int64
}

// IterationOverride says in what one iteration differs from the others.
type IterationOverride struct {
	Number int `json:"number"`
	// Weeks is its length, 0 for the project's.
	Weeks int `json:"weeks"`
	// Strength is the team's, in percent: 100 for a team that is all there.
	Strength int `json:"strength"`
}

// Iteration numbers, velocities and strengths of teams are bounded, so that no plan
// reaches further than calendars do.
const (
	MaxIteration = 9999
	MaxVelocity  = 1000
	MaxStrength  = 1000
	MaxDoneShown = 1000
	// MaxWeeks is how long an iteration can be, MaxAveraged how many velocity averages.
	MaxWeeks    = 4
	MaxAveraged = 4
)

// maxProjectName is the longest project name, in characters, as in Tracker.
const maxProjectName = 50

// NewProject returns a project with Tracker's defaults: points 0, 1, 2, 3, one
// week from Monday, velocity 10 averaged over 3 iterations, 12 of them shown, and
// automatic planning.
func NewProject(name string) Project {
	return Project{
		Name: name, PointScale: []float64{0, 1, 2, 3}, IterationWeeks: 1, WeekStart: time.Monday,
		TimeZone: "UTC", InitialVelocity: 10, VelocityAveragedOver: 3, DoneShown: 12,
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
	case p.IterationWeeks < 1 || p.IterationWeeks > MaxWeeks:
		return Invalid("weeks", "an iteration lasts 1 to %d weeks", MaxWeeks)
	case p.InitialVelocity < 1 || p.InitialVelocity > MaxVelocity:
		return Invalid("velocity", "a velocity is 1 to %d points", MaxVelocity)
	case p.VelocityAveragedOver < 1 || p.VelocityAveragedOver > MaxAveraged:
		return Invalid("velocity-over", "velocity is averaged over 1 to %d iterations", MaxAveraged)
	case p.DoneShown < 0 || p.DoneShown > MaxDoneShown:
		return Invalid("done-shown", "0 to %d done iterations can be shown", MaxDoneShown)
	}
	if err := p.validateOverrides(); err != nil {
		return err
	}
	if _, err := time.LoadLocation(p.TimeZone); err != nil {
		return Invalid("time-zone", "%q is not a time zone: give an IANA name such as Europe/Berlin", p.TimeZone)
	}
	return nil
}

func (p Project) validateOverrides() error {
	for i, o := range p.Overrides {
		switch {
		case o.Number < 1 || o.Number > MaxIteration:
			return Invalid("iteration", "iterations have numbers from 1 to %d", MaxIteration)
		case i > 0 && o.Number <= p.Overrides[i-1].Number:
			return Invalid("iteration", "iteration %d is overridden twice", o.Number)
		case o.Weeks < 0 || o.Weeks > MaxWeeks:
			return Invalid("weeks", "an iteration lasts 1 to %d weeks", MaxWeeks)
		case o.Strength < 0 || o.Strength > MaxStrength:
			return Invalid("strength", "a team's strength is 0 to %d %%", MaxStrength)
		}
	}
	return nil
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
