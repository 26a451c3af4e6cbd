package stories

import (
	"context"
	"errors"

	"storydesk/tracker"
	"storydesk/tracker/outbox"
)

// Rehearse returns which private comments a use case would queue, in order, and fails as it
// would: it does it with a service that saves nothing. What the use case asks
// Zendesk is asked.
func (s *Service) Rehearse(ctx context.Context, do func(context.Context, tracker.StoryUseCases) error) ([]tracker.Delivery, error) {
	deliveries := &rehearsal{Store: s.Store}
	k := s.With(deliveries)
	rehearsing := New(k, outbox.New(k), s.views)
	rehearsing.history.real = s.history
	if err := do(ctx, rehearsing); err != nil {
		return nil, err
	}
	return deliveries.queued, nil
}

// rehearsal is a Store that rolls every write back and remembers the private comments
// that it would have queued.
type rehearsal struct {
	tracker.Store
	queued []tracker.Delivery
}

var errRehearsed = errors.New("rehearsed")

// Write runs fn in a transaction that is rolled back in any case.
func (r *rehearsal) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	before := len(r.queued)
	err := r.Store.Write(ctx, func(w tracker.Writer) error {
		r.queued = r.queued[:before]
		if err := fn(noting{w, &r.queued}); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
}

// noting is a Writer that remembers the deliveries that are added.
type noting struct {
	tracker.Writer
	added *[]tracker.Delivery
}

// AddDelivery also remembers the delivery.
func (w noting) AddDelivery(d tracker.Delivery) error {
	err := w.Writer.AddDelivery(d)
	if err == nil {
		*w.added = append(*w.added, d)
	}
	return err
}
