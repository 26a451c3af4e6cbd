package courier

import (
	"context"
	"sync"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/guard"
)

// renewing renews a claim until stop is called, so that it can be short: an update may take
// longer than others wait for the lane when this program dies. A claim that is lost changes
// nothing here: what an attempt saves then is void. Nor does a claim that cannot be renewed
// while the store is out of reach, where nobody else can claim either.
func renewing(ctx context.Context, s *Service, lane tracker.Lane) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var renewal sync.WaitGroup
	renewal.Go(func() {
		due := time.NewTicker(s.times.renewal)
		defer due.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-due.C:
			}
			err := guard.Run(func() error { return renewLane(ctx, s, lane) })
			if err != nil && ctx.Err() == nil {
				s.Log.Warn("the claim of a lane was not renewed", "ticket", lane.Ticket.ID, "error", err)
			}
		}
	})
	return func() {
		cancel()
		renewal.Wait()
	}
}

// renewLane renews a claim that is neither lost nor released yet.
func renewLane(ctx context.Context, s *Service, lane tracker.Lane) error {
	return s.Store.Write(ctx, func(w tracker.Writer) error {
		now, err := w.Lane(lane.Ticket)
		if err != nil || now.Fence != lane.Fence || now.LeaseUntil.IsZero() {
			return err
		}
		now.LeaseUntil = s.Now().Add(s.times.lease())
		return w.RenewLane(now)
	})
}
