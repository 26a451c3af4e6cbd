package courier_test

import (
	"net/http"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

const commentLists = "/tickets/*/comments"

// onList is a fault of the lists of comments, of so many of them.
func onList(times int, f sandbox.Fault) sandbox.Fault {
	f.Method, f.Path, f.Times = http.MethodGet, commentLists, times
	return f
}

// A comment whose answer was lost is found again, however its list is wrong.
func TestALostAnswerIsFoundInAWrongList(t *testing.T) {
	t.Parallel()
	lost := sandbox.Fault{Apply: true, Answer: sandbox.AnswerReset}
	conflict := sandbox.Fault{Apply: true, Answer: "database-conflict"}
	tests := map[string]struct{ update, list sandbox.Fault }{
		"undated":                   {lost, onList(-1, sandbox.Fault{Comments: sandbox.CommentsUndated})},
		"dated in another form":     {lost, onList(-1, sandbox.Fault{Comments: sandbox.CommentsOtherDates})},
		"dated a second early":      {lost, onList(-1, sandbox.Fault{Comments: sandbox.CommentsEarly})},
		"oldest first":              {lost, onList(-1, sandbox.Fault{Comments: sandbox.CommentsOldestFirst})},
		"late after a lost answer":  {lost, onList(2, sandbox.Fault{Lag: 3600})},
		"late after a conflict":     {conflict, onList(2, sandbox.Fault{Lag: 3600})},
		"late after a server error": {sandbox.Fault{Apply: true, Answer: "server-error"}, onList(2, sandbox.Fault{Lag: 3600})},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketNew)
			// The ticket was updated in the second in which the comment is sent.
			if err := w.Sandbox.Edit(sandbox.Edit{Ticket: int64(ticket), Comment: "Any news?", Public: true}); err != nil {
				t.Fatal(err)
			}
			st := w.Story(ticket)
			w.Faults(onUpdate(tt.update), tt.list)
			w.Comment(st, "Only once.")
			if d := w.Deliver(st)[0]; d.State != tracker.DeliverySent || d.AuditID == 0 {
				t.Errorf("%s: %s", d.State, d.Reason)
			}
			w.Once(ticket, "Only once.")
		})
	}
}

// Whoever signs in now, the operation's id tells whose comment it is.
func TestALostAnswerIsFoundAfterAnotherUserSignedIn(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Faults(onUpdate(sandbox.Fault{Apply: true, Answer: sandbox.AnswerReset}))
	w.Comment(st, "Said by Maya.")
	w.Engine.Courier.Patient()
	if err := w.Engine.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Edit(func(d *tracker.IntegrationDraft) {
		d.Email, d.Auth, d.Secret, d.SecretInDatabase = "aiko.brandt@brightwharf.example", tracker.AuthToken, sandbox.Token, true
	})
	w.retry(st)
	if d := w.Deliver(st)[0]; d.State != tracker.DeliverySent || d.Attempts != 1 {
		t.Errorf("%s after %d attempts: %s", d.State, d.Attempts, d.Reason)
	}
	w.Once(ticket, "Said by Maya.")
}

// retry tries a story's deliveries at once.
func (w world) retry(st tracker.Story) {
	w.T.Helper()
	deliveries, _ := w.Deliveries(w.T.Context(), st)
	for _, d := range deliveries {
		if _, err := w.Engine.Outbox.RetryDeliveries(w.T.Context(), []tracker.DeliveryID{d.ID}); err != nil {
			w.T.Fatal(err)
		}
	}
}

// What may come from a proxy, after the update was applied, is looked for
// before it is parked.
func TestAnAnswerOfAProxyProvesNothing(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{
		"proxy-bad-request", "proxy-forbidden", "proxy-timeout", "proxy-too-large", "proxy-unprocessable", "html-not-found",
	} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketNew)
			st := w.Story(ticket)
			w.Faults(onUpdate(sandbox.Fault{Apply: true, Answer: answer}))
			w.Comment(st, "Through a proxy.")
			if d := w.Deliver(st)[0]; d.State != tracker.DeliverySent || d.Attempts != 1 {
				t.Errorf("%s after %d attempts: %s", d.State, d.Attempts, d.Reason)
			}
			if in := w.Paused(); in != "" {
				t.Errorf("paused: %s", in)
			}
			w.Once(ticket, "Through a proxy.")
		})
	}
}

// A refusal that stands is parked with its reason, once the comment was not found.
func TestARefusalOfNoKnownFormParksAtLast(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Faults(onUpdate(sandbox.Fault{Answer: "proxy-bad-request"}))
	w.Comment(st, "Refused.")
	d := w.Deliver(st)[0]
	if d.State != tracker.DeliveryParked || d.Reason == "" {
		t.Fatalf("%s: %s", d.State, d.Reason)
	}
	if n := len(w.Received(ticket, "Refused.")); n != 0 {
		t.Errorf("%d comments", n)
	}
	w.retry(st)
	w.Deliver(st)
	w.Once(ticket, "Refused.")
}

// A search that cannot be finished leaves the comment unconfirmed: it is
// neither sent again nor parked.
func TestASearchThatCannotBeFinishedProvesNothing(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"record-not-found", "forbidden-role", "wrong-json", "server-error"} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketNew)
			st := w.Story(ticket)
			w.Faults(
				onUpdate(sandbox.Fault{Apply: true, Answer: "database-conflict"}),
				onList(2, sandbox.Fault{Answer: answer}),
			)
			w.Comment(st, "Where is it?")
			if d := w.Deliver(st)[0]; d.State != tracker.DeliverySent || w.Paused() != "" {
				t.Errorf("%s: %s, paused %q", d.State, d.Reason, w.Paused())
			}
			w.Once(ticket, "Where is it?")
		})
	}
}
