package views

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/guard"
	"storydesk/tracker/kernel"
)

// One program at a time reads a view, by a lease. It lasts for the reading and no longer:
// in between, whoever first finds the view due reads it.

const (
	// readerLasts is how long the lease lasts, and readerBeat how often it is extended
	// while a reading goes on: when its reader dies, another one begins after that.
	readerLasts = 20 * time.Second
	readerBeat  = 5 * time.Second
	// readerSkew is how far apart the clocks of two machines may be.
	readerSkew = time.Minute
	// readerCheck is how often somebody who waits looks whether the reader is done.
	readerCheck = 200 * time.Millisecond
)

var (
	errElsewhere = errors.New("another storydesk reads the view")
	errOvertaken = errors.New("another storydesk has read the view")
)

// reader is this program as one of those that may read views.
type reader struct{ *kernel.Kernel }

// holder is who holds the lease for one reading of this program: a reading that takes the
// place of another has a lease of its own, which the end of the other does not end.
func (s reader) holder() string { return s.Me + "/" + s.NewID() }

// ours reports whether a lease is that of a reading of this program.
func (s reader) ours(l tracker.Lease) bool { return strings.HasPrefix(l.Holder, s.Me+"/") }

// lease is the lease of a reading, from now on.
func (s reader) lease(r *viewReading) tracker.Lease {
	return tracker.Lease{Name: readerLease(r.in.ID), Holder: r.holder, Until: s.Now().Add(readerLasts)}
}

// setBack reports whether a reading was begun by a clock that was set back since. Clocks of
// a team that differ a little are none.
func setBack(last tracker.Fetch, now time.Time) bool {
	return last.StartedAt.After(now.Add(readerSkew))
}

func readerLease(id tracker.IntegrationID) string { return fmt.Sprintf("view/%d", id) }

// elsewhere returns until when another program has the right to read a view, the zero time
// where none has.
func (s reader) elsewhere(r tracker.Reader, id tracker.IntegrationID) (until time.Time, err error) {
	l, err := r.Lease(readerLease(id))
	held := l.Holder != "" && !s.ours(l) && s.Now().Before(l.Until) && !l.Until.After(s.Now().Add(readerLasts+readerSkew))
	if err != nil || !held {
		return time.Time{}, err
	}
	return l.Until, nil
}

// takenUntil returns until when nobody may begin to read a view, for this program or another
// reads it, the zero time where nobody does.
func takenUntil(s *Service, r tracker.Reader, id tracker.IntegrationID) (time.Time, error) {
	s.mu.Lock()
	here := s.readings[id] != nil
	s.mu.Unlock()
	if here {
		return s.Now().Add(readerLasts), nil
	}
	return s.reader.elsewhere(r, id)
}

// claim makes a reading of this program the one that reads a view, in the place of an
// earlier one of this program. It fails with errElsewhere while another program reads it.
func (s reader) claim(w tracker.Writer, r *viewReading) error {
	mine, now := s.lease(r), s.Now()
	held, err := w.Lease(mine.Name)
	if err != nil {
		return err
	}
	if held.Holder != mine.Holder {
		if s.ours(held) && held.Until.After(now) {
			now = held.Until // as if it had run out: this program's own is free for it
		}
		// What ends later than this counts as made by a clock that was set back since.
		latest := mine
		latest.Until = mine.Until.Add(readerSkew)
		_, ok, err := w.ClaimLease(latest, now)
		if err != nil {
			return err
		}
		if !ok {
			return errElsewhere
		}
	}
	return w.ExtendLease(mine)
}

// begin makes this program the reader of a view and saves how its reading begins, unless
// the last one is not the one that wanted it: errElsewhere, errOvertaken.
func (s reader) begin(ctx context.Context, r *viewReading, wanted func(last tracker.Fetch) bool, save func(tracker.Writer) error) error {
	return s.Write(ctx, tracker.HintTickets, func(w tracker.Writer) error {
		if err := s.claim(w, r); err != nil {
			return err
		}
		last, err := w.Fetch(r.in.ID)
		if err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
			return err
		}
		if !wanted(last) {
			return errOvertaken
		}
		return save(w)
	})
}

// release lets others read the view after a reading. held is false where another reading
// has the lease by now, which keeps it.
func (s reader) release(w tracker.Writer, r *viewReading) (held bool, err error) {
	mine := s.lease(r)
	now, err := w.Lease(mine.Name) // on a server it stays as it is from here on
	if err != nil || now.Holder != mine.Holder {
		return false, err
	}
	return true, w.EndLease(mine)
}

// beat extends the lease while a reading goes on, and stops the reading when another has
// taken it over, as after a sleep of this machine. stop ends it.
func (s reader) beat(ctx context.Context, r *viewReading) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() {
		ended <- guard.Run(func() error {
			tick := time.NewTicker(readerBeat)
			defer tick.Stop()
			for {
				select {
				case <-ctx.Done():
					return nil
				case <-tick.C:
				}
				s.extend(ctx, r)
			}
		})
	}()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			s.Log.Error("the lease on a view was not extended", "integration", r.in.ID, "error", err)
		}
	}
}

// extend extends the lease on a view once.
func (s reader) extend(ctx context.Context, r *viewReading) {
	mine := s.lease(r)
	err := s.Store.Write(ctx, func(w tracker.Writer) error {
		held, err := w.Lease(mine.Name)
		if err != nil {
			return err
		}
		if held.Holder != mine.Holder {
			return errOvertaken
		}
		return w.ExtendLease(mine)
	})
	switch {
	case errors.Is(err, errOvertaken):
		r.stop(errOvertaken)
	case err != nil && ctx.Err() == nil:
		s.Log.Warn("the lease on a view was not extended", "integration", r.in.ID, "error", err)
	}
}

// awaitReader waits until no other program reads a view. done reports whether one has read
// all of it meanwhile; it fails as the reading did.
func (s reader) awaitReader(ctx context.Context, id tracker.IntegrationID) (done bool, err error) {
	tick := time.NewTicker(readerCheck)
	defer tick.Stop()
	for {
		var until time.Time
		var last tracker.Fetch
		err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
			if until, err = s.elsewhere(r, id); err != nil {
				return err
			}
			last, err = r.Fetch(id)
			return err
		})
		switch {
		case err != nil:
			return false, err
		case !until.IsZero():
		case !last.FinishedAt.IsZero() && last.Problem != "":
			return true, &tracker.Error{Code: tracker.CodeUnavailable, Message: last.Problem}
		default:
			return !last.FinishedAt.IsZero() && !last.Partial, nil
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-tick.C:
		}
	}
}
