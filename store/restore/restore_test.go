package restore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/store"
	"storydesk/store/sqlite"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

func testPath(t *testing.T) string { return filepath.Join(t.TempDir(), "storydesk.db") }

func open(t *testing.T, path string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func addProject(t *testing.T, db *store.DB, name string) {
	t.Helper()
	p := tracker.NewProject(name)
	if err := db.Write(t.Context(), func(w tracker.Writer) error { return w.AddProject(&p) }); err != nil {
		t.Fatal(err)
	}
}

func projectNames(t *testing.T, db *store.DB) (names []string) {
	t.Helper()
	err := db.Read(t.Context(), func(r tracker.Reader) error {
		list, err := r.Projects()
		for _, p := range list {
			names = append(names, p.Name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// makeOld makes the database of an older storydesk, by its first migrations.
func makeOld(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	steps := []string{`CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now'))); INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1)`}
	for version := 1; version <= 6; version++ {
		names, err := filepath.Glob(fmt.Sprintf("../migrations/%05d_*.sql", version))
		if err != nil || len(names) != 1 {
			t.Fatal(names, err)
		}
		step, err := os.ReadFile(names[0])
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, string(step), fmt.Sprintf("INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, 1)", version))
	}
	for _, step := range steps {
		if _, err := db.ExecContext(t.Context(), step); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestABackupIsRestoredUnderAnOpenBoard(t *testing.T) {
	path, copied := testPath(t), filepath.Join(t.TempDir(), "copy.db")
	board := open(t, path)
	addProject(t, board, "first")
	if err := sqlite.Backup(t.Context(), path, copied, false); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is %v, %v", info, err)
	}
	addProject(t, board, "second")
	if s, err := Summarize(t.Context(), copied); err != nil || s != (verdict.StorageSummary{Projects: 1}) {
		t.Errorf("the backup holds %+v, %v", s, err)
	}
	kept, err := Restore(t.Context(), path, copied)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"first"}, projectNames(t, board)); diff != "" {
		t.Errorf("the board that was open reads %s", diff)
	}
	addProject(t, board, "third")
	if err := board.Lost(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"first", "second"}, projectNames(t, open(t, kept))); diff != "" {
		t.Errorf("what was there before: %s", diff)
	}
	left, err := filepath.Glob(path + ".restored*")
	if err != nil || len(left) > 0 {
		t.Errorf("it leaves %q, %v", left, err)
	}
}

// While others write, a backup is one of the states that there were.
func TestABackupIsConsistentWhileOthersWrite(t *testing.T) {
	path := testPath(t)
	board := open(t, path)
	ctx, stop := context.WithCancel(t.Context())
	written := make(chan error, 1)
	begun := make(chan struct{}, 1)
	go func() {
		for ctx.Err() == nil {
			err := board.Write(ctx, func(w tracker.Writer) error { // always two at once
				for range 2 {
					p := tracker.NewProject(time.Now().Format(time.RFC3339Nano))
					if err := w.AddProject(&p); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				if ctx.Err() == nil {
					written <- err
					return
				}
				break
			}
			select {
			case begun <- struct{}{}:
			default:
			}
		}
		written <- nil
	}()
	for i := range 5 {
		<-begun
		copied := filepath.Join(t.TempDir(), "copy.db")
		if err := sqlite.Backup(t.Context(), path, copied, false); err != nil {
			t.Fatal(i, err)
		}
		s, err := Summarize(t.Context(), copied)
		if err != nil || s.Projects == 0 || s.Projects%2 != 0 {
			t.Errorf("a backup holds %+v, %v", s, err)
		}
	}
	stop()
	if err := <-written; err != nil {
		t.Error(err)
	}
}

func TestABackupOfAnOlderStorydeskIsUpgraded(t *testing.T) {
	old := filepath.Join(t.TempDir(), "old.db")
	makeOld(t, old)
	before, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	path := testPath(t)
	addProject(t, open(t, path), "new")
	if _, err := Restore(t.Context(), path, old); err != nil {
		t.Fatal(err)
	}
	if names := projectNames(t, open(t, path)); len(names) > 0 {
		t.Errorf("it holds %q", names)
	}
	if after, err := os.ReadFile(old); err != nil || string(after) != string(before) {
		t.Errorf("the backup itself was changed (%v)", err)
	}
}

func TestADamagedDatabaseIsReplacedByABackup(t *testing.T) {
	path, copied := testPath(t), filepath.Join(t.TempDir(), "copy.db")
	db := open(t, path)
	addProject(t, db, "first")
	if err := errors.Join(sqlite.Backup(t.Context(), path, copied, false), db.Close(), os.WriteFile(path, []byte(strings.Repeat("broken", 1000)), 0o600)); err != nil {
		t.Fatal(err)
	}
	kept, err := Restore(t.Context(), path, copied)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"first"}, projectNames(t, open(t, path))); diff != "" {
		t.Error(diff)
	}
	if content, err := os.ReadFile(kept); err != nil || !strings.HasPrefix(string(content), "broken") {
		t.Errorf("the damaged database was not kept: %v", err)
	}
}

func TestWhatIsNoBackupIsNotRestored(t *testing.T) {
	path, dir := testPath(t), t.TempDir()
	db := open(t, path)
	addProject(t, db, "first")
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte("no database at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	for from, want := range map[string]tracker.Code{text: tracker.CodeRefused, filepath.Join(dir, "nowhere.db"): tracker.CodeInvalid, path: tracker.CodeInvalid} {
		if _, err := Restore(t.Context(), path, from); tracker.CodeOf(err) != want {
			t.Errorf("%s: %v", from, err)
		}
	}
	for to, want := range map[string]tracker.Code{text: tracker.CodeInvalid, path: tracker.CodeInvalid} {
		if err := sqlite.Backup(t.Context(), path, to, false); tracker.CodeOf(err) != want {
			t.Errorf("%s: %v", to, err)
		}
	}
	if err := sqlite.Backup(t.Context(), path, path, true); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("onto itself: %v", err)
	}
	if err := sqlite.Backup(t.Context(), filepath.Join(dir, "nowhere.db"), filepath.Join(dir, "x.db"), false); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "nowhere.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a backup of nothing made a database")
	}
	if diff := cmp.Diff([]string{"first"}, projectNames(t, db)); diff != "" {
		t.Error(diff)
	}
}
