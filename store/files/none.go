package files

import (
	"context"
	"io"
	"time"

	"storydesk/tracker"
)

// None is the place for attachments of a database that has none: one on a server. It
// refuses them with CodeRefused.
type None struct{}

func refused() error {
	return tracker.Errorf(tracker.CodeRefused, "attachments are files beside a database file, and this database is on a server: put a link into the story instead")
}

// Take refuses a file.
func (None) Take(context.Context, string) (tracker.StoryFile, error) {
	return tracker.StoryFile{}, refused()
}

// Put refuses a content.
func (None) Put(context.Context, io.Reader) (tracker.StoryFile, error) {
	return tracker.StoryFile{}, refused()
}

// Settle has nothing to flush.
func (None) Settle(context.Context, []tracker.StoryFile) error { return nil }

// Drop has nothing to remove.
func (None) Drop(tracker.StoryFile) error { return nil }

// Open refuses to read a content.
func (None) Open(tracker.StoryFile) (io.ReadCloser, error) { return nil, refused() }

// Export refuses to copy a content.
func (None) Export(context.Context, tracker.StoryFile, string, bool) error { return refused() }

// Show refuses to copy a content.
func (None) Show(context.Context, tracker.StoryFile, string) (string, error) { return "", refused() }

// Sweep has nothing to remove.
func (None) Sweep([]string, time.Time) error { return nil }

// Refusal says why.
func (None) Refusal() error { return refused() }
