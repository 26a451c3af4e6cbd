package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"
	"storydesk/store/query"
	"storydesk/tracker"
)

// claimAll lets several programs claim lanes until none is due, and returns how often each
// lane was claimed.
func claimAll(t *testing.T, address string, programs int, claim func(w *writer, now, until time.Time) (tracker.TicketID, bool, error)) map[tracker.TicketID]int {
	t.Helper()
	var mutex sync.Mutex
	claims := map[tracker.TicketID]int{}
	var wait sync.WaitGroup
	for range programs {
		s := mustOpenServer(t, address)
		wait.Go(func() {
			for {
				var ticket tracker.TicketID
				var won, left bool
				err := s.write(t.Context(), func(w *writer) (err error) {
					if ticket, won, err = claim(w, now(), now().Add(time.Minute)); err != nil || won {
						return err
					}
					_, left, err = w.NextDue()
					return err
				})
				if err != nil {
					t.Errorf("claiming: %v", err)
					return
				}
				if !won && !leftDue(t, s, left) {
					return
				}
				if won {
					mutex.Lock()
					claims[ticket]++
					mutex.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return claims
}

// leftDue reports whether a lane is due still: another program may hold it for a moment.
func leftDue(t *testing.T, s *Server, left bool) bool {
	t.Helper()
	var at time.Time
	err := s.read(t.Context(), func(r *reader) (err error) {
		at, left, err = r.NextDue()
		return err
	})
	if err != nil {
		t.Errorf("looking for what is due: %v", err)
		return false
	}
	return left && !at.After(now())
}

// lanesDue makes a database with lanes that are due.
func lanesDue(t *testing.T, lanes int) (address string, ok bool) {
	t.Helper()
	address, ok = postgrestest.Database(t, prepareServer)
	if !ok {
		return "", false
	}
	err := mustOpenServer(t, address).Write(t.Context(), func(w tracker.Writer) error {
		in, err := addIntegration(w)
		if err != nil {
			return err
		}
		for n := range lanes {
			d := waiting(in, n)
			d.Ticket.ID, d.Operation = tracker.TicketID(n+1), fmt.Sprint("claimed ", n)
			if err := w.AddDelivery(d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return address, true
}

const (
	claimedLanes = 400
	claimers     = 8
)

// Eight programs claim each of 400 lanes once.
func TestClaimersOnPostgreSQL(t *testing.T) {
	address, ok := lanesDue(t, claimedLanes)
	if !ok {
		return
	}
	claims := claimAll(t, address, claimers, func(w *writer, now, until time.Time) (tracker.TicketID, bool, error) {
		c, ok, err := w.ClaimLane(now, until, nil)
		return c.Lane.Ticket.ID, ok, err
	})
	if len(claims) != claimedLanes {
		t.Errorf("%d lanes were claimed, want %d", len(claims), claimedLanes)
	}
	for ticket, n := range claims {
		if n != 1 {
			t.Errorf("the lane of %s was claimed %d times", ticket, n)
		}
	}
}

// The claim of a database with one writer takes a lane that another program is about to claim
// when it has waited for it: what a claim of several writers has to avoid.
func TestClaimOfOneWriterTakesLanesTwice(t *testing.T) {
	address, ok := lanesDue(t, 2)
	if !ok {
		return
	}
	first, second := mustOpenServer(t, address), mustOpenServer(t, address)
	claimed, release, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	var before, after tracker.TicketID
	go func() {
		ended <- first.write(t.Context(), func(w *writer) (err error) {
			before, err = claimAsOneWriter(w)
			close(claimed)
			<-release
			return err
		})
	}()
	<-claimed
	go waitForALock(t, first, release)
	err := second.write(t.Context(), func(w *writer) (err error) {
		after, err = claimAsOneWriter(w)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if before == 0 || before != after {
		t.Errorf("the lanes of %s and %s were claimed: the claim of one writer does no harm", before, after)
	}
}

func claimAsOneWriter(w *writer) (tracker.TicketID, error) {
	type claimed struct {
		lane tracker.Lane
		head tracker.DeliveryID
	}
	none := []string{}
	won, err := query.One(w.Session, "lane that is due", func(c *claimed) []any { return append(laneFields(&c.lane), &c.head) },
		claimLane, millis(now()), millis(now().Add(time.Minute)), array[string]{&none})
	return won.lane.Ticket.ID, err
}

// waitForALock closes release once a transaction waits for another one's row.
func waitForALock(t *testing.T, s *Server, release chan<- struct{}) {
	defer close(release)
	const waiting = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"
	for t.Context().Err() == nil {
		var found bool
		if err := s.Readers.QueryRowContext(t.Context(), waiting).Scan(&found); err != nil {
			t.Errorf("looking for who waits: %v", err)
			return
		}
		if found {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// A change that waits for a row while it commits does not keep the program's other changes from
// committing, for which it may wait.
func TestCommitsOfOneProgramDoNotWaitForEachOther(t *testing.T) {
	address, ok := lanesDue(t, 1)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	s := mustOpenServer(t, address)
	var in []tracker.Integration
	err := s.Write(ctx, func(w tracker.Writer) (err error) { // the program's row is known from then on
		if in, err = w.Integrations(0); err != nil {
			return err
		}
		return w.SaveSetting("k", "before")
	})
	if err != nil {
		t.Fatal(err)
	}
	ticket := tracker.TicketKey{Host: in[0].Host, ID: 1}
	locked, release, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- s.Write(ctx, func(w tracker.Writer) error {
			_, err := w.Lane(ticket)
			close(locked)
			<-release
			return errors.Join(err, w.SaveSetting("k", "after"))
		})
	}()
	<-locked
	go waitForALock(t, s, release)
	err = s.Write(ctx, func(w tracker.Writer) error {
		d := waiting(in[0], 1)
		d.Operation, d.Ticket = "behind", ticket
		return w.AddDelivery(d)
	})
	if err := errors.Join(err, <-ended); err != nil {
		t.Error(err)
	}
}
