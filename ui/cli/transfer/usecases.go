package transfer

import (
	"context"
	"io"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands need.
type UseCases struct {
	Imports Imports
}

// Imports brings projects in and writes them.
type Imports interface {
	Import(ctx context.Context, from transfer.Reader, o transfer.Options) (transfer.Report, error)
	Relink(ctx context.Context, project tracker.ProjectID) (made int, err error)
	Content(a transfer.Attachment) (io.ReadCloser, error)
	Export(ctx context.Context, project tracker.ProjectID, each func(transfer.Record) error) error
}
