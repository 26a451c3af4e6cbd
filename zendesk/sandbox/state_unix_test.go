//go:build unix

package sandbox_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"storydesk/zendesk/sandbox"
)

// Opening a pipe would wait for ever, and locking a device would hold up others.
func TestStateIsARegularFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := sandbox.Open(sandbox.Options{StatePath: path})
	if err == nil || !strings.Contains(err.Error(), path+": it is no regular file") {
		t.Errorf("a pipe as the state: %v", err)
	}
}

// A state that others may read, as a copy left it, becomes private.
func TestStateBecomesPrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := sandbox.Open(sandbox.Options{StatePath: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
