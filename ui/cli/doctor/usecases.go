package doctor

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/tracker/redact"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the check of the installation needs.
type UseCases struct {
	Checkup  Checkup
	Accounts Accounts
	Views    Views
	Projects Projects
	Stories  Stories
	Outbox   Outbox
}

// Checkup checks an installation, and how linked stories and their tickets differ.
type Checkup interface {
	Examine(ctx context.Context, report func(verdict.Check)) error
	FindDrift(ctx context.Context, project tracker.ProjectID, report func(linkcheck.Progress)) error
	// Fix does the repair that a drift offers and says what it did.
	Fix(ctx context.Context, d linkcheck.Drift, drop bool) (said string, err error)
	// Redactor knows what the integrations sign in with.
	Redactor(ctx context.Context) (redact.Redactor, error)
}

// Accounts lists the integrations.
type Accounts interface {
	// Integrations are those of a project, or all for project 0.
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
	SecretPlace(ctx context.Context, id tracker.IntegrationID) (tracker.SecretPlace, error)
}

// Views lists the tickets of an integration's view.
type Views interface {
	Tickets(ctx context.Context, id tracker.IntegrationID) (tracker.TicketList, error)
}

// Projects lists the projects.
type Projects interface {
	Projects(ctx context.Context) ([]tracker.Project, error)
}

// Stories lists the stories of a project.
type Stories interface {
	Stories(ctx context.Context, project tracker.ProjectID, f tracker.StoryFilter) ([]tracker.Story, error)
}

// Outbox lists private comments.
type Outbox interface {
	Deliveries(ctx context.Context, q tracker.DeliveryQuery) ([]tracker.Delivery, error)
}
