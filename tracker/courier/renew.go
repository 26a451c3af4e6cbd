package courier

import (
	"context"
	"errors"
	"sync"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/guard"
)

// lost is why a claim is not held any more.
type lost struct{ error }

// renewing renews a claim until stop is called, so that it can be short: an attempt may take
// longer than others wait for the lane when this program dies. held ends, because of a lost,
// when the claim is void: what changes no ticket need not go on then, and what an update's
// attempt saves is void by itself. A store that is busy or out of reach ends nothing: the
// claim is renewed the next time, and where that is too late, it is void then.
func renewing(ctx context.Context, s *Service, c tracker.Claim) (held context.Context, stop func()) {
	held, lose := context.WithCancelCause(ctx)
	var renewal sync.WaitGroup
	renewal.Go(func() {
		due := time.NewTicker(s.times.renewal)
		defer due.Stop()
		for {
			select {
			case <-held.Done():
				return
			case <-due.C:
			}
			err := guard.Run(func() error { return renew(held, s, c) })
			var crash *guard.Crash
			switch {
			case err == nil || held.Err() != nil:
			case errors.Is(err, errVoid), errors.As(err, &crash):
				lose(lost{err})
			default:
				s.Log.Warn("the claim of a lane was not renewed", "delivery", c.Delivery.ID, "error", err)
			}
		}
	})
	return held, func() {
		lose(nil)
		renewal.Wait()
	}
}

// renew claims a lane anew, unless the outcome is saved and the lane released. It fails with
// errVoid where the lane or the private comment is not what was claimed.
func renew(ctx context.Context, s *Service, c tracker.Claim) error {
	return s.Store.Write(ctx, func(w tracker.Writer) error {
		lane, d, err := claimed(w, c)
		switch {
		case err != nil || lane.LeaseUntil.IsZero():
			return err
		case !d.State.InLane():
			return errVoid
		}
		lane.LeaseUntil = s.Now().Add(s.times.lease())
		return w.RenewLane(lane)
	})
}

// claimed reads a lane and a private comment as they are now. It fails with errVoid where they
// are not those of the claim.
func claimed(r tracker.Reader, c tracker.Claim) (lane tracker.Lane, d tracker.Delivery, err error) {
	if lane, err = r.Lane(c.Lane.Ticket); err != nil {
		return lane, d, err
	}
	d, err = r.Delivery(c.Delivery.ID)
	switch {
	case tracker.CodeOf(err) == tracker.CodeNotFound:
		return lane, d, errVoid
	case err != nil:
		return lane, d, err
	case lane.Fence != c.Lane.Fence || d.Seq != c.Delivery.Seq:
		return lane, d, errVoid
	}
	return lane, d, nil
}
