package restore

import (
	"os"
	"path/filepath"
	"testing"

	"storydesk/store"
	"storydesk/store/files"
	"storydesk/tracker"
)

// A restored attachment has its file, also where another program has altered that.
func TestRestoreBringsTheFiles(t *testing.T) {
	path, backup := testPath(t), filepath.Join(t.TempDir(), "backup.db")
	db := open(t, path)
	user := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(user, []byte("abc"), 0o600); err != nil {
		t.Fatal(err)
	}
	var list []tracker.StoryFile
	for range 2 {
		f, err := db.Files().Take(t.Context(), user)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	err := db.Write(t.Context(), func(w tracker.Writer) error {
		p := tracker.NewProject("p")
		if err := w.AddProject(&p); err != nil {
			return err
		}
		st := tracker.Story{ProjectID: p.ID, Name: "s", Type: tracker.Bug, State: tracker.Unscheduled}
		if err := w.AddStory(&st); err != nil {
			return err
		}
		for i := range list {
			list[i].StoryID = st.ID
			if err := w.SaveFile(&list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Backup(t.Context(), path, backup, false); err != nil {
		t.Fatal(err)
	}
	at := func(f tracker.StoryFile) string { return filepath.Join(db.Files().Path(), f.Content) }
	if err := os.Remove(at(list[0])); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at(list[1]), []byte("abd"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := Restore(t.Context(), path, backup)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		if state, err := db.Files().Check(t.Context(), f); err != nil || state != files.Whole {
			t.Errorf("restored: %v, %v", state, err)
		}
	}
	saved, err := store.FilesOf(kept)
	if err != nil {
		t.Fatal(err)
	}
	if state, err := saved.Check(t.Context(), list[1]); err != nil || state != files.Altered {
		t.Errorf("what was there before: %v, %v", state, err)
	}
}
