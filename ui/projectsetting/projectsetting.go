// Package projectsetting holds the table of a project's settings, with those that one
// iteration has of its own: what each is called, what it may be, and how it is read and
// written. The board's list of them and the flags of commands are both made of it.
package projectsetting

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// Kind is what is written for a setting.
type Kind string

// The kinds.
const (
	Text   Kind = "string"
	Number Kind = "int"
	YesNo  Kind = "bool"
)

// Setting is one of a project's settings.
type Setting struct {
	// Name is its flag, and the field that errors about it name.
	Name string
	// Label is what a list calls it.
	Label string
	// Meaning says what it decides, in a few words, and takes what it may be, empty where
	// that needs no words.
	Meaning, takes string
	Kind           Kind
	// unit may follow a number, empty for none.
	unit string
	// Values can be chosen, nil where there are too many. Own is true where others are
	// taken too.
	Values []string
	Own    bool

	show func(tracker.Project) string
	set  func(*tracker.Project, string) error
}

// Help says what it decides and what it may be.
func (s Setting) Help() string {
	if s.takes == "" {
		return s.Meaning
	}
	return s.Meaning + ", " + s.takes
}

// Show writes what a project has.
func (s Setting) Show(p tracker.Project) string { return s.show(p) }

// Set gives a project what a text says. CodeInvalid; what the text means may still be
// refused when the project is saved.
func (s Setting) Set(p *tracker.Project, text string) error {
	if err := s.Check(text); err != nil {
		return err
	}
	next := *p
	if err := s.set(&next, s.bare(text)); err != nil {
		return err
	}
	*p = next
	return nil
}

// Check fails with CodeInvalid where a text is not of the setting's kind.
func (s Setting) Check(text string) error {
	text = s.bare(text)
	switch s.Kind {
	case Number:
		if _, err := strconv.Atoi(text); err != nil {
			return tracker.Invalid(s.Name, "%q is not a whole number", text)
		}
	case YesNo:
		if _, err := parseYesNo(text); err != nil {
			return tracker.Invalid(s.Name, "%q is neither yes nor no", text)
		}
	case Text:
	}
	return nil
}

// bare is a text without what surrounds a value.
func (s Setting) bare(text string) string {
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), s.unit))
}

// All is the table of a project's settings.
func All() []Setting {
	return []Setting{
		text("name", "name", "what the project is called", func(p *tracker.Project) *string { return &p.Name }),
		{
			Name: "points", Label: "points", Meaning: "point scale", takes: "such as 0,1,2,3 or numbers of your own", Kind: Text,
			Values: []string{"0,1,2,3", "0,1,2,4,8", "0,1,2,3,5,8"}, Own: true,
			show: func(p tracker.Project) string { return tracker.FormatPointScale(p.PointScale) },
			set: func(p *tracker.Project, text string) (err error) {
				p.PointScale, err = tracker.ParsePointScale(text)
				return err
			},
		},
		yesNo("estimate-all", "estimate all", "bugs and chores carry points too", func(p *tracker.Project) *bool { return &p.EstimateAll }),
		number("weeks", "weeks", "length of an iteration in weeks", 1, tracker.MaxWeeks, func(p *tracker.Project) *int { return &p.IterationWeeks }),
		{
			Name: "week-start", Label: "first day", Meaning: "weekday on which iterations begin", Kind: Text, Values: weekdays(),
			show: func(p tracker.Project) string { return p.WeekStart.String() },
			set: func(p *tracker.Project, text string) (err error) {
				p.WeekStart, err = parseWeekday(text)
				return err
			},
		},
		{
			Name: "start-date", Label: "start date", Meaning: "a day of the first iteration", takes: "such as 2026-12-24, or none", Kind: Text,
			show: func(p tracker.Project) string {
				if p.StartDate.IsZero() {
					return "none"
				}
				return p.StartDate.Format(time.DateOnly)
			},
			set: func(p *tracker.Project, text string) (err error) {
				p.StartDate, err = tracker.ParseDay("start-date", text)
				return err
			},
		},
		text("time-zone", "time zone", "time zone by its IANA name, such as Europe/Berlin", func(p *tracker.Project) *string { return &p.TimeZone }),
		number("velocity", "velocity", "initial velocity until iterations are done", 1, tracker.MaxVelocity, func(p *tracker.Project) *int { return &p.InitialVelocity }),
		number("velocity-over", "velocity over", "done iterations that velocity averages", 1, tracker.MaxAveraged,
			func(p *tracker.Project) *int { return &p.VelocityAveragedOver }),
		yesNo("manual", "manual planning", "choose by hand what Current holds", func(p *tracker.Project) *bool { return &p.Manual }),
		number("done-shown", "done shown", "done iterations that are shown", 0, tracker.MaxDoneShown, func(p *tracker.Project) *int { return &p.DoneShown }),
	}
}

