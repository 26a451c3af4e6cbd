package planning

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// field is one of a project's settings.
type field struct {
	name, help string
	// options are what can be chosen, none where a text is asked for.
	options []string
	value   func(p tracker.Project) string
	set     func(p *tracker.Project, text string) error
}

func (f field) ask() string { return f.name + ": " + f.help }

// settings are a project's, with those of the current iteration.
func settings(current int) []field {
	return append([]field{
		{"name", "what the project is called", nil,
			func(p tracker.Project) string { return p.Name }, func(p *tracker.Project, text string) error { p.Name = text; return nil }},
		{"points", "point scale: 0,1,2,3 or 0,1,2,4,8 or 0,1,2,3,5,8 or your own", nil,
			func(p tracker.Project) string { return tracker.FormatPointScale(p.PointScale) },
			func(p *tracker.Project, text string) (err error) {
				p.PointScale, err = tracker.ParsePointScale(text)
				return err
			}},
		yesNo("estimate all", "bugs and chores carry points too", func(p *tracker.Project) *bool { return &p.EstimateAll }),
		number("weeks", "length of an iteration in weeks", 4, func(p *tracker.Project) *int { return &p.IterationWeeks }),
		{"first day", "weekday on which iterations begin", weekdays(),
			func(p tracker.Project) string { return p.WeekStart.String() },
			func(p *tracker.Project, text string) error {
				for d := time.Sunday; d <= time.Saturday; d++ {
					if d.String() == text {
						p.WeekStart = d
					}
				}
				return nil
			}},
		{"start date", "a day of the first iteration, such as 2026-12-24, or none", nil,
			func(p tracker.Project) string {
				if p.StartDate.IsZero() {
					return "none"
				}
				return p.StartDate.Format(time.DateOnly)
			},
			func(p *tracker.Project, text string) (err error) {
				p.StartDate, err = tracker.ParseDay("start-date", text)
				return err
			}},
		{"time zone", "IANA name, such as Europe/Berlin", nil,
			func(p tracker.Project) string { return p.TimeZone }, func(p *tracker.Project, text string) error { p.TimeZone = text; return nil }},
		number("velocity", "initial velocity, until iterations are done", 0, func(p *tracker.Project) *int { return &p.InitialVelocity }),
		number("velocity over", "done iterations that velocity averages", 4, func(p *tracker.Project) *int { return &p.VelocityAveragedOver }),
		yesNo("manual planning", "choose by hand what Current holds", func(p *tracker.Project) *bool { return &p.Manual }),
		number("done shown", "done iterations that are shown", 0, func(p *tracker.Project) *int { return &p.DoneShown }),
	}, iteration(current)...)
}

// iteration are the settings of one iteration.
func iteration(n int) []field {
	override := func(p *tracker.Project, change func(*tracker.IterationOverride, int), text string) error {
		text = strings.TrimSpace(strings.TrimSuffix(text, "%"))
		value, err := strconv.Atoi(text)
		if err != nil {
			return tracker.Invalid("iteration", "%q is not a number", text)
		}
		o := plan.OverrideOf(*p, n)
		change(&o, value)
		*p = plan.Overriding(*p, o)
		return nil
	}
	return []field{
		{"strength now", fmt.Sprintf("the team's strength in iteration %d, in percent", n), nil,
			func(p tracker.Project) string { return strconv.Itoa(plan.OverrideOf(p, n).Strength) + " %" },
			func(p *tracker.Project, text string) error {
				return override(p, func(o *tracker.IterationOverride, v int) { o.Strength = v }, text)
			}},
		{"weeks now", fmt.Sprintf("length of iteration %d in weeks", n), upTo(4),
			func(p tracker.Project) string { return strconv.Itoa(plan.NewCalendar(p).Span(n).Weeks) },
			func(p *tracker.Project, text string) error {
				return override(p, func(o *tracker.IterationOverride, v int) { o.Weeks = v }, text)
			}},
	}
}

func weekdays() []string {
	var list []string
	for d := time.Monday; d < time.Monday+7; d++ {
		list = append(list, (d % 7).String())
	}
	return list
}

func upTo(most int) []string {
	var list []string
	for n := 1; n <= most; n++ {
		list = append(list, strconv.Itoa(n))
	}
	return list
}

// number is a setting that is a number, to be chosen up to most, or typed where that is 0.
func number(name, help string, most int, of func(*tracker.Project) *int) field {
	return field{name, help, upTo(most),
		func(p tracker.Project) string { return strconv.Itoa(*of(&p)) },
		func(p *tracker.Project, text string) error {
			n, err := strconv.Atoi(text)
			if err != nil {
				return tracker.Invalid(name, "%q is not a number", text)
			}
			*of(p) = n
			return nil
		}}
}

func yesNo(name, help string, of func(*tracker.Project) *bool) field {
	return field{name, help, []string{"yes", "no"},
		func(p tracker.Project) string {
			if *of(&p) {
				return "yes"
			}
			return "no"
		},
		func(p *tracker.Project, text string) error { *of(p) = text == "yes"; return nil }}
}
