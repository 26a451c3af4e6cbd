package setting

import (
	"context"

	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands on settings need.
type UseCases struct {
	Settings Settings
}

// Settings saves settings, and who the user is.
type Settings interface {
	SaveSetting(ctx context.Context, key, value string) error
	SetUser(ctx context.Context, name string) error
}
