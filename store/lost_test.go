package store

import (
	"errors"
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
