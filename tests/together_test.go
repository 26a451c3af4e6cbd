package tests

import (
	"path/filepath"
	"testing"

	"storydesk/store/postgres/postgrestest"
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
	one.sees("changed the name just now. It is now “Rotate all keys”.")
	one.press("m")
	two.sees("Rotate the keys soon")
}

// Two people's boards on one server, which announces nothing: each sees what the other does,
// and where both write a name both texts are there afterwards. While the server is out of
// reach the boards stay readable, and nothing typed is lost.
func TestTwoBoardsOnOneServer(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	proxy := postgrestest.NewProxy(t, address+"&listen=off")
	person := func(name string) *console {
		x := startWith(t, []string{"STORYDESK_USER=" + name, "STORYDESK_DB=" + proxy.Address}, 204, 30, t.TempDir())
		x.sees("create stories without Zendesk")
		return x
	}
	ada := person("Ada")
	bob := person("Bob")
	ada.press("n", "Rotate the keys", "enter")
	ada.sees("S-1 created")
	bob.sees("Rotate the keys")
	bob.press("3", "b")
	bob.sees("S-1 is in the Backlog")
	ada.sees("1 story · 0 pts")

	ada.press("2", "e", " soon")
	ada.sees("Rotate the keys soon")
	bob.press("2", "e", " today")
	bob.sees("Rotate the keys today")
	bob.press("enter")
	ada.sees("Bob renamed it from “Rotate the keys”")
	ada.press("enter")
	ada.sees("Bob changed the name just now. It is now “Rotate the keys today”.", "t keep theirs")
	ada.press("m")
	bob.sees("Ada renamed it from “Rotate the keys today”")
	ada.sees("Ada renamed it from “Rotate the keys today”")

	bob.press("c", "Written before the network went")
	proxy.Cut()
	ada.sees("not saving: no connection to the database; trying again", "Rotate the keys soon")
	bob.sees("not saving: no connection to the database; trying again")
	bob.press("ctrl+s")
	bob.sees("the database", "Written before the network went")
	proxy.Restore()
	bob.loses("not saving")
	bob.press("ctrl+s")
	ada.sees("Comments 1", "Written before the network went")
	for _, x := range []*console{ada, bob} {
		x.press("ctrl+c")
		if code := x.ends(); code != 0 {
			t.Errorf("left with exit code %d\n%s", code, x.Text())
		}
	}
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
