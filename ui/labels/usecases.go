package labels

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/command"
)

// host is what the screen stands on: the commands that other screens have, too, and the
// use cases that it alone needs.
type host struct {
	*command.Commands
	// Service are the screen's own use cases.
	Service UseCases
}

// UseCases are those that the screen needs beside [command.UseCases].
type UseCases struct{ Labels Labels }

// Labels lists and changes the labels of a project's stories.
type Labels interface {
	Labels(ctx context.Context, project tracker.ProjectID) ([]epic.LabelUse, error)
	RenameLabel(ctx context.Context, project tracker.ProjectID, from, to string) ([]tracker.Story, error)
	MergeLabel(ctx context.Context, project tracker.ProjectID, from, into string) ([]tracker.Story, error)
	DeleteLabel(ctx context.Context, project tracker.ProjectID, name string) ([]tracker.Story, error)
}
