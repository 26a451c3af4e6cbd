package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"
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
			if err := w.AddDelivery(&d); err != nil {
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

// The claim of a database with one writer claims lanes twice where there are several: what
// counts the claims above finds that.
func TestClaimOfOneWriterIsFoundOut(t *testing.T) {
	address, ok := lanesDue(t, claimedLanes)
	if !ok {
		return
	}
	claims := claimAll(t, address, claimers, func(w *writer, now, until time.Time) (tracker.TicketID, bool, error) {
		none := []string{}
		type claimed struct {
			lane tracker.Lane
			head tracker.DeliveryID
		}
		won, err := one(&w.reader, "lane that is due", func(c *claimed) []any { return append(laneFields(&c.lane), &c.head) },
			claimLane, millis(now), millis(until), array[string]{&none})
		if tracker.CodeOf(err) == tracker.CodeNotFound {
			return 0, false, nil
		}
		return won.lane.Ticket.ID, err == nil, err
	})
	second := 0
	for _, n := range claims {
		second += n - 1
	}
	if second == 0 {
		t.Error("no lane was claimed twice: the test of claims proves nothing")
	}
}
