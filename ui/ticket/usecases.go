package ticket

import (
	"context"
	"time"

	"storydesk/tracker"
	"storydesk/ui/command"
)

// host is what the detail stands on: the commands that other screens have, too,
// and the use cases that the detail alone needs.
type host struct {
	*command.Commands
	// Service are the detail's own use cases.
	Service UseCases
}

// UseCases are those that the detail of a ticket needs beside [command.UseCases].
type UseCases struct {
	Views        Views
	Accounts     Accounts
	Conversation Conversation
}

// Views reads a ticket as it was seen last, and notes that the user has looked at it.
type Views interface {
	Ticket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (tracker.TicketDetail, error)
	SeeTicket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID, shown *tracker.TicketDetail) error
}

// Accounts lists the integrations of a project, or all for project 0.
type Accounts interface {
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
}

// Conversation reads the newest pages of what was said on a ticket, and tells in how
// long a preview may do so.
type Conversation interface {
	Turn(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (wait time.Duration, err error)
	Read(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID, pages int) (tracker.Conversation, error)
}
