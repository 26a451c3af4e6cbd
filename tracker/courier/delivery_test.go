package courier_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

const updates = "/tickets/*"

func onUpdate(f sandbox.Fault) sandbox.Fault {
	f.Method, f.Path = http.MethodPut, updates
	return f
}

func TestStartingOpensANewTicketWithAPrivateComment(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Start(st)
	w.Comment(st, "Found it: the cursor is closed too early.")
	deliveries := w.Deliver(st)
	if len(deliveries) != 2 {
		t.Fatalf("%d notes, want 2", len(deliveries))
	}
	for _, d := range deliveries {
		if d.State != tracker.DeliverySent || d.AuditID == 0 || d.Public == nil || *d.Public || d.Attempts != 1 {
			t.Errorf("note not proven: %+v", d)
		}
	}
	w.Once(ticket, "Ada started story S-")
	w.Once(ticket, "Found it: the cursor is closed too early.")
	if got := w.Status(ticket); got != "open" {
		t.Errorf("the ticket is %s, want open", got)
	}
	cached, err := w.Engine.Views.Ticket(t.Context(), w.In.ID, ticket)
	if err != nil || cached.Ticket.Status != tracker.TicketOpen {
		t.Errorf("the cache says %s, %v", cached.Ticket.Status, err)
	}
}

func TestATicketThatIsNotNewKeepsItsStatus(t *testing.T) {
	t.Parallel()
	for _, status := range []tracker.TicketStatus{tracker.TicketPending, tracker.TicketHold} {
		w := world{trackertest.New(t)}
		ticket := w.Ticket(status)
		st := w.Story(ticket)
		w.Start(st)
		w.Deliver(st)
		w.Once(ticket, "Ada started story")
		if got := w.Status(ticket); got != string(status) {
			t.Errorf("a ticket that was %s is %s", status, got)
		}
	}
}

func TestWithStatesUntoldStartingOpensTheTicketInSilence(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false })
	ticket := w.Ticket(tracker.TicketNew)
	before := len(w.Sandbox.Comments(int64(ticket)))
	st := w.Story(ticket)
	w.Start(st)
	deliveries := w.Deliver(st)
	if len(deliveries) != 1 || deliveries[0].Kind != tracker.KindOpen || deliveries[0].State != tracker.DeliverySent {
		t.Fatalf("notes: %+v", deliveries)
	}
	if w.Status(ticket) != "open" || len(w.Sandbox.Comments(int64(ticket))) != before {
		t.Errorf("the ticket is %s with %d new comments", w.Status(ticket), len(w.Sandbox.Comments(int64(ticket)))-before)
	}
}

