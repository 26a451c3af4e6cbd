package outbox

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

// findBatch is how many deliveries are read at a time while some are looked for.
const findBatch = 500

// Find returns the newest deliveries that answer a search among those that a query
// chooses, at most as many as its limit. They are read a batch at a time, until there
// are enough.
func (s *Service) Find(ctx context.Context, q search.Query, of tracker.DeliveryQuery) (search.DeliveryPage, error) {
	var page search.DeliveryPage
	states := of.States
	if len(states) == 0 {
		states = tracker.DeliveryStates()
	}
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		counts, err := r.DeliveryCounts(states...)
		if err != nil {
			return err
		}
		page, err = find(ctx, r, q, of)
		for _, n := range counts {
			page.All += n
		}
		return err
	})
	return page, err
}

func find(ctx context.Context, r tracker.Reader, q search.Query, of tracker.DeliveryQuery) (page search.DeliveryPage, err error) {
	limit := of.Limit
	of = q.Narrow(of)
	of.Limit = findBatch
	for batch := []tracker.Delivery(nil); err == nil; err = ctx.Err() {
		if batch, err = r.Deliveries(of); err != nil {
			return page, err
		}
		for _, d := range batch {
			if !q.Matches(search.Delivery(&d)) {
				continue
			}
			if limit > 0 && len(page.Deliveries) == limit {
				page.More = true
				return page, nil
			}
			page.Deliveries = append(page.Deliveries, d)
		}
		if len(batch) < findBatch {
			return page, nil
		}
		of.Before = batch[len(batch)-1].ID
	}
	return page, err
}
