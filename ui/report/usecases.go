package report

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/ui/pane"
)

// host is what the screen stands on.
type host struct {
	*pane.Host
	// Service are the use cases of the screen.
	Service UseCases
}

// UseCases are those that the screen needs.
type UseCases struct {
	Report   Reporter
	Settings Settings
}

// Reporter reads what figures are computed from.
type Reporter interface {
	Figures(ctx context.Context, project tracker.ProjectID) (*figures.History, error)
}

// Settings reads what the user chose.
type Settings interface {
	Setting(ctx context.Context, key string) (string, error)
}
