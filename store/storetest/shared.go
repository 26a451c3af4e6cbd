package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
)

// Two processes that read a number and write it back lose no step.
func testTurns(t *testing.T, a, b *suite) {
	p := a.project("counted")
	const steps = 25
	var wait sync.WaitGroup
	for _, s := range []*suite{a, a, b, b} {
		wait.Go(func() {
			for range steps {
				err := s.store.Write(t.Context(), func(w tracker.Writer) error {
					p, err := w.Project(p.ID)
					if err != nil {
						return err
					}
					p.InitialVelocity++
					return w.SaveProject(&p)
				})
				if err != nil {
					t.Errorf("write: %v", err)
				}
			}
		})
	}
	wait.Wait()
	got := get(b, func(r tracker.Reader) (tracker.Project, error) { return r.Project(p.ID) })
	same(t, "counted", got.InitialVelocity, p.InitialVelocity+4*steps)
}

// Claimers of two processes never hold one lane at once, and every private comment leaves
// once and in order.
func testClaimers(t *testing.T, a, b *suite) {
	in := a.integration("zd", host)
	const lanes, deliveries = 5, 6
	for n := range deliveries {
		for lane := range lanes {
			a.delivery(in, tracker.TicketID(lane), fmt.Sprintf("%d/%d", lane, n))
		}
	}
	var held [lanes]atomic.Bool
	var sent [lanes]atomic.Int64
	var wait sync.WaitGroup
	for _, s := range []*suite{a, a, b, b} {
		wait.Go(func() {
			for sendOne(t, s.store, held[:], sent[:]) {
			}
		})
	}
	wait.Wait()
	for lane := range lanes {
		same(t, "notes sent", sent[lane].Load(), int64(deliveries))
	}
}

// sendOne claims a lane, delivers its head and releases it. It returns false
// once all lanes are empty.
func sendOne(t *testing.T, store tracker.Store, held []atomic.Bool, sent []atomic.Int64) bool {
	var claim tracker.Claim
	var won, left bool
	err := store.Write(t.Context(), func(w tracker.Writer) (err error) {
		if claim, won, err = w.ClaimLane(epoch(), at(time.Minute), nil); err != nil {
			return err
		}
		_, left, err = w.NextDue()
		return err
	})
	if err != nil {
		t.Errorf("claim: %v", err)
		return false
	}
	if !won {
		return left
	}
	lane := claim.Delivery.Ticket.ID
	if !held[lane].CompareAndSwap(false, true) {
		t.Errorf("lane %d was claimed twice", lane)
	}
	if want := fmt.Sprintf("%d/%d", lane, sent[lane].Add(1)-1); claim.Delivery.Operation != want {
		t.Errorf("claimed %q, want %q", claim.Delivery.Operation, want)
	}
	held[lane].Store(false)
	err = store.Write(t.Context(), func(w tracker.Writer) error {
		claim.Delivery.State = tracker.DeliverySent
		if err := w.SaveDelivery(&claim.Delivery); err != nil {
			return err
		}
		return w.ReleaseLane(claim.Lane)
	})
	if err != nil {
		t.Errorf("settle: %v", err)
	}
	return err == nil
}

// A reader keeps its snapshot while another process writes, and does not wait.
func testSnapshot(t *testing.T, a, b *suite) {
	a.project("one")
	a.read(func(r tracker.Reader) error {
		before, err := r.Projects()
		if err != nil {
			return err
		}
		b.project("two")
		after, err := r.Projects()
		same(t, "projects in one snapshot", after, before)
		return err
	})
	same(t, "projects", len(get(a, tracker.Reader.Projects)), 2)
	b.write(func(w tracker.Writer) error {
		p := tracker.NewProject("three")
		if err := w.AddProject(&p); err != nil {
			return err
		}
		same(t, "projects seen while another writes", len(get(a, tracker.Reader.Projects)), 2)
		return nil
	})
}

func testWatch(t *testing.T, a, b *suite) {
	ctx, cancel := context.WithCancel(t.Context())
	changed := make(chan struct{}, 100)
	ended := make(chan error)
	// What was committed before watching begins, and after what is watched was read, counts.
	b.write(func(w tracker.Writer) error { return w.SaveSetting("k", "before") })
	go func() { ended <- a.store.Watch(ctx, func() { changed <- struct{}{} }) }()

	noticed := func(when string) {
		t.Helper()
		select {
		case <-changed:
		case <-time.After(30 * time.Second):
			t.Fatalf("a commit %s watching began was not noticed", when)
		}
	}
	noticed("before")
	b.write(func(w tracker.Writer) error { return w.SaveSetting("k", "after") })
	noticed("after")
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("watch ended with %v", err)
	}
}
