package tests

import "testing"

// What a command works on does not depend on the project that a board shows.
func TestCommandsIgnoreTheProjectOfTheBoard(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	var ignored any
	twin(t, home, &ignored, "project", "list")
	twin(t, home, &ignored, "project", "add", "Acme")
	twin(t, home, &ignored, "project", "use", "My project")

	x := start(t, 120, 30, home)
	x.sees("My project")
	x.press("P")
	x.sees("Open a project")
	x.press("Acme", "enter")
	x.sees("Project Acme")
	twin(t, home, &ignored, "story", "add", "--name", "From a command")
	x.press("q")
	x.ends()

	var stories []storyJSON
	if twin(t, home, &stories, "--project", "Acme", "story", "list"); len(stories) != 0 {
		t.Errorf("the board's project got %+v", stories)
	}
	if twin(t, home, &stories, "story", "list"); len(stories) != 1 {
		t.Errorf("the commands' project has %+v, want one story", stories)
	}

	// The board goes on where it was left.
	x = start(t, 120, 30, home)
	x.sees(" Acme ")
	x.press("q")
	x.ends()
}
