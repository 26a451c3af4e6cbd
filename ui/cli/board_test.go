package cli_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/creack/pty"

	"storydesk/feed"
	"storydesk/store"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/cli"
	"storydesk/ui/cli/session"
	"storydesk/usecases"
	"storydesk/zendesk"
)

// deaf is a store that cannot notice other processes' changes.
type deaf struct{ tracker.Store }

func (deaf) Watch(context.Context, func()) error {
	return tracker.Errorf(tracker.CodeInternal, "the database went away")
}

// When what runs behind the board fails, the board ends and the error is said
// on standard error.
func TestBoardEndsWithTheServicesError(t *testing.T) {
	keyboard, screen, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	drained := make(chan struct{})
	go func() {
		defer close(drained)
		_, _ = io.Copy(io.Discard, keyboard)
	}()
	home := t.TempDir()
	closed := false
	var complaints bytes.Buffer
	code := cli.Run(t.Context(), session.Dependencies{
		In: screen, Out: screen, Err: &complaints,
		DatabasePath: filepath.Join(home, "storydesk.db"), LogPath: filepath.Join(home, "storydesk.log"),
		OpenDatabase: func(ctx context.Context, path string) (session.Database, error) {
			db, err := store.Open(ctx, path)
			if err != nil {
				return session.Database{}, err
			}
			return session.Database{Store: deaf{db}, Secrets: db.Secrets(), Files: db.Files(), Close: func() error {
				closed = true
				return db.Close()
			}}, nil
		},
		NewFeeds:    func(*slog.Logger) kind.Feeds { return feed.New(feed.Config{}) },
		NewZendesk:  func(*slog.Logger) tracker.Zendesk { return zendesk.New(zendesk.Config{}) },
		OpenBrowser: func(string) error { return nil },
	}, usecases.New)
	if code != 1 || complaints.String() != "storydesk: the database went away\n" {
		t.Errorf("exit code %d, printed %q", code, complaints.String())
	}
	if !closed {
		t.Error("the database was left open")
	}
	if err := screen.Close(); err != nil {
		t.Error(err)
	}
	<-drained
	if err := keyboard.Close(); err != nil {
		t.Error(err)
	}
}
