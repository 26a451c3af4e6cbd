package worker

import (
	"context"

	"storydesk/tracker"
)

// UseCases are those that the worker needs.
type UseCases struct {
	Engine   Engine
	Courier  Courier
	Accounts Accounts
	Outbox   Outbox
}

// Engine is what runs.
type Engine interface {
	// Run sends private comments and reads views until ctx ends.
	Run(ctx context.Context) error
}

// Courier stops sending.
type Courier interface {
	// Hold claims no further private comment, and waits for those that are being sent.
	Hold(ctx context.Context) error
}

// Accounts tell what Zendesk allows.
type Accounts interface {
	// Quota is what an account's host allows for now.
	Quota(host string) tracker.Quota
}

// Outbox counts private comments, by state.
type Outbox interface {
	DeliveryCounts(ctx context.Context) (map[tracker.DeliveryState]int, error)
}
