package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mattn/go-sqlite3"

	"storydesk/store/fault"
	"storydesk/store/migrations"
	"storydesk/tracker"
)

// addProject makes a database more than empty.
func addProject(t testing.TB, db *DB, name string) {
	t.Helper()
	p := tracker.NewProject(name)
	if err := db.Write(t.Context(), func(w tracker.Writer) error { return w.AddProject(&p) }); err != nil {
		t.Fatalf("add a project: %v", err)
	}
}

func projectNames(t testing.TB, db *DB) (names []string) {
	t.Helper()
	err := db.Read(t.Context(), func(r tracker.Reader) error {
		list, err := r.Projects()
		for _, p := range list {
			names = append(names, p.Name)
		}
		return err
	})
	if err != nil {
		t.Fatalf("list projects: %v", err)
	}
	return names
}

// schema is the migrations of ours whose files keep lets through.
func schema(t testing.TB, keep func(path string) bool) fstest.MapFS {
	t.Helper()
	steps := fstest.MapFS{}
	err := fs.WalkDir(migrations.Files(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !keep(path) {
			return err
		}
		text, err := fs.ReadFile(migrations.Files(), path)
		steps[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

// nextSchema is a later program's migrations: ours and one more.
func nextSchema(t testing.TB, statement string) options {
	t.Helper()
	steps := schema(t, func(string) bool { return true })
	steps["00099_next.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + statement + ";\n")}
	return options{patience: time.Second, migrations: steps}
}

// refused fails the test unless err has the code and its sentence every part.
func refused(t *testing.T, err error, code tracker.Code, parts ...string) {
	t.Helper()
	if tracker.CodeOf(err) != code {
		t.Fatalf("got code %q (%v), want %q", tracker.CodeOf(err), err, code)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q does not say %q", err, part)
		}
	}
}

func TestOddPaths(t *testing.T) {
	for _, name := range []string{"plain", "a b", "q?mode=ro", "h#ash", "100%25", "a&b=c", "it's", "二", ":memory:", "file:x"} {
		path := filepath.Join(t.TempDir(), name+".d", name)
		db := mustOpen(t, path)
		addProject(t, db, name)
		if names := projectNames(t, mustOpen(t, path)); len(names) != 1 || names[0] != name {
			t.Errorf("%s: kept %q", path, names)
		}
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	addProject(t, mustOpen(t, "here.db"), "p")
	if _, err := os.Stat("here.db"); err != nil {
		t.Error(err)
	}
}

func TestPermissions(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "newer")
	path := filepath.Join(folder, "storydesk.db")
	db := mustOpen(t, path)
	addProject(t, db, "p")
	private := func(path string, want fs.FileMode) {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
	private(folder, 0o700)
	for _, suffix := range []string{"", "-wal", "-shm", "-lock"} {
		private(path+suffix, 0o600)
	}

	// A file that a copy left readable for others becomes private again.
	for _, suffix := range []string{"", "-wal"} {
		if err := os.Chmod(path+suffix, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustOpen(t, path)
	private(path, 0o600)
	private(path+"-wal", 0o600)
}

func TestManyOpenAtOnce(t *testing.T) {
	path := testPath(t)
	openAll := func(o options) {
		t.Helper()
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				db, err := open(t.Context(), path, o)
				if err != nil {
					t.Errorf("open: %v (%v)", err, errors.Unwrap(err))
					return
				}
				if err := db.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
		}
		all.Wait()
	}
	openAll(options{patience: time.Second, migrations: migrations.Files()})
	openAll(nextSchema(t, "CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT"))
}

// named are steps that cannot be read.
type named struct{ fs.ReadDirFS }

func (named) Open(name string) (fs.File, error) { return nil, errors.New(name + " is read") }

func TestACurrentSchemaTakesNoStep(t *testing.T) {
	path := testPath(t)
	if err := mustOpen(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	db, err := open(t.Context(), path, options{patience: time.Second, migrations: named{migrations.Files().(fs.ReadDirFS)}})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestUpgradeKeepsACopy(t *testing.T) {
	path := testPath(t)
	db := mustOpen(t, path)
	addProject(t, db, "p")
	// A copy that was cut short, and an older one.
	for _, old := range []string{path + ".before-99.tmp", path + ".before-99"} {
		if err := os.WriteFile(old, []byte("old"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	newer, err := open(t.Context(), path, nextSchema(t, "DELETE FROM project"))
	if err != nil {
		t.Fatal(err)
	}
	if names := projectNames(t, newer); len(names) != 0 {
		t.Errorf("after the upgrade there are projects %q", names)
	}
	if err := newer.Close(); err != nil {
		t.Error(err)
	}
	info, err := os.Stat(path + ".before-99")
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the copy has mode %o", info.Mode().Perm())
	}
	if names := projectNames(t, mustOpen(t, path+".before-99")); len(names) != 1 {
		t.Errorf("the copy has projects %q", names)
	}

	before := snapshot(t, path)
	_, err = Open(t.Context(), path)
	refused(t, err, tracker.CodeRefused, path, "newer", "update storydesk")
	if snapshot(t, path) != before {
		t.Error("the newer database was changed")
	}
}

func TestNoCopyOfANewFile(t *testing.T) {
	path := testPath(t)
	db, err := open(t.Context(), path, nextSchema(t, "SELECT 1"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	copies, err := filepath.Glob(path + ".before*")
	if len(copies) > 0 || err != nil {
		t.Errorf("there are copies %q (%v)", copies, err)
	}
}

func TestFailedUpgradeChangesNothing(t *testing.T) {
	path := testPath(t)
	addProject(t, mustOpen(t, path), "p")
	_, err := open(t.Context(), path, nextSchema(t, "DELETE FROM project;\nSELECT nonsense"))
	refused(t, err, tracker.CodeInternal, path)
	if names := projectNames(t, mustOpen(t, path)); len(names) != 1 {
		t.Errorf("after a failed upgrade there are projects %q", names)
	}
}

// A file is run whole: a step down in it would undo the step up.
func TestAMigrationHasNoStepDown(t *testing.T) {
	_, err := open(t.Context(), testPath(t), options{patience: time.Second, migrations: fstest.MapFS{
		"00001_both.sql": {Data: []byte("-- +goose Up\nCREATE TABLE a (b);\n-- +goose Down\nDROP TABLE a;\n")},
	}})
	refused(t, err, tracker.CodeInternal, "00001_both.sql")
}

// A first start that was cut short may leave goose's own table behind.
func TestInterruptedFirstStart(t *testing.T) {
	path := testPath(t)
	_, err := open(t.Context(), path, options{patience: time.Second, migrations: fstest.MapFS{
		"00001_bad.sql": {Data: []byte("-- +goose Up\nSELECT nonsense;\n")},
	}})
	refused(t, err, tracker.CodeInternal, path)
	addProject(t, mustOpen(t, path), "p")
}

func TestUnusableFiles(t *testing.T) {
	foreign := func(path string) error {
		db, err := sql.Open("sqlite3", path)
		if err != nil {
			return err
		}
		_, err = db.Exec("CREATE TABLE notes (id INTEGER)")
		return errors.Join(err, db.Close(), os.Chmod(path, 0o644))
	}
	text := func(path string) error {
		return os.WriteFile(path, []byte(strings.Repeat("not a database\n", 500)), 0o600)
	}
	damaged := func(path string) error {
		db := mustOpen(t, path)
		addProject(t, db, "p")
		if _, err := db.writer.Exec("PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			return err
		}
		if err := db.Close(); err != nil {
			return err
		}
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		copy(file[100:], strings.Repeat("\xff", len(file)-100))
		return os.WriteFile(path, file, 0o600)
	}
	for _, c := range []struct {
		name string
		make func(path string) error
		code tracker.Code
		fix  string
	}{
		{"another program's", foreign, tracker.CodeRefused, "--db"},
		{"no database", text, tracker.CodeInternal, "--db"},
		{"damaged", damaged, tracker.CodeInternal, "recover"},
		{"a folder", func(path string) error { return os.Mkdir(path, 0o700) }, tracker.CodeRefused, "--db"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := testPath(t)
			if err := c.make(path); err != nil {
				t.Fatal(err)
			}
			before := snapshot(t, path)
			_, err := Open(t.Context(), path)
			refused(t, err, c.code, path, c.fix)
			if after := snapshot(t, path); after != before {
				t.Error("the file was changed")
			}
		})
	}
}

// snapshot tells all of a file that should stay: its permissions and bytes.
func snapshot(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		return info.Mode().String()
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().String() + string(file)
}

func TestPathBelowAFile(t *testing.T) {
	file := testPath(t)
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(file, "storydesk.db")
	_, err := Open(t.Context(), path)
	refused(t, err, tracker.CodeInternal, path, "is a file, not a folder")
}

func TestLocked(t *testing.T) {
	path := testPath(t)
	other := mustOpen(t, path)
	db, err := open(t.Context(), path, options{patience: 20 * time.Millisecond, migrations: migrations.Files()})
	if err != nil {
		t.Fatal(err)
	}
	err = other.Write(t.Context(), func(tracker.Writer) error {
		return db.Write(t.Context(), func(tracker.Writer) error { return errors.New("not reached") })
	})
	refused(t, err, tracker.CodeUnavailable, path, "locked")
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func TestCancelledWait(t *testing.T) {
	db := mustOpen(t, testPath(t))
	err := db.Write(t.Context(), func(tracker.Writer) error {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		return db.Write(ctx, func(tracker.Writer) error { return errors.New("not reached") })
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("waiting for the writer ended with %v", err)
	}
	refused(t, err, tracker.CodeUnavailable, "interrupted")
}

func TestDiagnose(t *testing.T) {
	for _, c := range []struct {
		err  error
		code tracker.Code
		fix  string
	}{
		{sqlite3.Error{Code: sqlite3.ErrReadonly}, tracker.CodeInternal, "check the permissions"},
		{sqlite3.Error{Code: sqlite3.ErrCantOpen}, tracker.CodeInternal, "check the permissions"},
		{&fs.PathError{Op: "open", Path: "p", Err: fs.ErrPermission}, tracker.CodeInternal, "check the permissions"},
		{sqlite3.Error{Code: sqlite3.ErrFull}, tracker.CodeInternal, "free some space"},
		{sqlite3.Error{Code: sqlite3.ErrIoErr}, tracker.CodeInternal, "disk"},
		{sqlite3.Error{Code: sqlite3.ErrLocked}, tracker.CodeUnavailable, "wait"},
		{errors.New("whatever"), tracker.CodeInternal, "whatever"},
	} {
		err := fault.Explain("/the/path", "trying", fmt.Errorf("deeper: %w", c.err))
		refused(t, err, c.code, "/the/path", c.fix)
		if !errors.Is(err, c.err) {
			t.Errorf("%v does not wrap its cause", err)
		}
	}
}
