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
	People   People
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

// People knows who is called what.
type People interface {
	// Meet finds out what the acting user is called here. Where nobody is known under their
	// name, alike are those who may be meant.
	Meet(ctx context.Context) (known bool, alike []string, err error)
}

// Settings reads what the user chose.
type Settings interface {
	// Actor is the acting user's name.
	Actor() string
	Setting(ctx context.Context, key string) (string, error)
}
