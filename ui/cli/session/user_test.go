package session

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestActingUser(t *testing.T) {
	for name, want := range map[string]string{"Grace": "Grace", "Ada Lovelace": "Ada Lovelace"} {
		if got, err := actingUser(t.Context(), name, time.Minute); got != want || err != nil {
			t.Errorf("actingUser(%q) = %q, %v", name, got, err)
		}
	}
}

// Git is asked for a name where none is known, and only there: asking takes
// longer than all else at the start.
func TestActingUserAsksGit(t *testing.T) {
	folder := t.TempDir()
	asked := filepath.Join(folder, "asked")
	git := "#!/bin/sh\necho asked >" + asked + "\necho Git User\n"
	if err := os.WriteFile(filepath.Join(folder, "git"), []byte(git), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	if got, err := actingUser(t.Context(), "Grace", time.Minute); got != "Grace" || err != nil {
		t.Errorf("actingUser = %q, %v", got, err)
	}
	if _, err := os.Stat(asked); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("git was asked for a name that is known (%v)", err)
	}
	if got, err := actingUser(t.Context(), "", time.Minute); got != "Git User" || err != nil {
		t.Errorf("actingUser = %q, %v", got, err)
	}
}