func TestADisabledIntegrationSendsNothing(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Comment(st, "Written while it was on.")
	if _, err := w.Engine.Accounts.SetIntegrationActive(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	w.Start(st)
	deliveries := w.Deliver(st)
	if len(deliveries) != 1 || deliveries[0].State != tracker.DeliveryWaiting {
		t.Fatalf("held notes: %+v", deliveries)
	}
	for _, r := range w.Sandbox.Requests() {
		if r.Method == http.MethodPut {
			t.Errorf("sent %s %s", r.Method, r.Path)
		}
	}
	if _, err := w.Engine.Accounts.SetIntegrationActive(t.Context(), w.In.ID, true); err != nil {
		t.Fatal(err)
	}
	w.Deliver(st)
	w.Once(ticket, "Written while it was on.")
	if len(w.Received(ticket, "Ada started")) != 0 || w.Status(ticket) != "new" {
		t.Error("a change made while the integration was off reached the ticket")
	}
}

// Whatever happens to the answer, the private comment arrives exactly once and is proven.
func TestACommentArrivesOnceWhateverHappensToTheAnswer(t *testing.T) {
	t.Parallel()
	tests := map[string]sandbox.Fault{
		"applied, answer dropped":        {Apply: true, Answer: sandbox.AnswerReset},
		"applied, answer cut":            {Apply: true, Answer: sandbox.AnswerResetAnswering},
		"applied, answer truncated":      {Apply: true, Answer: sandbox.AnswerTruncated},
		"applied, wrong JSON":            {Apply: true, Answer: "wrong-json"},
		"applied, HTML":                  {Apply: true, Answer: "html"},
		"applied, empty answer":          {Apply: true, Answer: "empty"},
		"applied, 502":                   {Apply: true, Answer: "bad-gateway"},
		"applied, 503":                   {Apply: true, Answer: "unavailable"},
		"applied, 500":                   {Apply: true, Answer: "server-error"},
		"reset before the body":          {Answer: sandbox.AnswerResetUnread},
		"reset inside the body":          {Answer: sandbox.AnswerResetReading},
		"reset after the body":           {Answer: sandbox.AnswerReset},
		"500":                            {Answer: "server-error"},
		"503 with Retry-After":           {Answer: "unavailable", RetryAfter: 1},
		"504":                            {Answer: "gateway-timeout"},
		"HTML":                           {Answer: "html"},
		"409 stale":                      {Answer: "update-conflict"},
		"409 database":                   {Answer: "database-conflict"},
		"429 account":                    {Answer: "limited-account", RetryAfter: 1},
		"429 endpoint":                   {Answer: "limited-endpoint", RetryAfter: 1},
		"429 without Retry-After":        {Answer: "limited-updates"},
		"changed between read and write": {Meanwhile: &sandbox.Edit{Comment: "Any news?", Public: true}},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketNew)
			st := w.Story(ticket)
			w.Faults(onUpdate(fault))
			w.Start(st)
			w.Comment(st, "Second in line.")
			for _, d := range w.Deliver(st) {
				if d.State != tracker.DeliverySent || d.AuditID == 0 || d.Public == nil || *d.Public {
					t.Errorf("not proven: %+v", d)
				}
			}
			w.Once(ticket, "Ada started story")
			w.Once(ticket, "Second in line.")
			if w.Status(ticket) != "open" {
				t.Errorf("the ticket is %s", w.Status(ticket))
			}
			w.inOrder(ticket, "Ada started story", "Second in line.")
		})
	}
}

// Whoever gave up on an update finds what Zendesk made of it all the same.
func TestACommentWhoseAnswerComesAfterTheTimeoutArrivesOnce(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Faults(onUpdate(sandbox.Fault{Apply: true, After: sandbox.Pause{Hold: "late"}}))
	w.Start(st)
	w.Comment(st, "Second in line.")
	w.Engine.Courier.TimeUpdatesOut(time.Second)
	if err := w.Engine.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d, _ := w.Deliveries(t.Context(), st); d[0].State != tracker.DeliveryUnconfirmed || d[0].Attempts != 1 {
		t.Fatalf("not timed out: %+v", d[0])
	}
	w.Engine.Courier.TimeUpdatesOut(time.Minute)
	w.Sandbox.Release("late")
	for _, d := range w.Deliver(st) {
		if d.State != tracker.DeliverySent || d.AuditID == 0 || d.Public == nil || *d.Public {
			t.Errorf("not proven: %+v", d)
		}
	}
	w.Once(ticket, "Ada started story")
	w.Once(ticket, "Second in line.")
	w.inOrder(ticket, "Ada started story", "Second in line.")
}

func (w world) inOrder(ticket tracker.TicketID, texts ...string) {
	w.T.Helper()
	var order []string
	for _, c := range w.Sandbox.Comments(int64(ticket)) {
		for _, text := range texts {
			if strings.Contains(c.PlainBody, text) {
				order = append(order, text)
			}
		}
	}
	if !slices.Equal(order, texts) {
		w.T.Errorf("on the ticket in the order %q, want %q", order, texts)
	}
}

