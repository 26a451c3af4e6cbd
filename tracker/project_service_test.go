package tracker_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// Neither a new project nor a new name takes the place of the open one.
func TestProjectStaysOpen(t *testing.T) {
	t.Parallel()
	w := newWorldOf(t, sandbox.Options{})
	open := func(ref string) tracker.Project {
		t.Helper()
		p, err := w.svc.OpenProject(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	first := open("")
	acme, err := w.svc.AddProject(t.Context(), tracker.NewProject("Acme"))
	if err != nil {
		t.Fatal(err)
	}
	if got := open(""); got.ID != first.ID {
		t.Errorf("the new project %s is open, though nobody opened it", got.Name)
	}
	open("acme")
	acme.Name = "Zeta"
	if _, err := w.svc.SaveProject(t.Context(), acme); err != nil {
		t.Fatal(err)
	}
	if got := open(""); got.ID != acme.ID {
		t.Errorf("after a new name %s is open", got.Name)
	}
}
