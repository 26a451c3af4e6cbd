package courier_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"storydesk/tracker"
)

// faultyDesks panic when a ticket is updated.
type faultyDesks struct{ tracker.Desks }

type faultyDesk struct{ tracker.Desk }

func (d faultyDesks) Open(in tracker.Integration, c tracker.Credentials) (tracker.Desk, error) {
	desk, err := d.Desks.Open(in, c)
	return faultyDesk{desk}, err
}

func (faultyDesk) Update(context.Context, tracker.TicketID, tracker.TicketUpdate) (tracker.Audit, error) {
	panic("the desk's fault")
}

// A panic where a note is sent ends Run with an error. The note is sent once all
// the same, by whoever runs next.
func TestAPanicOfTheCourierEndsRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Comment(st, "Found it.")
	_, faulty := w.Open(0)
	faulty.Desks = faultyDesks{faulty.Desks}
	var crash *tracker.Crash
	if err := faulty.Run(t.Context()); !errors.As(err, &crash) || crash.Value != "the desk's fault" || !strings.Contains(crash.Stack, "crash_test.go") {
		t.Fatalf("%v", err)
	}
	w.Deliver(st)
	w.Once(ticket, "Found it.")
}

func TestGuardReturnsWhatItsFunctionReturns(t *testing.T) {
	t.Parallel()
	want := errors.New("an ordinary fault")
	for _, err := range []error{nil, want} {
		if got := tracker.Guard(func() error { return err }); !errors.Is(got, err) {
			t.Errorf("got %v, want %v", got, err)
		}
	}
}
