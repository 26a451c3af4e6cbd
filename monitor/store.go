package monitor

import (
	"context"
	"time"

	"storydesk/tracker"
)

// What a transaction does.
const (
	operationRead   = "read"
	operationChange = "change"
	// operationClaim is the change that claims the next private comment.
	operationClaim = "claim"
)

// Store returns a store that is measured. attempted is told of each attempt to send a private
// comment once that is saved.
func (m *Monitor) Store(s tracker.Store, attempted func(tracker.DeliveryID, tracker.DeliveryAttempt)) tracker.Store {
	return measured{s, m, attempted}
}

type measured struct {
	tracker.Store
	monitor   *Monitor
	attempted func(tracker.DeliveryID, tracker.DeliveryAttempt)
}

// Read implements tracker.Store.
func (s measured) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	defer s.took(time.Now(), operationRead)
	return s.Store.Read(ctx, fn)
}

// Write implements tracker.Store. What a transaction did counts once, however often it ran.
func (s measured) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	begun := time.Now()
	var did run
	err := s.Store.Write(ctx, func(w tracker.Writer) error {
		did = run{}
		return fn(&writer{Writer: w, run: &did})
	})
	operation := operationChange
	if did.claims {
		operation = operationClaim
	}
	s.took(begun, operation)
	if err != nil {
		return err
	}
	for _, a := range did.attempts {
		s.monitor.attempts.WithLabelValues(string(a.State)).Inc()
		s.attempted(a.delivery, a.DeliveryAttempt)
	}
	return nil
}

func (s measured) took(begun time.Time, operation string) {
	s.monitor.database.WithLabelValues(operation).Observe(time.Since(begun).Seconds())
}

// run is what one run of a transaction did.
type run struct {
	claims   bool
	attempts []attempt
}

type attempt struct {
	delivery tracker.DeliveryID
	tracker.DeliveryAttempt
}

// writer notes what a transaction does.
type writer struct {
	tracker.Writer
	run *run
}

// ClaimLane implements tracker.Writer.
func (w *writer) ClaimLane(now, leaseUntil time.Time, busy []string) (tracker.Claim, bool, error) {
	w.run.claims = true
	return w.Writer.ClaimLane(now, leaseUntil, busy)
}

// AddDeliveryAttempt implements tracker.Writer.
func (w *writer) AddDeliveryAttempt(id tracker.DeliveryID, a tracker.DeliveryAttempt) error {
	w.run.attempts = append(w.run.attempts, attempt{id, a})
	return w.Writer.AddDeliveryAttempt(id, a)
}
