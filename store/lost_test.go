package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"storydesk/tracker"
)

// What is written to a file that has no name any more would be lost.
func TestFileThatIsGone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		harm func(path, elsewhere string) error
		says string
	}{
		"deleted": {func(path, _ string) error { return os.Remove(path) }, "was deleted or moved"},
		"moved":   {os.Rename, "was deleted or moved"},
		"replaced": {func(path, elsewhere string) error {
			return errors.Join(os.WriteFile(elsewhere, nil, 0o600), os.Rename(elsewhere, path))
		}, "was replaced by another file"},
		"replaced by a folder": {func(path, elsewhere string) error {
			return errors.Join(os.Rename(path, elsewhere), os.Mkdir(path, 0o700))
		}, "was replaced by another file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := testPath(t)
			db := mustOpen(t, path)
			addProject(t, db, "p")
			if err := test.harm(path, filepath.Join(t.TempDir(), "elsewhere")); err != nil {
				t.Fatal(err)
			}
			err := db.Write(t.Context(), func(tracker.Writer) error {
				t.Error("a change began")
				return nil
			})
			refused(t, err, tracker.CodeUnavailable, path, test.says, "quit and start again")
			// What is on the screen can still be read.
			if names := projectNames(t, db); len(names) != 1 {
				t.Errorf("projects %q", names)
			}
		})
	}
}

// The file that is put back is the one that was opened.
func TestFileThatIsPutBack(t *testing.T) {
	t.Parallel()
	path := testPath(t)
	db := mustOpen(t, path)
	if err := os.Rename(path, path+".away"); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(tracker.Writer) error { return nil }); err == nil {
		t.Error("a change to a file without a name was not refused")
	}
	if err := os.Rename(path+".away", path); err != nil {
		t.Fatal(err)
	}
	addProject(t, db, "p")
}

// A copy that is put in the place of an open database holds what it held, since
// the journal of the open one is not applied to it.
func TestACopyPutInPlaceIsWhole(t *testing.T) {
	t.Parallel()
	for name, restore := range map[string]func(copied, path string) error{
		"replaced":                             os.Rename,
		"deleted, and put there after the end": func(_, path string) error { return os.Remove(path) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, copied := testPath(t), filepath.Join(t.TempDir(), "copy.db")
			db := mustOpen(t, path)
			addProject(t, db, "before")
			if _, err := db.writer.Exec("VACUUM INTO ?", copied); err != nil {
				t.Fatal(err)
			}
			for i := range 50 {
				addProject(t, db, fmt.Sprintf("after %d", i))
			}
			if err := restore(copied, path); err != nil {
				t.Fatal(err)
			}
			if err := db.Write(t.Context(), func(tracker.Writer) error { return nil }); err == nil {
				t.Error("a change was not refused")
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(copied, path); err != nil && name != "replaced" {
				t.Fatal(err)
			}
			again := mustOpen(t, path)
			if names := projectNames(t, again); len(names) != 1 || names[0] != "before" {
				t.Errorf("the copy holds %q", names)
			}
			var check string
			if err := again.writer.QueryRow("PRAGMA integrity_check").Scan(&check); err != nil || check != "ok" {
				t.Errorf("%q, %v", check, err)
			}
		})
	}
}

// A database that comes back after another file stood in its place has lost
// nothing.
func TestFileThatComesBackHasItsJournal(t *testing.T) {
	t.Parallel()
	path := testPath(t)
	db := mustOpen(t, path)
	addProject(t, db, "p")
	away := path + ".away"
	if err := errors.Join(os.Rename(path, away), os.WriteFile(path, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(t.Context(), func(tracker.Writer) error { return nil }); err == nil {
		t.Error("a change was not refused")
	}
	if err := os.Rename(away, path); err != nil {
		t.Fatal(err)
	}
	addProject(t, db, "q")
	if names := projectNames(t, mustOpen(t, path)); len(names) != 2 {
		t.Errorf("another process finds %q", names)
	}
}
