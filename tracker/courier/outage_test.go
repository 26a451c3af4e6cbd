package courier_test

import (
	"net/http"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// Private comments that back off from an account out of reach leave as soon as it answers
// anything, and not before it does.
func TestCommentsLeaveWhenTheAccountIsBack(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	clock := newHandClock()
	w.Engine.Now = clock.now
	w.Engine.Courier.Patient()
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "Is anybody there?")
	w.Faults(sandbox.Fault{Times: -1, Answer: "bad-gateway"})
	if report, err := w.Engine.Courier.Sync(t.Context()); err != nil || len(report.Problems) != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	deliveries, _ := w.Deliveries(t.Context(), st)
	if d := deliveries[0]; !d.Unreachable || d.Failures != 1 || d.NotBefore.Sub(clock.now()) < 5*time.Minute {
		t.Fatalf("%+v", d)
	}
	w.Sandbox.ClearFaults()
	w.sync() // reads the view first
	w.Once(ticket, "Is anybody there?")
}

// So they do when somebody reads a conversation.
func TestAConversationCallsCommentsThatWait(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Courier.Patient()
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "Is anybody there?")
	w.Faults(sandbox.Fault{Method: http.MethodGet, Path: updates, Answer: "bad-gateway"})
	if err := w.Engine.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Conversation.Read(t.Context(), w.In.ID, ticket, 1); err != nil {
		t.Fatal(err)
	}
	w.Deliver(st)
	w.Once(ticket, "Is anybody there?")
}

// One private comment that gets through calls those that wait on other tickets.
func TestACommentThatGetsThroughCallsTheOthers(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	first, second := w.Ticket(tracker.TicketOpen), w.Ticket(tracker.TicketNew)
	cut := w.Story(first)
	w.Comment(cut, "Cut off.")
	w.Faults(sandbox.Fault{Method: http.MethodGet, Path: updates, Answer: "bad-gateway"})
	w.Engine.Courier.Patient()
	if err := w.Engine.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if deliveries, _ := w.Deliveries(t.Context(), cut); !deliveries[0].Unreachable {
		t.Fatalf("%+v", deliveries[0])
	}
	w.Comment(w.Story(second), "Got through.")
	w.Deliver(cut)
	w.Once(first, "Cut off.")
	w.Once(second, "Got through.")
}

// An update that fails while the ticket can be read backs off alone: a reading
// that succeeds proves nothing of updates.
func TestAFailedUpdateIsNotCalledByReadings(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Courier.Patient()
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Comment(st, "Not now.")
	w.Faults(onUpdate(sandbox.Fault{Times: -1, Answer: "server-error"}))
	w.sync()
	w.sync()
	if deliveries, _ := w.Deliveries(t.Context(), st); deliveries[0].Attempts != 1 || deliveries[0].Failures != 1 {
		t.Errorf("%+v", deliveries[0])
	}
}

// The back-off goes on where it was after a restart.
func TestABackOffSurvivesARestart(t *testing.T) {
	t.Parallel()
	clock := newHandClock()
	w := world{trackertest.NewOf(t, sandbox.Options{Now: clock.now})}
	w.datedByItsClock()
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Comment(st, "Not now.")
	w.Faults(onUpdate(sandbox.Fault{Times: -1, Answer: "server-error"}))
	for n := 1; n <= 5; n++ {
		_, svc := w.Open(0)
		svc.Now = clock.now
		svc.Courier.Hasten()
		if err := svc.Courier.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		deliveries, _ := w.Deliveries(t.Context(), st)
		least := 20 * time.Millisecond << (n - 1) * 4 / 5
		if d := deliveries[0]; d.Failures != n || d.NotBefore.Sub(clock.now()) < least {
			t.Errorf("after %d tries it waits %s: %+v", n, d.NotBefore.Sub(clock.now()), d)
		}
		clock.pass(2 * time.Second)
	}
}

// An account that takes long to read has its private comments all the same: the claim is
// renewed as long as that takes, so that nobody else takes the ticket meanwhile.
func TestASlowAccountGetsItsComments(t *testing.T) {
	t.Parallel()
	clock := newHandClock()
	w := world{trackertest.NewOf(t, sandbox.Options{Now: clock.now})}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	_, other := w.Open(0)
	w.Engine.Now, other.Now = clock.now, clock.now
	ticket := w.Ticket(tracker.TicketOpen)
	w.Comment(w.Story(ticket), "Take your time.")
	w.Faults(
		sandbox.Fault{Method: http.MethodGet, Path: updates, After: sandbox.Pause{Hold: "read"}},
		onUpdate(sandbox.Fault{Before: sandbox.Pause{Hold: "sent"}}),
	)
	w.Engine.Courier.RenewEvery(time.Millisecond)
	ended := make(chan error, 1)
	go func() { ended <- w.Engine.Courier.SendDue(t.Context()) }()
	// Reading the ticket and updating it take longer than a claim each.
	for _, hold := range []string{"read", "sent"} {
		if err := w.Sandbox.Held(t.Context(), hold); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			clock.pass(15 * time.Second)
			for w.lease(ticket).Before(clock.now().Add(15 * time.Second)) {
				if t.Context().Err() != nil {
					t.Fatal("the claim was not renewed")
				}
			}
		}
		before := len(w.Sandbox.Requests())
		if err := other.Courier.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := len(w.Sandbox.Requests()) - before; n != 0 {
			t.Errorf("somebody else made %d requests at hold %q", n, hold)
		}
		w.Sandbox.Release(hold)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	w.Once(ticket, "Take your time.")
}

// Every try is saved with what came of it; a comment that only waits its turn was not tried.
func TestEveryAttemptIsSaved(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "Is anybody there?")
	w.Faults(sandbox.Fault{Method: http.MethodGet, Path: updates, Answer: "bad-gateway"})
	if err := w.Engine.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	d := w.Deliver(st)[0]
	all, err := w.Engine.Outbox.Attempts(t.Context(), d.ID)
	if err != nil {
		t.Fatal(err)
	}
	attempts := all[d.ID]
	if len(attempts) != 2 {
		t.Fatalf("the attempts are %+v", attempts)
	}
	failed, sent := attempts[0], attempts[1]
	if failed.State != tracker.DeliveryWaiting || failed.Code != tracker.CodeUnavailable || failed.Reason == "" || failed.At.IsZero() {
		t.Errorf("the first one: %+v", failed)
	}
	if sent.State != tracker.DeliverySent || sent.Code != "" || sent.At.Before(failed.At) {
		t.Errorf("the second one: %+v", sent)
	}
}
