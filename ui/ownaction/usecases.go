package ownaction

import (
	"context"

	"storydesk/tracker"
)

// UseCases are those that fill commands in.
type UseCases struct {
	Stories Stories
	Views   Views
}

// Stories reads a story with its tickets.
type Stories interface {
	Story(ctx context.Context, id tracker.StoryID) (tracker.StoryDetail, error)
}

// Views reads a ticket as it was seen last.
type Views interface {
	Ticket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (tracker.TicketDetail, error)
}
