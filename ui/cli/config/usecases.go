package config

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

// UseCases are those that the commands on the config file need.
type UseCases struct {
	Settings Settings
}

// Settings tells what was chosen before there was a config file.
type Settings interface {
	Remembered(ctx context.Context) (map[string]string, error)
}
