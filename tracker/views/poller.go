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
	"storydesk/tracker/kind"
)

const (
	// unfocusedSlower is how many times longer views rest while nobody looks.
	unfocusedSlower = 3
	// slowRest is how many times longer than its last reading a view rests.
	slowRest = 3
)

const (
	// pollCheck is how often the poller looks whether it is time to ask the store which views
	// are due.
	pollCheck = time.Second
	// pollRecheck is how long it goes without asking the store at most: changes that it did
	// not hear of are seen then.
	pollRecheck = 15 * time.Second
)

// RunPoller reads the views of integrations again and again, until ctx ends or the store
// fails. Another program's reading counts: together they ask no more often than one alone.
func (s *Service) RunPoller(ctx context.Context) error {
	tick := time.NewTicker(pollCheck)
	defer tick.Stop()
	news := s.Subscribe()
	defer news.Close()
	var again time.Time
	for {
		if asks(news.Passed(), again, s.Now()) || s.refocused.Swap(false) {
			var err error
			if again, err = s.PollOnce(ctx); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}

// PollOnce reads the views that are due now, none while the store is lost, since nothing
// could be saved. It returns when to look again at the latest. What goes wrong with a view
// is logged and saved with it; PollOnce fails where the store does, and where a reading
// crashed.
func (s *Service) PollOnce(ctx context.Context) (again time.Time, err error) {
	due, again, err := readableViews(ctx, s)
	if err != nil {
		return again, err
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
	return again, g.Wait()
}

// refreshDue reads a view that was due after the reading that was found. Where another
// program is reading it, or has read it since, it does nothing.
func refreshDue(ctx context.Context, s *Service, found tracker.Fetch) error {
	err := s.refreshView(ctx, found.IntegrationID, func(last tracker.Fetch) bool {
		return last.ID == found.ID && last.FinishedAt.Equal(found.FinishedAt)
	})
	if errors.Is(err, errElsewhere) || errors.Is(err, errOvertaken) {
		return nil
	}
	return err
}

// asks reports whether to ask the store which views are due: because of what was heard, or
// since it is time (again). A time further off than pollRecheck was reckoned before the clock
// was set back.
func asks(heard tracker.Hint, again, now time.Time) bool {
	return heard.Has(tracker.HintIntegrations|tracker.HintTickets|tracker.HintProjects) || !now.Before(again) || again.Sub(now) > pollRecheck
}

// readableViews is dueViews, with none while the store is lost. Where the store is out of
// reach or locked, again is the zero time: it is asked once more at the next look.
func readableViews(ctx context.Context, s *Service) (due []tracker.Fetch, again time.Time, err error) {
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

// DueViews lists the integrations whose view is to be read now: they are active, not paused
// and signed in to here, it was not read for a while, and nobody reads it.
func (s *Service) DueViews(ctx context.Context) ([]tracker.IntegrationID, error) {
	due, _, err := dueViews(ctx, s)
	var ids []tracker.IntegrationID
	for _, last := range due {
		ids = append(ids, last.IntegrationID)
	}
	return ids, err
}

// viewState is what the poller goes by for one view.
type viewState struct {
	in   tracker.Integration
	last tracker.Fetch
	// sharing counts the views of its account, with this one.
	sharing int
	// taken is until when nobody but its reader may read it, zero where nobody reads it now.
	taken time.Time
}

// dueViews returns the last readings of the views that are due, and when the first of the
// others may be, in pollRecheck at the latest.
func dueViews(ctx context.Context, s *Service) (due []tracker.Fetch, again time.Time, err error) {
	states, err := viewStates(ctx, s)
	if err != nil {
		return nil, again, err
	}
	now := s.Now()
	again = now.Add(pollRecheck)
	for _, v := range states {
		next := now
		if rest := s.accounts.Quota(v.in.Host).Requests.Rest(); rest > 0 {
			next = now.Add(rest)
		} else if !v.taken.IsZero() {
			next = v.taken
		} else if !changedSince(v.in, v.last, now) {
			next = s.nextReading(v.last, s.cost(v.last, v.in.Host)*time.Duration(v.sharing))
		}
		switch {
		case !now.Before(next):
			due = append(due, v.last)
		case next.Before(again):
			again = next
		}
	}
	return due, again, nil
}

// viewStates reads what the poller goes by of the integrations that are active and not paused.
func viewStates(ctx context.Context, s *Service) (states []viewState, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		all, err := r.Integrations(0)
		if err != nil {
			return err
		}
		s.accounts.CloseAccounts(all)
		all = slices.DeleteFunc(all, func(in tracker.Integration) bool { return !in.Sends() })
		sharing := make(map[string]int)
		for _, in := range all {
			sharing[in.Host]++
		}
		states = nil
		for _, in := range all {
			v := viewState{in: in, sharing: sharing[in.Host]}
			if v.last, err = r.Fetch(in.ID); err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
				return err
			}
			// While it is asked whether a feed has changed, its last reading is one that has ended.
			under := v.last.FinishedAt.IsZero() || !kind.Of(in).Views
			if v.last.IntegrationID = in.ID; v.last.ID != 0 && under {
				if v.taken, err = takenUntil(s, r, in.ID); err != nil {
					return err
				}
			}
			states = append(states, v)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return present(ctx, s, states)
}

// present leaves out the views of integrations that this user is not signed in to.
func present(ctx context.Context, s *Service, states []viewState) ([]viewState, error) {
	all := make([]tracker.Integration, len(states))
	for i, v := range states {
		all[i] = v.in
	}
	absent, err := s.accounts.Absent(ctx, all)
	return slices.DeleteFunc(states, func(v viewState) bool { return slices.Contains(absent, v.in.ID) }), err
}

// changedSince reports whether an integration was edited or turned on after its last
// reading, so that it has to be read again. While Zendesk wants to be left alone it is false.
func changedSince(in tracker.Integration, last tracker.Fetch, now time.Time) bool {
	edited := in.UpdatedAt.After(last.FinishedAt) && !in.UpdatedAt.After(now)
	return edited && !last.FinishedAt.IsZero() && !now.Before(last.NextAt)
}

// nextReading is when a view is read again after its last reading, the zero time for at
// once. cost is how far apart the beginnings of two such readings have to be. All programs
// that share the store reckon the same, but for their settings and where nobody looks.
func (s *Service) nextReading(last tracker.Fetch, cost time.Duration) time.Time {
	if setBack(last, s.Now()) {
		return time.Time{}
	}
	if last.FinishedAt.IsZero() {
		return time.Time{} // it was never read, or who read it died: nobody reads it now
	}
	if last.Asked {
		return last.NextAt
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

// cost is how far apart readings like the last have to begin, so that they take no more than
// their share of what the account allows in a minute.
func (s *Service) cost(last tracker.Fetch, host string) time.Duration {
	requests := 2 + max(0, last.Total)/100 + last.Beside
	return time.Duration(requests) * tracker.ReadingShare * time.Minute / time.Duration(s.accounts.Requests(host).Limit())
}

// interval is how long a view rests after a reading, give or take a tenth.
func interval(s *Service) time.Duration { return cmp.Or(s.Refresh, tracker.PollInterval) }

// ReadingInterval is about how far apart the readings of a view are, reckoned from the last
// one, where so many views share the account.
func (s *Service) ReadingInterval(last tracker.Fetch, host string, sharing int) time.Duration {
	slow := slowRest * last.FinishedAt.Sub(last.StartedAt)
	return max(interval(s), slow, s.cost(last, host)*time.Duration(sharing))
}

// jittered returns d give or take a tenth: for all programs the same after one reading.
func jittered(d time.Duration, after tracker.Fetch) time.Duration {
	seeded := rand.New(rand.NewPCG(uint64(after.IntegrationID), uint64(after.ID))) //nolint:gosec // spreading requests needs no secrecy
	return d - d/10 + time.Duration(seeded.Int64N(max(1, int64(d/5))))
}
