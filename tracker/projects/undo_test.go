package projects_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// What was set is taken back and set again, unless somebody else has set something since.
func TestSettingsAreUndone(t *testing.T) {
	t.Parallel()
	w := trackertest.NewOf(t, sandbox.Options{})
	ctx := t.Context()
	read := func() tracker.Project {
		t.Helper()
		p, err := w.Engine.Projects.Project(ctx, tracker.FirstProject)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	set := func(weeks, strength int) {
		t.Helper()
		p := read()
		p.IterationWeeks, p.PointScale = weeks, []float64{0, 1, 2, 4, 8}
		p.Overrides = []tracker.IterationOverride{{Number: 3, Strength: strength}}
		if _, err := w.Engine.Projects.SaveProject(ctx, p); err != nil {
			t.Fatal(err)
		}
	}
	is := func(when string, weeks, points, overrides int) {
		t.Helper()
		if p := read(); p.IterationWeeks != weeks || len(p.PointScale) != points || len(p.Overrides) != overrides {
			t.Errorf("%s: %+v", when, p)
		}
	}
	set(2, 50)
	is("set", 2, 5, 1)
	undone, err := w.Engine.Stories.Undo(ctx, false)
	if err != nil || undone.Said != "Undone: project "+tracker.FirstProject+" changed" {
		t.Fatalf("%q, %v", undone.Said, err)
	}
	is("undone", 1, 4, 0)
	if _, err := w.Engine.Stories.Redo(ctx, false); err != nil {
		t.Fatal(err)
	}
	is("redone", 2, 5, 1)

	if _, err := w.Engine.Projects.SaveProject(ctx, read()); err != nil {
		t.Fatal(err)
	}
	other := read()
	other.InitialVelocity = 7
	if err := w.DB.Write(ctx, func(tx tracker.Writer) error { return tx.SaveProject(&other) }); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Undo(ctx, false); tracker.CodeOf(err) != tracker.CodeRefused || err.Error() != "project "+tracker.FirstProject+" has changed since" {
		t.Errorf("after another's change: %v", err)
	}
	is("still", 2, 5, 1)
}
