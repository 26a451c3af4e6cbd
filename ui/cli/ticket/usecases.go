package ticket

import (
	"context"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands on tickets need.
type UseCases struct {
	Accounts Accounts
	Views    Views
	Stories  Stories
	Triage   Triage
	// Conversation reads what was said on tickets.
	Conversation Conversation
}

// Conversation reads the newest pages of what was said on a ticket from Zendesk.
type Conversation interface {
	Read(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID, pages int) (tracker.Conversation, error)
}

// Triage puts tickets aside of which no story is made, and brings them back.
type Triage interface {
	Dismiss(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID, reason string) error
	Snooze(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID, until time.Time) error
	Restore(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID) error
}

// Accounts finds integrations.
type Accounts interface {
	Integration(ctx context.Context, project tracker.ProjectID, ref string) (tracker.Integration, error)
	// Integrations are those of a project, or all for project 0.
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
}

// Views reads the views of integrations, and their tickets.
type Views interface {
	RefreshView(ctx context.Context, id tracker.IntegrationID) error
	Ticket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (tracker.TicketDetail, error)
	Tickets(ctx context.Context, id tracker.IntegrationID) (tracker.TicketList, error)
	// ToAnswer lists the tickets that are not solved although all their stories are
	// accepted, in the integration's view or not.
	ToAnswer(ctx context.Context, id tracker.IntegrationID) ([]tracker.TicketRow, error)
	SeeTicket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID, shown *tracker.TicketDetail) error
}

// Stories reads queries.
type Stories interface {
	ParseQuery(kind search.Kind, text string) (search.Query, error)
}
