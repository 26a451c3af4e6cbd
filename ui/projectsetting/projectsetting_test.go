package projectsetting_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/ui/projectsetting"
)

// fieldOf is the field that an error names.
func fieldOf(err error) string {
	var e *tracker.Error
	if !errors.As(err, &e) {
		return ""
	}
	return e.Field
}

// named finds a setting by its name.
func named(t *testing.T, name string) projectsetting.Setting {
	t.Helper()
	for _, s := range append(projectsetting.All(), projectsetting.OfIteration(7)...) {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("there is no setting %s", name)
	return projectsetting.Setting{}
}

// What a setting shows is what it reads, whatever it is, and what it offers is taken.
func TestWhatIsShownIsRead(t *testing.T) {
	t.Parallel()
	p := tracker.NewProject("Acme Mobile")
	p.StartDate = time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)
	p.PointScale, p.Manual, p.WeekStart, p.DoneShown = []float64{0, 0.5, 8}, true, time.Sunday, 3
	p.Overrides = []tracker.IterationOverride{{Number: 7, Weeks: 2, Strength: 50}}
	for _, s := range append(projectsetting.All(), projectsetting.OfIteration(7)...) {
		copied := tracker.NewProject("")
		if err := s.Set(&copied, " "+s.Show(p)+" "); err != nil || s.Show(copied) != s.Show(p) {
			t.Errorf("%s: %q is read as %q, %v", s.Name, s.Show(p), s.Show(copied), err)
		}
		for _, value := range s.Values {
			if err := s.Set(&copied, value); err != nil || s.Show(copied) != value {
				t.Errorf("%s: the value %q is read as %q, %v", s.Name, value, s.Show(copied), err)
			}
			copied.Name = "P"
			if err := copied.Validate(); err != nil {
				t.Errorf("%s: %q is offered and refused: %v", s.Name, value, err)
			}
		}
	}
}

// Every setting changes one thing of a project: together they are all that can be chosen.
func TestEverySettingOfAProject(t *testing.T) {
	t.Parallel()
	want := tracker.Project{
		Name: "P", PointScale: []float64{1, 2}, EstimateAll: true, IterationWeeks: 2, WeekStart: time.Friday, TimeZone: "Europe/Berlin",
		InitialVelocity: 4, VelocityAveragedOver: 1, StartDate: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC), Manual: true, DoneShown: 5,
		Overrides: []tracker.IterationOverride{{Number: 7, Weeks: 3, Strength: 50}},
	}
	got := tracker.NewProject("")
	for name, value := range map[string]string{
		"name": "P", "points": "1,2", "estimate-all": "YES", "weeks": "2", "week-start": "FRIDAY", "time-zone": "Europe/Berlin", "velocity": "4",
		"velocity-over": "1", "start-date": "2026-12-24", "manual": "true", "done-shown": "5", "length": "3", "strength": "50 %",
	} {
		if err := named(t, name).Set(&got, value); err != nil {
			t.Errorf("%s %s: %v", name, value, err)
		}
	}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Error(difference)
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, value, says string }{
		{"points", "some", "not a point scale"},
		{"weeks", "two", `"two" is not a whole number`},
		{"manual", "perhaps", `"perhaps" is neither yes nor no`},
		{"week-start", "mon", `"mon" is not a weekday`},
		{"start-date", "Christmas", "Christmas"},
		{"length", "5", "from 1 to 4"},
		{"length", "0", "from 1 to 4"},
		{"strength", "-1", "from 0 to 1000"},
	} {
		p := tracker.NewProject("P")
		err := named(t, test.name).Set(&p, test.value)
		if tracker.CodeOf(err) != tracker.CodeInvalid || fieldOf(err) != test.name || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s %s: %v", test.name, test.value, err)
		}
		if difference := cmp.Diff(tracker.NewProject("P"), p); difference != "" {
			t.Errorf("%s %s is refused and changes %s", test.name, test.value, difference)
		}
	}
}

// What a project refuses names the setting that is wrong, and its text the limits.
func TestLimitsAreThoseOfAProject(t *testing.T) {
	t.Parallel()
	for name, values := range map[string][2]string{
		"weeks": {"0", "5"}, "velocity": {"0", "1001"}, "velocity-over": {"0", "5"}, "done-shown": {"-1", "1001"}, "name": {"", strings.Repeat("x", 51)},
		"points": {"3,1", "2,1"}, "time-zone": {"Moon", "Nowhere/City"},
	} {
		for _, value := range values {
			p := tracker.NewProject("P")
			if err := named(t, name).Set(&p, value); err != nil {
				t.Errorf("%s %s: %v", name, value, err)
			}
			if err := p.Validate(); tracker.CodeOf(err) != tracker.CodeInvalid || fieldOf(err) != name {
				t.Errorf("%s %s: %v", name, value, err)
			}
		}
	}
	if got := named(t, "velocity").Help(); !strings.HasSuffix(got, ", 1 to 1000") {
		t.Errorf("velocity is %q", got)
	}
}
