package tracker

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"
)

// PollInterval is how long after a reading of a view the next one begins, give
// or take a tenth, so that several terminals do not ask in step.
const PollInterval = 60 * time.Second

// pollCheck is how often the poller looks which views are due.
const pollCheck = time.Second

// runPoller reads the views of integrations again and again. Another
// process's reading counts: together they ask no more often than one alone.
func (s *Service) runPoller(ctx context.Context) error {
	tick := time.NewTicker(pollCheck)
	defer tick.Stop()
	for {
		due, err := s.dueViews(ctx)
		if err != nil {
			return err
		}
		g, reading := errgroup.WithContext(ctx)
		g.SetLimit(4)
		for _, id := range due {
			g.Go(func() error {
				if err := s.RefreshView(reading, id); err != nil && !isContextError(err) {
					s.Log.Warn("view not read", "integration", id, "code", CodeOf(err))
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

// dueViews lists the integrations that are active and not paused, and whose
// view was not read for a while.
func (s *Service) dueViews(ctx context.Context) ([]IntegrationID, error) {
	var due []IntegrationID
	err := s.Store.Read(ctx, func(r Reader) error {
		all, err := r.Integrations(0)
		if err != nil {
			return err
		}
		for _, in := range all {
			last, err := r.Fetch(in.ID)
			if err != nil && CodeOf(err) != CodeNotFound {
				return err
			}
			if in.Sends() && s.Now().Sub(last.StartedAt) >= jittered(PollInterval) {
				due = append(due, in.ID)
			}
		}
		return nil
	})
	return due, err
}

// jittered returns d give or take a tenth.
func jittered(d time.Duration) time.Duration {
	return d - d/10 + rand.N(d/5) //nolint:gosec // spreading requests needs no secrecy
}

func isContextError(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
