package tracker

import (
	"context"
	"errors"
)

// SyncReport tells how a Sync ended.
type SyncReport struct {
	// Counts are the deliveries that are not delivered, by state.
	Counts map[DeliveryState]int
	// Problems are the sentences of what went wrong.
	Problems []string
}

// Settled is true when no delivery is waiting, sending, unknown or parked.
func (r SyncReport) Settled() bool {
	return r.Counts[DeliveryWaiting]+r.Counts[DeliverySending]+r.Counts[DeliveryUnknown]+r.Counts[DeliveryParked] == 0
}

// Sync reads the views of all active integrations, tries every due note once
// and waits up to 5 s for notes in their grace.
func (s *Service) Sync(ctx context.Context) (SyncReport, error) {
	return SyncReport{}, errors.ErrUnsupported
}

// Drain ends the grace of all waiting notes and waits until none is due or
// being sent, or ctx ends. It is how a terminal leaves. Run must be running.
func (s *Service) Drain(ctx context.Context) error { return errors.ErrUnsupported }

func (s *Service) runCourier(ctx context.Context) error { return errors.ErrUnsupported }
