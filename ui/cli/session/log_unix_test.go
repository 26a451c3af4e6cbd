//go:build unix

package session

import (
	"os"
	"path/filepath"
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

func TestLogIsAFile(t *testing.T) {
	t.Parallel()
	path := pipe(t)
	file := &logFile{path: path, limit: maxLog}
	if _, err := file.Write([]byte("line\n")); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("writing to a pipe ended with %v", err)
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
