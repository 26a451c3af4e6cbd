package main

import (
	"context"
	"errors"
	"time"

	"storydesk/tracker"
)

const (
	// tendEvery is how often the parent looks after things.
	tendEvery = 100 * time.Millisecond
	// stallTimeout is how long nothing may move, beyond the quiet window, before
	// what is left counts as stuck.
	stallTimeout = 90 * time.Second
	// tooLong is the longest back-off, beyond the quiet window, that the person
	// who watches waits for when the troubles are over.
	tooLong = 10 * time.Second
)

// tend does what a person does who watches: it ends pauses, retries every
// parked comment once, and counts what is still in the lanes. A database that
// others keep locked is left for the next time.
func (c *campaign) tend(ctx context.Context) error {
	err := c.look(ctx)
	if tracker.CodeOf(err) == tracker.CodeUnavailable {
		return ctx.Err()
	}
	return err
}

func (c *campaign) look(ctx context.Context) error {
	counts, err := c.svc.Outbox.DeliveryCounts(ctx)
	if err != nil {
		return err
	}
	inLane := 0
	for state, n := range counts {
		if state.InLane() {
			inLane += n
		}
	}
	c.backlog.Store(int64(inLane))
	in, err := c.svc.Accounts.Integration(ctx, c.in.ProjectID, c.in.Name)
	if err != nil {
		return err
	}
	if in.PausedReason != "" {
		if _, err := c.svc.Accounts.SetIntegrationActive(ctx, in.ID, true); err != nil {
			return err
		}
	}
	return c.retryParked(ctx)
}

func (c *campaign) retryParked(ctx context.Context) error {
	parked, err := c.svc.Outbox.Deliveries(ctx, tracker.DeliveryQuery{States: []tracker.DeliveryState{tracker.DeliveryParked}})
	if err != nil {
		return err
	}
	for _, d := range parked {
		if c.retried[d.ID] {
			continue
		}
		if err := c.retry(ctx, d.ID); err != nil {
			return err
		}
		c.retried[d.ID] = true
	}
	return nil
}

// retry tries a comment again, unless a worker dropped or sent it in the meantime.
func (c *campaign) retry(ctx context.Context, id tracker.DeliveryID) error {
	_, err := c.svc.Outbox.RetryDeliveries(ctx, []tracker.DeliveryID{id})
	switch tracker.CodeOf(err) {
	case tracker.CodeRefused, tracker.CodeNotFound:
		return nil
	default:
		return err
	}
}

// hurry tries again at once what backs off for long.
func (c *campaign) hurry(ctx context.Context) error {
	left, err := c.svc.Outbox.Deliveries(ctx, tracker.DeliveryQuery{
		States: []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliveryUnconfirmed},
	})
	if err != nil {
		return err
	}
	late := c.svc.Now().Add(c.options.quiet + tooLong)
	for _, d := range left {
		if d.Behind != 0 || d.NotBefore.Before(late) {
			continue
		}
		if err := c.retry(ctx, d.ID); err != nil {
			return err
		}
	}
	return nil
}

// drain switches all faults off and waits until no comment is in a lane, or
// nothing has moved for long. Then it waits for what Zendesk still holds.
func (c *campaign) drain(ctx context.Context) error {
	c.faults.settle(c.box.Faults())
	c.box.ClearFaults()
	if err := c.troubles.Wait(); err != nil {
		return err
	}
	for _, s := range c.seats {
		if s.wasKilled() {
			if err := s.replace(ctx); err != nil {
				return err
			}
		}
	}
	moved, left := time.Now(), int64(-1)
	for time.Since(moved) < c.options.quiet+stallTimeout {
		if err := errors.Join(c.tend(ctx), unlessBusy(c.hurry(ctx))); err != nil {
			return err
		}
		now := c.backlog.Load()
		if now == 0 {
			break
		}
		if now != left {
			moved, left = time.Now(), now
		}
		rest(ctx, tendEvery)
	}
	if !c.options.calm {
		rest(ctx, c.faults.latest)
	}
	return ctx.Err()
}
