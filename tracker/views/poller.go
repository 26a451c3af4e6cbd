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

const (
	// pollCheck is how often the poller looks which views are due, as far as it knows.
	pollCheck = time.Second
	// pollRecheck is how often it asks the store, although it heard of no change and
	// expects no view to be due.
	pollRecheck = 15 * time.Second
)

// RunPoller reads the views of integrations again and again. Another
// process's reading counts: together they ask no more often than one alone.
func (s *Service) RunPoller(ctx context.Context) error {
	tick := time.NewTicker(pollCheck)
	defer tick.Stop()
	news := s.Subscribe()
	defer news.Close()
	var again time.Time
	for {
		var due []tracker.IntegrationID
		if asks(news.Passed(), again, s.Now()) || s.refocused.Swap(false) {
			var err error
			if due, again, err = s.readableViews(ctx); err != nil {
				return err
			}
		}
		g, reading := errgroup.WithContext(ctx)
		g.SetLimit(4)
		for _, id := range due {
			g.Go(func() error {
				err := guard.Run(func() error { return s.RefreshView(reading, id) })
				var crash *guard.Crash
				switch {
				case errors.As(err, &crash):
					return err
				case err != nil && !tracker.IsContextError(err):
					s.Log.Warn("view not read", "integration", id, "code", tracker.CodeOf(err))
				}
				return nil
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// asks reports whether the store has to be asked what is due: it was not yet, it says
// something else now, or it is time. A time that is far off was set by a clock that was set
// back since.
func asks(heard tracker.Hint, again, now time.Time) bool {
	return heard.Has(tracker.HintIntegrations|tracker.HintTickets|tracker.HintProjects) || !now.Before(again) || again.Sub(now) > pollRecheck
}

// readableViews lists the integrations whose view is due, none while what is read
// could not be saved, and tells when to ask again at the latest. A store that is out of
// reach or locked for a while is asked again.
func (s *Service) readableViews(ctx context.Context) (due []tracker.IntegrationID, again time.Time, err error) {
	if s.StoreLost() == nil {
		due, again, err = dueViews(ctx, s)
	}
	if tracker.CodeOf(err) == tracker.CodeUnavailable && ctx.Err() == nil {
		s.Log.Warn("it is not known which views are due", "error", err)
		return nil, time.Time{}, nil
	}
	return due, again, err
}

// SetFocus records whether somebody looks at the tickets. While nobody does,
// views are read three times less often.
func (s *Service) SetFocus(focused bool) {
	if s.unfocused.Swap(!focused) == focused {
		s.refocused.Store(true)
	}
}

// DueViews lists the integrations that are active and not paused, and whose
// view was not read for a while.
func (s *Service) DueViews(ctx context.Context) ([]tracker.IntegrationID, error) {
	due, _, err := dueViews(ctx, s)
	return due, err
}

// dueViews is DueViews, and tells when the next of the others may be due.
func dueViews(ctx context.Context, s *Service) (due []tracker.IntegrationID, again time.Time, err error) {
	var reading []tracker.Integration
	var budget time.Duration
	last := make(map[tracker.IntegrationID]tracker.Fetch)
	sharing := make(map[string]int)
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		all, err := r.Integrations(0)
		if err != nil {
			return err
		}
		s.accounts.CloseAccounts(all)
		reading = slices.DeleteFunc(all, func(in tracker.Integration) bool { return !in.Sends() })
		for _, in := range reading {
			sharing[in.Host]++
			if last[in.ID], err = r.Fetch(in.ID); err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
				return err
			}
		}
		budget, err = viewBudget(r)
		return err
	})
	if err != nil {
		return nil, again, err
	}
	now := s.Now()
	again = now.Add(pollRecheck)
	for _, in := range reading {
		next := now
		if rest := s.accounts.Quota(in.Host).Requests.Rest(); rest > 0 {
			next = now.Add(rest)
		} else if !changedSince(in, last[in.ID], now) {
			next = s.nextReading(last[in.ID], budget, s.cost(last[in.ID], in.Host)*time.Duration(sharing[in.Host]))
		}
		switch {
		case !now.Before(next):
			due = append(due, in.ID)
		case next.Before(again):
			again = next
		}
	}
	return due, again, nil
}

// changedSince reports whether an integration was edited or switched on after its
// last reading, which then says nothing of it any more. It still waits as long
// as Zendesk asked.
func changedSince(in tracker.Integration, last tracker.Fetch, now time.Time) bool {
	edited := in.UpdatedAt.After(last.FinishedAt) && !in.UpdatedAt.After(now)
	return edited && !last.FinishedAt.IsZero() && !now.Before(last.NextAt)
}

// nextReading is when a view is read again after its last reading, which costs
// so much of Zendesk's time: the shortest distance between two of its kind.
func (s *Service) nextReading(last tracker.Fetch, budget, cost time.Duration) time.Time {
	if last.StartedAt.After(s.Now()) {
		return time.Time{} // begun by a clock that was set back since
	}
	if last.FinishedAt.IsZero() {
		// Another process reads it, or died while it did.
		return last.StartedAt.Add(max(budget, interval(s)))
	}
	rest := jittered(interval(s))
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

// jittered returns d give or take a tenth.
func jittered(d time.Duration) time.Duration {
	return d - d/10 + rand.N(d/5) //nolint:gosec // spreading requests needs no secrecy
}
