package newstory

import (
	"context"

	"storydesk/tracker"
	"storydesk/ui/command"
)

// host is what the form stands on: the commands that other screens have, too, and the
// use cases that it alone needs.
type host struct {
	*command.Commands
	// Service are the form's own use cases.
	Service UseCases
}

// UseCases are those that the form needs beside [command.UseCases].
type UseCases struct{ Stories Stories }

// Stories adds a story.
type Stories interface {
	AddStory(ctx context.Context, n tracker.NewStory) (tracker.Story, error)
	// Names are the people and the labels that the stories of a project name.
	Names(ctx context.Context, project tracker.ProjectID) (people, labels []string, err error)
}
