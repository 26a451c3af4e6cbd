package importing

import (
	"context"

	"storydesk/tracker/transfer"
	"storydesk/ui/pane"
)

// host is what the screen stands on.
type host struct {
	*pane.Host
	// Service are the use cases of the screen.
	Service UseCases
}

// UseCases are those that the screen needs.
type UseCases struct{ Imports Imports }

// Imports brings projects in.
type Imports interface {
	Import(ctx context.Context, from transfer.Reader, o transfer.Options) (transfer.Report, error)
}
