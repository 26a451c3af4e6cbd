package tests

import (
	"os"
	"path/filepath"
	"testing"
)

// A board whose database was deleted says so without a key being pressed, and
// refuses changes until the file is back.
func TestBoardNoticesThatItsDatabaseWasDeleted(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	x := start(t, 120, 30, home, "--db", db)
	x.sees("create stories without Zendesk")
	away := filepath.Join(home, "away.db")
	if err := os.Rename(db, away); err != nil {
		t.Fatal(err)
	}
	x.sees("not saving: the database file is missing; restore it, or quit and start again")
	x.press("n", "Rotate the keys", "enter")
	x.sees("not saving: the database file is missing", "New story in the Icebox", "Rotate the keys")
	if err := os.Rename(away, db); err != nil {
		t.Fatal(err)
	}
	x.loses("restore it, or quit and start again")
	x.press("ctrl+u", "Write it down", "enter")
	x.sees("Write it down")
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	var stories []storyJSON
	if twin(t, home, &stories, "--db", db, "story", "list"); len(stories) != 1 || stories[0].Name != "Write it down" {
		t.Errorf("stories %+v", stories)
	}
}
