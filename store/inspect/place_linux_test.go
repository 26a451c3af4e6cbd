package inspect

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"storydesk/store"
	"storydesk/tracker"
)

// asStranger does something with the rights of another user where the test has
// those of root, whom no permissions stop. Only a thread changes its rights.
func asStranger(t *testing.T, do func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		do()
		return
	}
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends here
		if err := unix.Setfsuid(65534); err != nil {
			done <- err
			return
		}
		do()
		done <- nil
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// The examination says that a database, or a folder for a new one, is read-only.
func TestInspectTellsOfPermissions(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := os.Chmod(filepath.Dir(folder), 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "storydesk.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]os.FileMode{path: 0o444, path + "-lock": 0o666, folder: 0o555} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Error(err)
		}
	})
	asStranger(t, func() {
		facts := inspect(t.Context(), path)
		if facts.usable() || tracker.CodeOf(facts.problem) != tracker.CodeInternal {
			t.Errorf("a read-only database: %+v", facts)
		}
		facts = inspect(t.Context(), filepath.Join(folder, "new", "x.db"))
		if !facts.missing || tracker.CodeOf(facts.problem) != tracker.CodeInternal {
			t.Errorf("a missing database: %+v", facts)
		}
	})
}

// Nobody can create a file in /proc, not even root, whom permissions do not stop.
func TestInspectTellsOfAFolderThatTakesNoFiles(t *testing.T) {
	t.Parallel()
	facts := inspect(t.Context(), "/proc/storydesk/x.db")
	if !facts.missing {
		t.Errorf("%+v", facts)
	}
	told := fmt.Sprint(facts.problem)
	if tracker.CodeOf(facts.problem) != tracker.CodeInternal || !strings.Contains(told, "/proc/storydesk/x.db cannot be created") || !strings.Contains(told, "with --db") {
		t.Errorf("the problem is %v", facts.problem)
	}
}
