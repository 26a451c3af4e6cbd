package cli

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"github.com/creack/pty"

	"storydesk/tracker"
	"storydesk/ui/cli/session"
)

// The demo opens its database as a demo's, which leaves the system's keyring alone.
func TestDemoOpensADemosDatabase(t *testing.T) {
	keyboard, screen, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	var complaints bytes.Buffer
	code := Run(t.Context(), session.Dependencies{
		Args: []string{"demo"}, In: screen, Out: screen, Err: &complaints, LogPath: filepath.Join(t.TempDir(), "storydesk.log"),
		StartSandbox: func(context.Context, session.SandboxOptions) (session.Sandbox, error) {
			return session.Sandbox{Close: func() error { return nil }}, nil
		},
		OpenDatabase: func(context.Context, string) (session.Database, error) {
			return session.Database{}, tracker.Errorf(tracker.CodeInternal, "opened as the user's own")
		},
		OpenDemo: func(context.Context, string) (session.Database, error) {
			return session.Database{}, tracker.Errorf(tracker.CodeInternal, "opened as a demo's")
		},
	}, nil)
	if code != 1 || complaints.String() != "storydesk: opened as a demo's\n" {
		t.Errorf("exit code %d, printed %q", code, complaints.String())
	}
	for _, end := range []interface{ Close() error }{screen, keyboard} {
		if err := end.Close(); err != nil {
			t.Error(err)
		}
	}
}
