package tests

import (
	"path/filepath"
	"testing"
)

// Two boards and a command on one database see each other's changes; so does
// the one whose window is not looked at. Nobody's text is overwritten unseen.
func TestTwoBoardsOnOneDatabase(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	one := start(t, 204, 30, home, "--db", db)
	one.sees("create stories without Zendesk")
	two := start(t, 204, 30, home, "--db", db)
	two.sees("create stories without Zendesk")
	two.press("\x1b[O") // its window is not looked at

	one.press("n", "Rotate the keys", "enter")
	one.sees("S-1 created")
	two.sees("Rotate the keys")
	two.press("\x1b[I", "3", "b")
	two.sees("S-1 is in the Backlog")
	one.sees("1 story · 0 pts")
	one.press("2", "e", " soon")
	one.sees("Rotate the keys soon")
	var story storyJSON
	twin(t, home, &story, "--db", db, "story", "edit", "1", "--name", "Rotate all keys")
	two.sees("Rotate all keys")
	one.press("enter")
	one.sees("the name of S-1 has changed meanwhile. Check it, then save again")
	one.press("enter")
	two.sees("Rotate the keys soon")
}

// A key that was chosen by a command works on the board, the old one no more,
// and footer, help and palette name it.
func TestChosenKeys(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	var set struct{ Keys []string }
	twin(t, home, &set, "--db", db, "keys", "set", "undo", "f2")
	twin(t, home, &set, "--db", db, "keys", "set", "board/new-story", "ctrl+n")
	x := start(t, 204, 30, home, "--db", db)
	x.sees("create stories without Zendesk")
	x.press("n", "Rotate the keys", "enter")
	x.sees("S-1 created · f2 undo")
	x.press("ctrl+n", "Second", "enter")
	x.sees("S-2 created · f2 undo")
	x.press("u")
	x.sees("u does nothing here")
	x.press("\x1bOQ")
	x.loses("Second")
	x.press("?", "undo")
	x.sees("f2 ", "undo the last change")
	x.press("esc")
	x.loses("━ Help")
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("left with exit code %d", code)
	}
}
