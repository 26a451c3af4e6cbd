package delivery

import (
	"context"

	"storydesk/tracker"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands on deliveries need.
type UseCases struct {
	Outbox   Outbox
	Accounts Accounts
}

// Accounts lists the integrations of a project, or all for project 0.
type Accounts interface {
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
}

// Outbox lists private comments, retries them and drops them.
type Outbox interface {
	Deliveries(ctx context.Context, q tracker.DeliveryQuery) ([]tracker.Delivery, error)
	Delivery(ctx context.Context, id tracker.DeliveryID) (tracker.Delivery, error)
	// Attempts lists the last tries of deliveries, oldest first.
	Attempts(ctx context.Context, ids ...tracker.DeliveryID) (map[tracker.DeliveryID][]tracker.DeliveryAttempt, error)
	RetryDeliveries(ctx context.Context, ids []tracker.DeliveryID) ([]tracker.Delivery, error)
	RetryParked(ctx context.Context) (n int, err error)
	DropDeliveries(ctx context.Context, ids []tracker.DeliveryID) ([]tracker.Delivery, error)
}
