package session

import (
	"context"

	"storydesk/tracker"
)

// UseCases are those that every session needs.
type UseCases struct {
	Stories  Stories
	Projects Projects
	Settings Settings
}

// Stories finds a story.
type Stories interface {
	Locate(ctx context.Context, id tracker.StoryID) (tracker.Story, error)
}

// Projects finds the project that a command works on.
type Projects interface {
	Project(ctx context.Context, ref string) (tracker.Project, error)
	CommandProject(ctx context.Context) (tracker.Project, error)
}

// Settings reads what the user chose.
type Settings interface {
	// Actor is the acting user's name.
	Actor() string
	Setting(ctx context.Context, key string) (string, error)
}