// What Zendesk will not take is parked with the reason; what is wrong with
// the sign-in pauses the integration and loses nothing.
func TestRefusals(t *testing.T) {
	t.Parallel()
	closed := sandbox.Edit{Status: "closed"}
	tests := map[string]struct {
		fault  sandbox.Fault
		state  tracker.DeliveryState
		reason string
		paused string
		cause  tracker.PauseCause
	}{
		"401":                   {sandbox.Fault{Answer: "unauthenticated"}, tracker.DeliveryWaiting, "", "password", tracker.PauseRejected},
		"403 scope":             {sandbox.Fault{Answer: "missing-scope"}, tracker.DeliveryWaiting, "", "scope", tracker.PauseForbidden},
		"404 no help desk":      {sandbox.Fault{Answer: "no-help-desk"}, tracker.DeliveryWaiting, "", "no Zendesk account", tracker.PauseNoAccount},
		"404 ticket":            {sandbox.Fault{Answer: "record-not-found"}, tracker.DeliveryParked, "deleted", "", ""},
		"422 closed meanwhile":  {sandbox.Fault{Meanwhile: &closed}, tracker.DeliveryParked, "is closed", "", ""},
		"422 field":             {sandbox.Fault{Answer: "field-required"}, tracker.DeliveryParked, "required", "", ""},
		"merged meanwhile":      {sandbox.Fault{Meanwhile: &sandbox.Edit{MergeInto: 1}}, tracker.DeliveryParked, "is closed", "", ""},
		"deleted in the middle": {sandbox.Fault{Meanwhile: &sandbox.Edit{Delete: true}}, tracker.DeliveryParked, "deleted", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketNew)
			if tt.fault.Meanwhile != nil && tt.fault.Meanwhile.MergeInto != 0 {
				tt.fault.Meanwhile.MergeInto = int64(w.Ticket(tracker.TicketPending))
			}
			st := w.Story(ticket)
			w.Faults(onUpdate(tt.fault))
			w.Comment(st, "Shall we?")
			d := w.Deliver(st)[0]
			if d.State != tt.state || !strings.Contains(d.Reason, tt.reason) {
				t.Errorf("%s: %q", d.State, d.Reason)
			}
			in, err := w.Engine.Accounts.Integration(t.Context(), w.In.ProjectID, w.In.Name)
			if err != nil || (in.PausedReason == "") != (tt.paused == "") || !strings.Contains(in.PausedReason, tt.paused) || in.PausedCause != tt.cause {
				t.Errorf("paused: %q (%s), %v", in.PausedReason, in.PausedCause, err)
			}
			if tt.paused == "" {
				return
			}
			w.Sandbox.ClearFaults()
			if _, err := w.Engine.Accounts.SetIntegrationActive(t.Context(), w.In.ID, true); err != nil {
				t.Fatal(err)
			}
			w.Deliver(st)
			w.Once(ticket, "Shall we?")
		})
	}
}

func TestARefusedStatusLetsTheCommentGoAlone(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"forbidden-role", "field-required"} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketNew)
			st := w.Story(ticket)
			// What goes wrong in between does not hide what was left out.
			w.Faults(onUpdate(sandbox.Fault{Answer: answer}), onUpdate(sandbox.Fault{Answer: "update-conflict"}))
			w.Start(st)
			d := w.Deliver(st)[0]
			if d.State != tracker.DeliverySent || !strings.HasPrefix(d.Reason, "not opened: ") {
				t.Errorf("%s: %q", d.State, d.Reason)
			}
			w.Once(ticket, "Ada started story")
			if w.Status(ticket) != "new" {
				t.Errorf("the ticket is %s", w.Status(ticket))
			}
		})
	}
}

func TestAStatusThatIsRefusedAloneIsParked(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false })
	st := w.Story(w.Ticket(tracker.TicketNew))
	w.Faults(onUpdate(sandbox.Fault{Answer: "field-required"}))
	w.Start(st)
	if d := w.Deliver(st)[0]; d.State != tracker.DeliveryParked || !strings.HasPrefix(d.Reason, "not opened: ") {
		t.Errorf("%s: %q", d.State, d.Reason)
	}
}

