package report

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/ui/cli/session"
)

// opened is an open database with the use cases.
type opened = session.Session[UseCases]

// UseCases are those that the commands need.
type UseCases struct{ Report Reporter }

// Reporter reads what figures are computed from.
type Reporter interface {
	Figures(ctx context.Context, project tracker.ProjectID) (*figures.History, error)
}
