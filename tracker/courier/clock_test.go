package courier_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// The clock jumps while a private comment is being sent: its lease seems to have run out
// and the gap between two attempts to have passed. The ticket changed in the
// same second, so that its stamp alone tells no twin from the other.
func TestAClockThatJumpsDoublesNothing(t *testing.T) {
	t.Parallel()
	// Zendesk's clock can be put forward to the beginning of a second.
	var ahead atomic.Int64
	w := world{trackertest.NewOf(t, sandbox.Options{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	ticket := w.Ticket(tracker.TicketOpen)
	w.Comment(w.Story(ticket), "What time is it?")
	_, later := w.Open(0)
	later.Now = func() time.Time { return time.Now().Round(0).Add(10 * time.Minute) }
	w.Faults(onUpdate(sandbox.Fault{Before: sandbox.Pause{Hold: "first"}}))

	ahead.Store(int64(time.Until(time.Now().Truncate(time.Second).Add(time.Second))))
	if err := w.Sandbox.Edit(sandbox.Edit{Ticket: int64(ticket), Comment: "Just now."}); err != nil {
		t.Fatal(err)
	}
	go func() { _ = w.Engine.Run(t.Context()) }()
	if err := w.Sandbox.Held(t.Context(), "first"); err != nil {
		t.Fatal(err)
	}
	go func() { _ = later.Run(t.Context()) }()
	w.eventually(func() bool { return w.answeredUpdates() == 1 })
	w.Sandbox.Release("first")
	w.eventually(func() bool { return w.answeredUpdates() == 2 })
	w.Once(ticket, "What time is it?")
}

// A laptop that sleeps, or a clock that is set, moves the time by hours in
// either direction: what waited by the old time is sent all the same, once.
func TestNothingWaitsForAClockThatWasSet(t *testing.T) {
	t.Parallel()
	tests := map[string]sandbox.Fault{
		"after a refusal":          {Answer: "limited-account", RetryAfter: 600},
		"after a failed reading":   {Method: http.MethodGet, Path: updates, Answer: "unavailable"},
		"after a lost answer":      {Apply: true, Answer: sandbox.AnswerReset},
		"after a lost request":     {Answer: sandbox.AnswerReset},
		"after nothing went wrong": {Skip: 99},
	}
	for name, fault := range tests {
		for _, by := range []time.Duration{-5 * time.Hour, 5 * time.Hour} {
			t.Run(fmt.Sprintf("%s by %s", name, by), func(t *testing.T) {
				t.Parallel()
				clock, account := newHandClock(), newHandClock()
				// Time passes for both; only this machine's clock jumps.
				pass := func(d time.Duration) {
					clock.pass(d)
					account.pass(d)
				}
				w := world{trackertest.NewOf(t, sandbox.Options{Now: account.now})}
				w.datedByItsClock()
				if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
					t.Fatal(err)
				}
				w.Engine.Now, w.Engine.QuietWindow, w.Engine.Grace = clock.now, 2*time.Minute, 4*time.Second
				w.Engine.Courier.Patient()
				ticket := w.Ticket(tracker.TicketOpen)
				st := w.Story(ticket)
				happens := fault
				if happens.Method == "" {
					happens = onUpdate(happens)
				}
				w.Faults(happens)
				w.Comment(st, "First.")
				w.Comment(st, "Second.")
				pass(5 * time.Second)
				w.sync()
				clock.pass(by)
				w.sync()
				// The quiet window begins again where the clock was set back.
				for range 2 {
					pass(3 * time.Minute)
					w.sync()
				}
				if !w.sync().Settled() {
					deliveries, _ := w.Deliveries(t.Context(), st)
					t.Errorf("not settled: %+v", deliveries)
				}
				w.Once(ticket, "First.")
				w.Once(ticket, "Second.")
				w.inOrder(ticket, "First.", "Second.")
			})
		}
	}
}

// A courier that died before the clock was set back left a lease that lasts
// for hours.
func TestALeaseOfAnotherTimeEnds(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	clock := newHandClock()
	w.Engine.Now = clock.now
	ticket := w.Ticket(tracker.TicketOpen)
	w.Comment(w.Story(ticket), "Still here.")
	err := w.DB.Write(t.Context(), func(wr tracker.Writer) error {
		_, ok, err := wr.ClaimLane(clock.now(), clock.now().Add(time.Minute), nil)
		if !ok {
			t.Error("nothing to claim")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	clock.pass(-5 * time.Hour)
	w.sync()
	clock.pass(time.Second) // past the time at which it was made due
	w.sync()
	w.Once(ticket, "Still here.")
}

// Views are read on after the clock was set back.
func TestViewsAreReadAfterTheClockWasSetBack(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Faults(sandbox.Fault{Path: "/views/*", Answer: "limited-account", RetryAfter: 60})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeLimited {
		t.Fatal(err)
	}
	w.Engine.Now = func() time.Time { return time.Now().Add(-5 * time.Hour) }
	due, err := w.Engine.Views.DueViews(t.Context())
	if err != nil || len(due) != 1 {
		t.Errorf("due: %v, %v", due, err)
	}
	w.Sandbox.ClearFaults()
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Error(err)
	}
}

// answeredUpdates counts the updates that Zendesk has answered.
func (w world) answeredUpdates() int {
	n := 0
	for _, r := range w.Sandbox.Requests() {
		if r.Method == http.MethodPut && r.Status != 0 {
			n++
		}
	}
	return n
}

// eventually waits until something is so.
func (w world) eventually(so func() bool) {
	w.T.Helper()
	for deadline := time.Now().Add(time.Minute); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.T.Fatal("it never came about")
		}
	}
}
