package courier_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/guard"
	"storydesk/tracker/trackertest"
)

// faultyAccounts panic when a ticket is updated.
type faultyAccounts struct{ tracker.Zendesk }

type faultyAccount struct{ tracker.Account }

func (d faultyAccounts) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	account, err := d.Zendesk.Open(in, c)
	return faultyAccount{account}, err
}

func (faultyAccount) Update(context.Context, tracker.TicketID, tracker.TicketUpdate) (tracker.Audit, error) {
	panic("the desk's fault")
}

// A panic where a private comment is sent ends Run with an error. The private comment is sent once all
// the same, by whoever runs next.
func TestAPanicOfTheCourierEndsRun(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Comment(st, "Found it.")
	_, faulty := w.Open(0)
	faulty.Zendesk = faultyAccounts{faulty.Zendesk}
	var crash *guard.Crash
	if err := faulty.Run(t.Context()); !errors.As(err, &crash) || crash.Value != "the desk's fault" || !strings.Contains(crash.Stack, "crash_test.go") {
		t.Fatalf("%v", err)
	}
	trackertest.Later(w.Engine, 2*time.Minute) // past the lease
	w.Deliver(st)
	w.Once(ticket, "Found it.")
}

func TestGuardReturnsWhatItsFunctionReturns(t *testing.T) {
	t.Parallel()
	want := errors.New("an ordinary fault")
	for _, err := range []error{nil, want} {
		if got := guard.Run(func() error { return err }); !errors.Is(got, err) {
			t.Errorf("got %v, want %v", got, err)
		}
	}
}
