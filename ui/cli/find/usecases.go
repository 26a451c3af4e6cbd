package find

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/cli/session"
)

// opened is an open database with the use cases.
type opened = session.Session[UseCases]

// UseCases are those that the command needs.
type UseCases struct{ Find Finder }

// Finder finds stories and tickets of a project.
type Finder interface {
	FindStories(ctx context.Context, project tracker.ProjectID, text string, limit int) (search.StoryHits, error)
	FindTickets(ctx context.Context, project tracker.ProjectID, text string, limit int) (search.TicketHits, error)
}
