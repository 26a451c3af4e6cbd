package project

import (
	"github.com/spf13/pflag"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// projectFlags are a project's fields as flags.
type projectFlags struct {
	name, points, weekStart, timeZone string
	startDate                         string
	estimateAll, manual               bool
	weeks, velocity, averagedOver     int
	doneShown                         int
	iteration, strength, length       int
}

func (f *projectFlags) bind(flags *pflag.FlagSet) {
	flags.StringVar(&f.name, "name", "", "the project's name")
	flags.StringVar(&f.points, "points", "", "point scale, such as 0,1,2,3,5,8")
	flags.BoolVar(&f.estimateAll, "estimate-all", false, "estimate bugs and chores too")
	flags.IntVar(&f.weeks, "weeks", 0, "length of an iteration in weeks, 1 to 4")
	flags.StringVar(&f.weekStart, "week-start", "", "weekday on which iterations begin")
	flags.StringVar(&f.timeZone, "time-zone", "", "time zone by its IANA name, such as Europe/Berlin")
	flags.IntVar(&f.velocity, "velocity", 0, "velocity until the first iteration is done")
	flags.IntVar(&f.averagedOver, "velocity-over", 0, "number of past iterations that velocity averages, 1 to 4")
	flags.StringVar(&f.startDate, "start-date", "", "a day of the first iteration, such as 2026-12-24, or none")
	flags.BoolVar(&f.manual, "manual", false, "choose by hand what Current holds")
	flags.IntVar(&f.doneShown, "done-shown", 0, "number of done iterations that are shown")
}

// bindIteration binds what one iteration has of its own.
func (f *projectFlags) bindIteration(flags *pflag.FlagSet) {
	flags.IntVar(&f.iteration, "iteration", 0, "number of the iteration that --strength and --length are for")
	flags.IntVar(&f.strength, "strength", 0, "the team's strength in one iteration, in percent")
	flags.IntVar(&f.length, "length", 0, "length of one iteration in weeks, 1 to 4")
}

// apply sets the fields that were mentioned.
func (f *projectFlags) apply(flags *pflag.FlagSet, p *tracker.Project) (err error) {
	if flags.Changed("name") {
		p.Name = f.name
	}
	if flags.Changed("points") {
		if p.PointScale, err = tracker.ParsePointScale(f.points); err != nil {
			return err
		}
	}
	if flags.Changed("estimate-all") {
		p.EstimateAll = f.estimateAll
	}
	if flags.Changed("weeks") {
		p.IterationWeeks = f.weeks
	}
	if flags.Changed("week-start") {
		if p.WeekStart, err = parseWeekday(f.weekStart); err != nil {
			return err
		}
	}
	if flags.Changed("time-zone") {
		p.TimeZone = f.timeZone
	}
	if flags.Changed("velocity") {
		p.InitialVelocity = f.velocity
	}
	if flags.Changed("velocity-over") {
		p.VelocityAveragedOver = f.averagedOver
	}
	if flags.Changed("start-date") {
		if p.StartDate, err = tracker.ParseDay("start-date", f.startDate); err != nil {
			return err
		}
	}
	if flags.Changed("manual") {
		p.Manual = f.manual
	}
	if flags.Changed("done-shown") {
		p.DoneShown = f.doneShown
	}
	return f.override(flags, p)
}

// override changes what one iteration has of its own.
func (f *projectFlags) override(flags *pflag.FlagSet, p *tracker.Project) error {
	strength, length := flags.Changed("strength"), flags.Changed("length")
	switch named := flags.Changed("iteration"); {
	case !named && (strength || length):
		return tracker.Invalid("iteration", "--strength and --length are of one iteration; name it with --iteration")
	case !named:
		return nil
	case !strength && !length:
		return tracker.Invalid("iteration", "give iteration %d a --strength or a --length", f.iteration)
	case length && (f.length < 1 || f.length > 4):
		return tracker.Invalid("length", "an iteration lasts 1 to 4 weeks")
	}
	o := plan.OverrideOf(*p, f.iteration)
	if strength {
		o.Strength = f.strength
	}
	if length {
		o.Weeks = f.length
	}
	*p = plan.Overriding(*p, o)
	return nil
}