// OfIteration is the table of what one iteration of a project has of its own.
func OfIteration(n int) []Setting {
	override := func(name, label, meaning string, least, most int, show func(tracker.Project) int, change func(*tracker.IterationOverride, int)) Setting {
		s := number(name, label, meaning, least, most, nil)
		s.show = func(p tracker.Project) string { return strconv.Itoa(show(p)) }
		s.set = func(p *tracker.Project, text string) error {
			value, err := strconv.Atoi(text)
			if err != nil || value < least || value > most {
				return tracker.Invalid(name, "%s: a number from %d to %d, not %q", meaning, least, most, text)
			}
			o := plan.OverrideOf(*p, n)
			change(&o, value)
			*p = plan.Overriding(*p, o)
			return nil
		}
		return s
	}
	strength := override("strength", "team strength", "the team's strength in one iteration, in percent", 0, tracker.MaxStrength,
		func(p tracker.Project) int { return plan.OverrideOf(p, n).Strength },
		func(o *tracker.IterationOverride, value int) { o.Strength = value })
	strength.unit = "%"
	return []Setting{
		strength,
		override("length", "length", "length of one iteration in weeks", 1, tracker.MaxWeeks,
			func(p tracker.Project) int { return plan.NewCalendar(p).Span(n).Weeks },
			func(o *tracker.IterationOverride, value int) { o.Weeks = value }),
	}
}

// fewValues is up to how many numbers are offered to be chosen.
const fewValues = 12

func number(name, label, meaning string, least, most int, of func(*tracker.Project) *int) Setting {
	s := Setting{
		Name: name, Label: label, Meaning: meaning, takes: fmt.Sprintf("%d to %d", least, most), Kind: Number,
		show: func(p tracker.Project) string { return strconv.Itoa(*of(&p)) },
		set: func(p *tracker.Project, text string) (err error) {
			*of(p), err = strconv.Atoi(text)
			return err
		},
	}
	if most-least < fewValues {
		for n := least; n <= most; n++ {
			s.Values = append(s.Values, strconv.Itoa(n))
		}
	}
	return s
}

func text(name, label, meaning string, of func(*tracker.Project) *string) Setting {
	return Setting{
		Name: name, Label: label, Meaning: meaning, Kind: Text,
		show: func(p tracker.Project) string { return *of(&p) },
		set:  func(p *tracker.Project, text string) error { *of(p) = text; return nil },
	}
}

// The values of a switch.
const (
	yes = "yes"
	no  = "no"
)

func yesNo(name, label, meaning string, of func(*tracker.Project) *bool) Setting {
	return Setting{
		Name: name, Label: label, Meaning: meaning, Kind: YesNo, Values: []string{yes, no},
		show: func(p tracker.Project) string {
			if *of(&p) {
				return yes
			}
			return no
		},
		set: func(p *tracker.Project, text string) (err error) {
			*of(p), err = parseYesNo(text)
			return err
		},
	}
}

// parseYesNo reads what lists offer, and what is written for switches on the command line.
func parseYesNo(text string) (bool, error) {
	switch strings.ToLower(text) {
	case yes:
		return true, nil
	case no:
		return false, nil
	}
	return strconv.ParseBool(text)
}

func weekdays() []string {
	var list []string
	for d := time.Monday; d < time.Monday+7; d++ {
		list = append(list, (d % 7).String())
	}
	return list
}

func parseWeekday(text string) (time.Weekday, error) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), text) {
			return d, nil
		}
	}
	return 0, tracker.Invalid("week-start", "%q is not a weekday: give one such as monday", text)
}
