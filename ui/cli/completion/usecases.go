package completion

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/ticket"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the completion of arguments needs.
type UseCases struct {
	Accounts Accounts
	Views    Views
	Stories  Stories
	Projects Projects
	Outbox   Outbox
	Epics    Epics
}

// Accounts finds integrations.
type Accounts interface{ ticket.Accounts }

// Views lists the tickets of an integration's view.
type Views interface {
	Tickets(ctx context.Context, id tracker.IntegrationID) (tracker.TicketList, error)
}

// Stories lists the stories of a project.
type Stories interface {
	Stories(ctx context.Context, project tracker.ProjectID, f tracker.StoryFilter) ([]tracker.Story, error)
	DeletedStories(ctx context.Context, project tracker.ProjectID) ([]tracker.Story, error)
}

// Projects lists the projects.
type Projects interface {
	Projects(ctx context.Context) ([]tracker.Project, error)
}

// Outbox lists private comments.
type Outbox interface {
	Deliveries(ctx context.Context, q tracker.DeliveryQuery) ([]tracker.Delivery, error)
}

// Epics lists the epics of a project.
type Epics interface {
	Epics(ctx context.Context, project tracker.ProjectID) ([]epic.Figures, error)
}