func TestAParkedCommentGoesAgainWhenTold(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Faults(onUpdate(sandbox.Fault{Answer: "field-required"}))
	w.Comment(st, "First.")
	w.Comment(st, "Second.")
	deliveries := w.Deliver(st)
	if _, err := w.Engine.Outbox.RetryDeliveries(t.Context(), []tracker.DeliveryID{deliveries[0].ID}); err != nil {
		t.Fatal(err)
	}
	deliveries = w.Deliver(st)
	if !deliveries[0].Late || deliveries[0].State != tracker.DeliverySent {
		t.Errorf("%+v", deliveries[0])
	}
	w.Once(ticket, "First.")
	w.inOrder(ticket, "Second.", "First.")
	if _, err := w.Engine.Outbox.DropDeliveries(t.Context(), []tracker.DeliveryID{deliveries[0].ID}); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("dropping what was delivered: %v", err)
	}
}

// What the board does not offer, the use cases refuse, in the same words.
func TestADroppedCommentIsNeitherDroppedNorRetried(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	st := w.Story(w.Ticket(tracker.TicketNew))
	w.Comment(st, "Never sent.")
	deliveries, _ := w.Deliveries(t.Context(), st)
	if len(deliveries) != 1 {
		t.Fatalf("deliveries: %+v", deliveries)
	}
	id := deliveries[0].ID
	if _, err := w.Engine.Outbox.DropDeliveries(t.Context(), []tracker.DeliveryID{id}); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("delivery %d has been dropped", id)
	if _, err := w.Engine.Outbox.DropDeliveries(t.Context(), []tracker.DeliveryID{id}); tracker.CodeOf(err) != tracker.CodeRefused || err.Error() != want {
		t.Errorf("dropping it again: %v", err)
	}
	if _, err := w.Engine.Outbox.RetryDeliveries(t.Context(), []tracker.DeliveryID{id}); tracker.CodeOf(err) != tracker.CodeRefused || err.Error() != want {
		t.Errorf("retrying it: %v", err)
	}
}

func TestWhatHasNotLeftHoldsUnlinking(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Comment(st, "Not sent yet.")
	key := st.Tickets[0].Ticket
	if err := w.Engine.Stories.UnlinkTicket(t.Context(), []tracker.StoryID{st.ID}, key, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("unlink: %v", err)
	}
	if err := w.Engine.Accounts.RemoveIntegration(t.Context(), w.In.ID, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("remove: %v", err)
	}
	if err := w.Engine.Stories.DeleteStories(t.Context(), []tracker.StoryID{st.ID}, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("delete: %v", err)
	}
	if err := w.Engine.Stories.UnlinkTicket(t.Context(), []tracker.StoryID{st.ID}, key, true); err != nil {
		t.Fatal(err)
	}
	if d := w.Deliver(st)[0]; d.State != tracker.DeliveryDropped {
		t.Errorf("%+v", d)
	}
	if got := w.Received(ticket, "Not sent yet."); len(got) != 0 {
		t.Errorf("a dropped note arrived")
	}
}

func TestAQuietWindowPassesBeforeASecondSend(t *testing.T) {
	t.Parallel()
	clock := newHandClock()
	w := world{trackertest.NewOf(t, sandbox.Options{Now: clock.now})}
	w.datedByItsClock()
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	const quiet = 2 * time.Minute
	w.Engine.Now, w.Engine.QuietWindow = clock.now, quiet
	w.Engine.Courier.Hasten() // what was lost is not under way any more
	ticket := w.Ticket(tracker.TicketNew)
	w.Faults(onUpdate(sandbox.Fault{Answer: sandbox.AnswerReset}))
	w.Comment(w.Story(ticket), "Once.")
	// Whoever looks within the window does not send again.
	for _, wait := range []time.Duration{0, quiet / 2, quiet/2 - time.Second} {
		clock.pass(wait)
		w.sync()
		if n := w.updates(); n != 1 {
			t.Fatalf("%d updates before the quiet window has passed", n)
		}
	}
	clock.pass(2 * time.Second)
	if !w.sync().Settled() || w.updates() != 2 {
		t.Errorf("%d updates after the quiet window", w.updates())
	}
	w.Once(ticket, "Once.")
}

// updates counts the updates that Zendesk got.
func (w world) updates() int {
	n := 0
	for _, r := range w.Sandbox.Requests() {
		if r.Method == http.MethodPut {
			n++
		}
	}
	return n
}

