package find

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/command"
)

// host is what the screen stands on.
type host struct {
	*command.Commands
	// Service are the use cases of the screen.
	Service UseCases
}

// UseCases are those that the screen needs beside [command.UseCases].
type UseCases struct{ Find Finder }

// Finder finds stories and tickets of a project.
type Finder interface {
	FindStories(ctx context.Context, project tracker.ProjectID, text string, limit int) (search.StoryHits, error)
	FindTickets(ctx context.Context, project tracker.ProjectID, text string, limit int) (search.TicketHits, error)
	// KnownValues lists the people and labels that complete a search.
	KnownValues(ctx context.Context, project tracker.ProjectID) (search.Known, error)
}
