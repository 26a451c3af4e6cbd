//go:build unix

package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"storydesk/store/inspect"
	"storydesk/store/migrations"
	"storydesk/store/place"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// Two names of a database are one database: they share a lock file, and what
// SQLite keeps beside it.
func TestLinkedDatabaseIsOne(t *testing.T) {
	t.Parallel()
	folder, links := t.TempDir(), t.TempDir()
	target := filepath.Join(folder, "storydesk.db")
	for name, to := range map[string]string{"first.db": target, "folder": folder} {
		if err := os.Symlink(to, filepath.Join(links, name)); err != nil {
			t.Fatal(err)
		}
	}
	// A link whose target is not there yet comes first.
	for _, path := range []string{filepath.Join(links, "first.db"), filepath.Join(links, "folder", "storydesk.db"), target} {
		addProject(t, mustOpen(t, path), path)
	}
	if names := projectNames(t, mustOpen(t, target)); len(names) != 3 {
		t.Errorf("the database has %q", names)
	}
	if locks, err := filepath.Glob(filepath.Join(links, "*-lock")); err != nil || len(locks) > 0 {
		t.Errorf("lock files beside the link: %q, %v", locks, err)
	}
	report := inspect.File(t.Context(), filepath.Join(links, "first.db"))
	journal := slices.IndexFunc(report.Checks, func(c verdict.Check) bool { return c.Name == "journal" })
	if !report.Usable || journal < 0 || strings.Contains(report.Checks[journal].Text, " 0 ") {
		t.Errorf("the link is examined as %+v", report)
	}
}

func TestLinkInACircle(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "circle.db")
	if err := os.Symlink(path, path); err != nil {
		t.Fatal(err)
	}
	_, err := open(t.Context(), path, options{patience: time.Second, migrations: migrations.Files()})
	refused(t, err, tracker.CodeInternal, path, "with --db")
}

// The system says what cannot be written, as it does to root of a disk that is
// read-only or a file that is immutable.
func TestCheckWritable(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "storydesk.db")
	if err := mustOpen(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(folder, "new", "newer", "storydesk.db")
	for _, test := range []struct{ path, protected string }{
		{path, path}, {path, folder}, {path, path + "-lock"}, {missing, folder}, {path, ""}, {missing, ""},
	} {
		err := place.CheckWritable(test.path, func(asked string) error {
			if asked == test.protected {
				return unix.EROFS
			}
			return nil
		})
		if (err != nil) != (test.protected != "") || err != nil && !errors.Is(err, unix.EROFS) {
			t.Errorf("%s where %s is read-only: %v", test.path, test.protected, err)
		}
		if err != nil && !strings.Contains(err.Error(), "with --db") {
			t.Errorf("%q does not say what to do", err)
		}
	}
}

func TestInspectBelowAFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "letter")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	report := inspect.File(t.Context(), filepath.Join(file, "sub", "x.db"))
	if report.Usable || !strings.Contains(fmt.Sprint(report.Checks), "a part of its path is a file, not a folder") {
		t.Errorf("the path is examined as %+v", report)
	}
}
