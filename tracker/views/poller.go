package views

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"storydesk/tracker"
	"storydesk/tracker/guard"
)

const (
	// unfocusedSlower is how many times longer views rest while nobody looks.
	unfocusedSlower = 3
	// slowRest is how many times longer than its last reading a view rests.
	slowRest = 3
)

// pollCheck is how often the poller looks which views are due.
const pollCheck = time.Second

// RunPoller reads the views of integrations again and again. Another
// process's reading counts: together they ask no more often than one alone.
func (s *Service) RunPoller(ctx context.Context) error {
	tick := time.NewTicker(pollCheck)
	defer tick.Stop()
	for {
		if err := s.PollOnce(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// PollOnce reads the views that are due now, none while what is read could not be saved.
// What goes wrong with one is logged and saved with it; it fails where the store does.
func (s *Service) PollOnce(ctx context.Context) error {
	due, err := readableViews(ctx, s)
	if err != nil {
		return err
	}
	g, reading := errgroup.WithContext(ctx)
	g.SetLimit(4)
	for _, last := range due {
		g.Go(func() error {
			err := guard.Run(func() error { return refreshDue(reading, s, last) })
			var crash *guard.Crash
			switch {
			case errors.As(err, &crash):
				return err
			case err != nil && !tracker.IsContextError(err):
				s.Log.Warn("view not read", "integration", last.IntegrationID, "code", tracker.CodeOf(err))
			}
			return nil
		})
	}
	return g.Wait()
}

// readableViews are the last readings of the views that are due, none while what is read
// could not be saved.
func readableViews(ctx context.Context, s *Service) (due []tracker.Fetch, err error) {
	if s.StoreLost() == nil {
		due, err = dueViews(ctx, s)
	}
	return due, err
}

// refreshDue reads a view that was found due after its last reading, unless another
// program is quicker.
func refreshDue(ctx context.Context, s *Service, found tracker.Fetch) error {
	err := s.refreshView(ctx, found.IntegrationID, func(last tracker.Fetch) bool {
		return last.ID == found.ID && last.FinishedAt.Equal(found.FinishedAt)
	})
	if errors.Is(err, errElsewhere) || errors.Is(err, errOvertaken) {
		return nil
	}
	return err
}

// SetFocus records whether somebody looks at the tickets. While nobody does,
// views are read three times less often.
func (s *Service) SetFocus(focused bool) { s.unfocused.Store(!focused) }

// DueViews lists the integrations that are active and not paused, whose view was not
// read for a while, and which nobody reads now.
func (s *Service) DueViews(ctx context.Context) ([]tracker.IntegrationID, error) {
	due, err := dueViews(ctx, s)
	var ids []tracker.IntegrationID
	for _, last := range due {
		ids = append(ids, last.IntegrationID)
	}
	return ids, err
}

// dueViews are the last readings of the views that are due.
func dueViews(ctx context.Context, s *Service) (due []tracker.Fetch, err error) {
	var resting []tracker.Integration
	last := make(map[tracker.IntegrationID]tracker.Fetch)
	sharing := make(map[string]int)
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		all, err := r.Integrations(0)
		if err != nil {
			return err
		}
		s.accounts.CloseAccounts(all)
		sending := slices.DeleteFunc(all, func(in tracker.Integration) bool { return !in.Sends() })
		for _, in := range sending {
			sharing[in.Host]++
		}
		resting, err = restingViews(s, r, sending, last)
		return err
	})
	for _, in := range resting {
		if s.accounts.Quota(in.Host).Requests.Rest() > 0 {
			continue
		}
		cost := s.cost(last[in.ID], in.Host) * time.Duration(sharing[in.Host])
		if changedSince(in, last[in.ID], s.Now()) || !s.Now().Before(s.nextReading(last[in.ID], cost)) {
			due = append(due, last[in.ID])
		}
	}
	return due, err
}

// restingViews are those integrations whose view nobody reads now. It notes their last readings.
func restingViews(s *Service, r tracker.Reader, all []tracker.Integration, last map[tracker.IntegrationID]tracker.Fetch) (resting []tracker.Integration, err error) {
	for _, in := range all {
		read, err := beingRead(s, r, in.ID)
		if err != nil {
			return nil, err
		}
		if read {
			continue
		}
		f, err := r.Fetch(in.ID)
		if err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
			return nil, err
		}
		f.IntegrationID = in.ID
		resting, last[in.ID] = append(resting, in), f
	}
	return resting, nil
}

// changedSince reports whether an integration was edited or switched on after its
// last reading, which then says nothing of it any more. It still waits as long
// as Zendesk asked.
func changedSince(in tracker.Integration, last tracker.Fetch, now time.Time) bool {
	edited := in.UpdatedAt.After(last.FinishedAt) && !in.UpdatedAt.After(now)
	return edited && !last.FinishedAt.IsZero() && !now.Before(last.NextAt)
}

// nextReading is when a view is read again after its last reading, which costs
// so much of Zendesk's time: the shortest distance between two of its kind. All programs
// that share the store reckon the same.
func (s *Service) nextReading(last tracker.Fetch, cost time.Duration) time.Time {
	if last.StartedAt.After(s.Now().Add(readerSkew)) {
		return time.Time{} // begun by a clock that was set back since
	}
	if last.FinishedAt.IsZero() {
		return time.Time{} // it was never read, or who read it died: nobody reads it now
	}
	rest := jittered(interval(s), last)
	if s.unfocused.Load() {
		rest *= unfocusedSlower
	}
	// A view that takes Zendesk long is not asked for all the time.
	rest = max(rest, slowRest*last.FinishedAt.Sub(last.StartedAt))
	next := last.FinishedAt.Add(rest)
	for _, t := range []time.Time{last.StartedAt.Add(cost), last.NextAt} {
		if t.After(next) {
			next = t
		}
	}
	return next
}

// cost is how far apart readings like the last must be to take no more than
// their share of what the account allows in a minute.
func (s *Service) cost(last tracker.Fetch, host string) time.Duration {
	requests := 2 + max(0, last.Total)/100 + last.Beside
	return time.Duration(requests) * tracker.ReadingShare * time.Minute / time.Duration(s.accounts.Requests(host).Limit())
}

// interval is how long after a reading of a view the next one begins at the earliest.
func interval(s *Service) time.Duration { return cmp.Or(s.Refresh, tracker.PollInterval) }

// ReadingInterval is about how far apart readings of a view are after the last
// one, where so many views share the account.
func (s *Service) ReadingInterval(last tracker.Fetch, host string, sharing int) time.Duration {
	slow := slowRest * last.FinishedAt.Sub(last.StartedAt)
	return max(interval(s), slow, s.cost(last, host)*time.Duration(sharing))
}

// jittered returns d give or take a tenth, the same for everybody after one reading.
func jittered(d time.Duration, after tracker.Fetch) time.Duration {
	seeded := rand.New(rand.NewPCG(uint64(after.IntegrationID), uint64(after.ID))) //nolint:gosec // spreading requests needs no secrecy
	return d - d/10 + time.Duration(seeded.Int64N(max(1, int64(d/5))))
}