// A courier that dies between request and record leaves a private comment of which nobody
// knows; the next one looks before it sends.
func TestACourierThatDiesWhileSending(t *testing.T) {
	t.Parallel()
	for _, applied := range []bool{true, false} {
		t.Run(fmt.Sprintf("applied %t", applied), func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketNew)
			st := w.Story(ticket)
			w.Comment(st, "Did it arrive?")
			db, other := w.Open(0)
			if applied {
				w.Faults(onUpdate(sandbox.Fault{Apply: true, After: sandbox.Pause{Hold: "dead"}}))
			} else {
				w.Faults(onUpdate(sandbox.Fault{Before: sandbox.Pause{Hold: "dead"}, Answer: sandbox.AnswerReset}))
			}
			go func() { _ = other.Run(t.Context()) }()
			if err := w.Sandbox.Held(t.Context(), "dead"); err != nil {
				t.Fatal(err)
			}
			// Its database is gone: whatever it learns, it can record nothing.
			_ = db.Close()
			w.Sandbox.Release("dead")
			trackertest.Later(w.Engine, 30*time.Second) // no later another takes over
			d := w.Deliver(st)[0]
			if d.State != tracker.DeliverySent {
				t.Errorf("%+v", d)
			}
			w.Once(ticket, "Did it arrive?")
		})
	}
}

// lease is until when a ticket is claimed.
func (w world) lease(ticket tracker.TicketID) (until time.Time) {
	w.T.Helper()
	err := w.Engine.Store.Read(w.T.Context(), func(r tracker.Reader) error {
		lane, err := r.Lane(tracker.TicketKey{Host: w.In.Host, ID: ticket})
		until = lane.LeaseUntil
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return until
}

// An update may take longer than a claim lasts: the claim is renewed as long as the courier
// lives, and no longer than others wait for one that died.
func TestAClaimIsRenewedDuringAnUpdate(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Comment(st, "It takes long.")
	w.Faults(onUpdate(sandbox.Fault{Before: sandbox.Pause{Hold: "long"}}))
	w.Engine.Courier.RenewEvery(time.Millisecond)
	sent := make(chan []tracker.Delivery, 1)
	go func() { sent <- w.Deliver(st) }()
	if err := w.Sandbox.Held(t.Context(), "long"); err != nil {
		t.Fatal(err)
	}
	first := w.lease(ticket)
	if most := w.Engine.Now().Add(30 * time.Second); first.After(most) {
		t.Errorf("who dies now holds the lane until %s, past %s", first, most)
	}
	for renewed := first; !renewed.After(first); renewed = w.lease(ticket) {
		if t.Context().Err() != nil {
			t.Fatal("the claim was not renewed")
		}
	}
	w.Sandbox.Release("long")
	if d := (<-sent)[0]; d.State != tracker.DeliverySent || d.Attempts != 1 {
		t.Errorf("%+v", d)
	}
	w.Once(ticket, "It takes long.")
}

func TestTwoProcessesShareTheWork(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	_, other := w.Open(0)
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	const n = 12
	for i := range n {
		w.Comment(st, fmt.Sprintf("Number %02d.", i))
	}
	go func() { _ = other.Run(t.Context()) }()
	w.Deliver(st)
	var want []string
	for i := range n {
		want = append(want, fmt.Sprintf("Number %02d.", i))
		w.Once(ticket, want[i])
	}
	w.inOrder(ticket, want...)
}

func TestSyncTriesEveryDueComment(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Start(st)
	w.Comment(st, "By command.")
	report, err := w.Engine.Courier.Sync(t.Context())
	if err != nil || !report.Settled() || len(report.Problems) != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	w.Once(ticket, "By command.")
	w.Faults(sandbox.Fault{Times: -1, Answer: "server-error"})
	w.Comment(st, "Nobody listens.")
	report, err = w.Engine.Courier.Sync(t.Context())
	if err != nil || report.Settled() || len(report.Problems) != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
}

func TestDrainEndsTheGrace(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Comment(st, "Before I go.")
	go func() { _ = w.Engine.Run(t.Context()) }()
	if err := w.Engine.Courier.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Once(ticket, "Before I go.")
}
