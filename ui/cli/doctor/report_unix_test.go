//go:build unix

package doctor

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/session"
)

// pipe makes a named pipe, which nobody reads: opening it would wait for ever.
func pipe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := unix.Mkfifo(path, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReportTakesThePlaceOfFilesOnly(t *testing.T) {
	t.Parallel()
	path := pipe(t)
	for _, force := range []bool{false, true} {
		_, err := createReport(path, force)
		if tracker.CodeOf(err) != tracker.CodeRefused || !strings.Contains(err.Error(), "is a pipe: choose a file") {
			t.Errorf("force %v: %v", force, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Type() != fs.ModeNamedPipe {
		t.Errorf("the pipe was removed: %v, %v", info, err)
	}
}

func TestLogThatIsNoFileIsReported(t *testing.T) {
	t.Parallel()
	path := pipe(t)
	if c := checkLog(path); c.Level != verdict.LevelWarning || !strings.Contains(c.Text, "is a pipe") {
		t.Errorf("checked: %+v", c)
	}
	d := &examination{runner: runner{Program: &session.Program{Dependencies: session.Dependencies{LogPath: path}}}}
	if got := d.endOfLog(); !strings.Contains(got, "is a pipe") {
		t.Errorf("the end of the log is %q", got)
	}
}
