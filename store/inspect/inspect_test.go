package inspect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"storydesk/store"
	"storydesk/store/sqlite"
	"storydesk/tracker"
)

func TestInspectAWholeDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		f := inspect(t.Context(), path)
		if f.missing || f.problem != nil || len(f.damage) > 0 || f.schema != f.newest || f.schema == 0 {
			t.Errorf("%s: %+v", when, f)
		}
		if f.path != path || f.size == 0 || f.mode.Perm() != 0o600 || f.free == 0 {
			t.Errorf("%s: %+v", when, f)
		}
	}
	check("while it is in use")
	if err := db.Write(t.Context(), func(w tracker.Writer) error { return w.SaveSetting("a", "b") }); err != nil {
		t.Error(err)
	}
	if f := inspect(t.Context(), path); f.wal == 0 {
		t.Error("the write-ahead log is not seen")
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	check("after it was closed")
}

func TestInspectChangesNothing(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "none", "a.db")
	if f := inspect(t.Context(), path); !f.missing || f.problem != nil || f.free == 0 {
		t.Errorf("%+v", f)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) > 0 {
		t.Errorf("there are %v, %v", entries, err)
	}
}

func TestInspectWhatCannotBeOpened(t *testing.T) {
	folder := t.TempDir()
	made := func(name string) string {
		path := filepath.Join(folder, name)
		db, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	noise := filepath.Join(folder, "noise.db")
	if err := os.WriteFile(noise, []byte(strings.Repeat("a letter ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if f := inspect(t.Context(), noise); f.problem == nil || !strings.Contains(f.problem.Error(), "is not a database") {
		t.Errorf("noise: %v", f.problem)
	}
	if f := inspect(t.Context(), filepath.Join(noise, "a.db")); f.problem == nil {
		t.Error("a file is no folder")
	}

	newer := made("newer.db")
	execOn(t, newer, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")
	if f := inspect(t.Context(), newer); f.problem != nil || f.schema != 999 {
		t.Errorf("newer: %+v", f)
	}

	torn := made("torn.db")
	whole, err := os.ReadFile(torn)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole[8192:] {
		whole[8192+i] ^= 0x5a
	}
	if err := os.WriteFile(torn, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if f := inspect(t.Context(), torn); f.problem == nil && len(f.damage) == 0 {
		t.Errorf("torn: %+v", f)
	}
}

// execOn changes a database behind the program's back.
func execOn(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sqlite.Connect(path, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
