package kernel

import (
	"context"
	"io"
	"time"

	"storydesk/tracker"
)

// Files keeps the content of attachments, each under an id that it makes itself. Its own
// failures are CodeInternal.
type Files interface {
	// Take saves a copy of the file at a path of the user's, and returns what it holds
	// under the file's own name. CodeInvalid, field "file", for a file that is not there,
	// cannot be read or is too large.
	Take(ctx context.Context, path string) (tracker.StoryFile, error)
	// Put saves a content that is read; what fails to be read fails with that error, and
	// nothing is left. No attachment may have it before Settle made it last.
	Put(ctx context.Context, from io.Reader) (tracker.StoryFile, error)
	Settle(ctx context.Context, saved []tracker.StoryFile) error
	// Drop removes a content that no attachment has.
	Drop(of tracker.StoryFile) error
	// Open opens a content. CodeNotFound when its file is missing.
	Open(of tracker.StoryFile) (io.ReadCloser, error)
	// Export copies a content to a file of the user's, which is only replaced where
	// replace is true. CodeInvalid, field "file"; else as Open.
	Export(ctx context.Context, of tracker.StoryFile, to string, replace bool) error
	// Show makes a copy that another program can open, and returns its path, which ends
	// in ending. Else as Open.
	Show(ctx context.Context, of tracker.StoryFile, ending string) (path string, err error)
	// Sweep removes what was written before a time and is none of those that are kept.
	Sweep(kept []string, before time.Time) error
}
