package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

func TestABackupIsRestoredUnderAnOpenBoard(t *testing.T) {
	path, copied := testPath(t), filepath.Join(t.TempDir(), "copy.db")
	board := mustOpen(t, path)
	addProject(t, board, "first")
	if err := Backup(t.Context(), path, copied, false); err != nil {
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
	if diff := cmp.Diff([]string{"first", "second"}, projectNames(t, mustOpen(t, kept))); diff != "" {
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
	board := mustOpen(t, path)
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
		if err := Backup(t.Context(), path, copied, false); err != nil {
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
	db, err := open(t.Context(), old, options{patience: time.Second, migrations: schema(t, func(path string) bool { return path < "00007" })})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	path := testPath(t)
	addProject(t, mustOpen(t, path), "new")
	if _, err := Restore(t.Context(), path, old); err != nil {
		t.Fatal(err)
	}
	if names := projectNames(t, mustOpen(t, path)); len(names) > 0 {
		t.Errorf("it holds %q", names)
	}
	if after, err := os.ReadFile(old); err != nil || string(after) != string(before) {
		t.Errorf("the backup itself was changed (%v)", err)
	}
}

func TestADamagedDatabaseIsReplacedByABackup(t *testing.T) {
	path, copied := testPath(t), filepath.Join(t.TempDir(), "copy.db")
	db := mustOpen(t, path)
	addProject(t, db, "first")
	if err := errors.Join(Backup(t.Context(), path, copied, false), db.Close(), os.WriteFile(path, []byte(strings.Repeat("broken", 1000)), 0o600)); err != nil {
		t.Fatal(err)
	}
	kept, err := Restore(t.Context(), path, copied)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"first"}, projectNames(t, mustOpen(t, path))); diff != "" {
		t.Error(diff)
	}
	if content, err := os.ReadFile(kept); err != nil || !strings.HasPrefix(string(content), "broken") {
		t.Errorf("the damaged database was not kept: %v", err)
	}
}

func TestWhatIsNoBackupIsNotRestored(t *testing.T) {
	path, dir := testPath(t), t.TempDir()
	db := mustOpen(t, path)
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
		if err := Backup(t.Context(), path, to, false); tracker.CodeOf(err) != want {
			t.Errorf("%s: %v", to, err)
		}
	}
	if err := Backup(t.Context(), path, path, true); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("onto itself: %v", err)
	}
	if err := Backup(t.Context(), filepath.Join(dir, "nowhere.db"), filepath.Join(dir, "x.db"), false); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "nowhere.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a backup of nothing made a database")
	}
	if diff := cmp.Diff([]string{"first"}, projectNames(t, db)); diff != "" {
		t.Error(diff)
	}
}
