//go:build unix

package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"storydesk/tracker"
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
		t.Errorf("the pipe is gone: %v, %v", info, err)
	}
}

func TestLogIsAFile(t *testing.T) {
	t.Parallel()
	path := pipe(t)
	file := &logFile{path: path, limit: maxLog}
	if _, err := file.Write([]byte("line\n")); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("writing to a pipe ended with %v", err)
	}
	if c := checkLog(path); c.Level != tracker.LevelWarning || !strings.Contains(c.Text, "is a pipe") {
		t.Errorf("checked: %+v", c)
	}
	d := &doctor{app: &app{Dependencies: Dependencies{LogPath: path}}}
	if got := d.endOfLog(); !strings.Contains(got, "is a pipe") {
		t.Errorf("the end of the log is %q", got)
	}
}

// A log that others may read, as an older umask left it, becomes private.
func TestLogBecomesPrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "storydesk.log")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	file := &logFile{path: path, limit: maxLog}
	if _, err := file.Write([]byte("line\n")); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
