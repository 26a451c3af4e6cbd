package projects_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// Neither a new project nor a new name takes the place of the open one.
func TestProjectStaysOpen(t *testing.T) {
	t.Parallel()
	w := trackertest.NewOf(t, sandbox.Options{})
	open := func(ref string) tracker.Project {
		t.Helper()
		p, err := w.Engine.Projects.OpenProject(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	first := open("")
	acme, err := w.Engine.Projects.AddProject(t.Context(), tracker.NewProject("Acme"))
	if err != nil {
		t.Fatal(err)
	}
	if got := open(""); got.ID != first.ID {
		t.Errorf("the new project %s is open, though nobody opened it", got.Name)
	}
	open("acme")
	acme.Name = "Zeta"
	if _, err := w.Engine.Projects.SaveProject(t.Context(), acme); err != nil {
		t.Fatal(err)
	}
	if got := open(""); got.ID != acme.ID {
		t.Errorf("after a new name %s is open", got.Name)
	}
}

// Commands work on the only project or on the one chosen for them, whatever the
// board has open.
func TestProjectOfCommands(t *testing.T) {
	t.Parallel()
	w := trackertest.NewOf(t, sandbox.Options{})
	ctx := t.Context()
	first, err := w.Engine.Projects.CommandProject(ctx)
	if err != nil || first.Name != tracker.FirstProject {
		t.Fatalf("the only project: %q, %v", first.Name, err)
	}
	acme, err := w.Engine.Projects.AddProject(ctx, tracker.NewProject("Acme"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Projects.OpenProject(ctx, "Acme"); err != nil {
		t.Fatal(err)
	}
	got, err := w.Engine.Projects.CommandProject(ctx)
	if tracker.CodeOf(err) != tracker.CodeInvalid || err.Error() != "there are several projects (Acme, My project)" {
		t.Errorf("without a choice: %q, %v", got.Name, err)
	}
	if _, err := w.Engine.Projects.UseProject(ctx, "Nowhere"); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("choosing what is not there: %v", err)
	}
	if _, err := w.Engine.Projects.UseProject(ctx, "acme"); err != nil {
		t.Fatal(err)
	}
	acme.Name = "Zeta"
	if _, err := w.Engine.Projects.SaveProject(ctx, acme); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Projects.OpenProject(ctx, tracker.FirstProject); err != nil {
		t.Fatal(err)
	}
	if got, err := w.Engine.Projects.CommandProject(ctx); err != nil || got.ID != acme.ID {
		t.Errorf("after the choice, a new name and another board: %q, %v", got.Name, err)
	}
}
