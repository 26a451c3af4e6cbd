package trackertest

import (
	"context"

	"storydesk/tracker"
)

// Interrupted is a store in which something happens in the middle of a reading: whenever
// deliveries are counted.
type Interrupted struct {
	tracker.Store
	Between func()
}

// Read runs fn, interrupted.
func (s Interrupted) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	return s.Store.Read(ctx, func(r tracker.Reader) error { return fn(interruptedReader{r, s.Between}) })
}

type interruptedReader struct {
	tracker.Reader
	between func()
}

// DeliveryCounts lets happen what happens in between, and counts then.
func (r interruptedReader) DeliveryCounts(states ...tracker.DeliveryState) (map[tracker.DeliveryState]int, error) {
	r.between()
	return r.Reader.DeliveryCounts(states...)
}
