package links

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/ui/command"
)

// host is what the screen stands on: the commands that other screens have, too,
// and the use cases that this screen alone needs.
type host struct {
	*command.Commands
	// Service are the screen's own use cases.
	Service UseCases
}

// UseCases are those that the screen needs beside [command.UseCases].
type UseCases struct{ Checkup Checkup }

// Checkup finds how linked stories and their tickets differ, and fixes it.
type Checkup interface {
	FindDrift(ctx context.Context, project tracker.ProjectID, report func(linkcheck.Progress)) error
	// Linked tells of each drift whether its story and ticket are linked now.
	Linked(ctx context.Context, drifts []linkcheck.Drift) ([]bool, error)
	// Fix does the repair that a drift offers and says what it did.
	Fix(ctx context.Context, d linkcheck.Drift, drop bool) (said string, err error)
}
