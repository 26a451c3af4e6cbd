package deliveries

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/pane"
)

// host is what the screen stands on.
type host struct {
	*pane.Host
	// Service are the use cases of the screen.
	Service UseCases
}

// UseCases are those that the screen needs.
type UseCases struct {
	Outbox   Outbox
	Accounts Accounts
	Stories  Queries
}

// Queries read searches as people type them.
type Queries interface {
	ParseQuery(kind search.Kind, text string) (search.Query, error)
}

// Outbox lists private comments, retries them and drops them.
type Outbox interface {
	Find(ctx context.Context, q search.Query, of tracker.DeliveryQuery) (search.DeliveryPage, error)
	Delivery(ctx context.Context, id tracker.DeliveryID) (tracker.Delivery, error)
	// Attempts lists the last tries of deliveries, oldest first.
	Attempts(ctx context.Context, ids ...tracker.DeliveryID) (map[tracker.DeliveryID][]tracker.DeliveryAttempt, error)
	DeliveryCounts(ctx context.Context) (map[tracker.DeliveryState]int, error)
	RetryDeliveries(ctx context.Context, ids []tracker.DeliveryID) ([]tracker.Delivery, error)
	RetryParked(ctx context.Context) (n int, err error)
	DropDeliveries(ctx context.Context, ids []tracker.DeliveryID) ([]tracker.Delivery, error)
}

// Accounts lists the integrations of a project, or all for project 0.
type Accounts interface {
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
}
