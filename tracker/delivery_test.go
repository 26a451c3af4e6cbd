package tracker_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

func itoa[N ~int64](n N) string { return strconv.FormatInt(int64(n), 10) }

const updates = "/tickets/*"

func onUpdate(f sandbox.Fault) sandbox.Fault {
	f.Method, f.Path = http.MethodPut, updates
	return f
}

func TestStartingOpensANewTicketWithAPrivateNote(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.start(st)
	w.comment(st, "Found it: the cursor is closed too early.")
	notes := w.deliver(st)
	if len(notes) != 2 {
		t.Fatalf("%d notes, want 2", len(notes))
	}
	for _, d := range notes {
		if d.State != tracker.DeliverySent || d.AuditID == 0 || d.Public == nil || *d.Public || d.Attempts != 1 {
			t.Errorf("note not proven: %+v", d)
		}
	}
	w.once(ticket, "Ada started story S-")
	w.once(ticket, "Found it: the cursor is closed too early.")
	if got := w.status(ticket); got != "open" {
		t.Errorf("the ticket is %s, want open", got)
	}
	cached, err := w.svc.Ticket(t.Context(), w.in.ID, ticket)
	if err != nil || cached.Ticket.Status != tracker.TicketOpen {
		t.Errorf("the cache says %s, %v", cached.Ticket.Status, err)
	}
}

func TestATicketThatIsNotNewKeepsItsStatus(t *testing.T) {
	t.Parallel()
	for _, status := range []tracker.TicketStatus{tracker.TicketPending, tracker.TicketHold} {
		w := newWorld(t)
		ticket := w.ticket(status)
		st := w.story(ticket)
		w.start(st)
		w.deliver(st)
		w.once(ticket, "Ada started story")
		if got := w.status(ticket); got != string(status) {
			t.Errorf("a ticket that was %s is %s", status, got)
		}
	}
}

func TestWithStatesUntoldStartingOpensTheTicketInSilence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false })
	ticket := w.ticket(tracker.TicketNew)
	before := len(w.desk.Comments(int64(ticket)))
	st := w.story(ticket)
	w.start(st)
	notes := w.deliver(st)
	if len(notes) != 1 || notes[0].Kind != tracker.KindOpen || notes[0].State != tracker.DeliverySent {
		t.Fatalf("notes: %+v", notes)
	}
	if w.status(ticket) != "open" || len(w.desk.Comments(int64(ticket))) != before {
		t.Errorf("the ticket is %s with %d new comments", w.status(ticket), len(w.desk.Comments(int64(ticket)))-before)
	}
}

// edit changes the integration's settings.
func (w *world) edit(change func(*tracker.IntegrationDraft)) {
	w.t.Helper()
	in, err := w.svc.Integration(w.t.Context(), w.in.ProjectID, itoa(w.in.ID))
	if err != nil {
		w.t.Fatal(err)
	}
	d := in.Draft()
	change(&d)
	if w.in, err = w.svc.EditIntegration(w.t.Context(), d); err != nil {
		w.t.Fatal(err)
	}
}

func TestADisabledIntegrationSendsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.comment(st, "Written while it was on.")
	if _, err := w.svc.SetIntegrationActive(t.Context(), w.in.ID, false); err != nil {
		t.Fatal(err)
	}
	w.start(st)
	notes := w.deliver(st)
	if len(notes) != 1 || notes[0].State != tracker.DeliveryWaiting {
		t.Fatalf("held notes: %+v", notes)
	}
	for _, r := range w.desk.Requests() {
		if r.Method == http.MethodPut {
			t.Errorf("sent %s %s", r.Method, r.Path)
		}
	}
	if _, err := w.svc.SetIntegrationActive(t.Context(), w.in.ID, true); err != nil {
		t.Fatal(err)
	}
	w.deliver(st)
	w.once(ticket, "Written while it was on.")
	if len(w.received(ticket, "Ada started")) != 0 || w.status(ticket) != "new" {
		t.Error("a change made while the integration was off reached the ticket")
	}
}

// Whatever happens to the answer, the note arrives exactly once and is proven.
func TestANoteArrivesOnceWhateverHappensToTheAnswer(t *testing.T) {
	t.Parallel()
	tests := map[string]sandbox.Fault{
		"applied, answer dropped":            {Apply: true, Answer: sandbox.AnswerReset},
		"applied, answer cut":                {Apply: true, Answer: sandbox.AnswerResetAnswering},
		"applied, answer truncated":          {Apply: true, Answer: sandbox.AnswerTruncated},
		"applied, wrong JSON":                {Apply: true, Answer: "wrong-json"},
		"applied, HTML":                      {Apply: true, Answer: "html"},
		"applied, empty answer":              {Apply: true, Answer: "empty"},
		"applied, 502":                       {Apply: true, Answer: "bad-gateway"},
		"applied, 503":                       {Apply: true, Answer: "unavailable"},
		"applied, 500":                       {Apply: true, Answer: "server-error"},
		"applied, answer after the time-out": {Apply: true, After: sandbox.Pause{Seconds: 3}},
		"reset before the body":              {Answer: sandbox.AnswerResetUnread},
		"reset inside the body":              {Answer: sandbox.AnswerResetReading},
		"reset after the body":               {Answer: sandbox.AnswerReset},
		"500":                                {Answer: "server-error"},
		"503 with Retry-After":               {Answer: "unavailable", RetryAfter: 1},
		"504":                                {Answer: "gateway-timeout"},
		"HTML":                               {Answer: "html"},
		"409 stale":                          {Answer: "update-conflict"},
		"409 database":                       {Answer: "database-conflict"},
		"429 account":                        {Answer: "limited-account", RetryAfter: 1},
		"429 endpoint":                       {Answer: "limited-endpoint", RetryAfter: 1},
		"429 without Retry-After":            {Answer: "limited-updates"},
		"changed between read and write":     {Meanwhile: &sandbox.Edit{Comment: "Any news?", Public: true}},
	}
	for name, fault := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ticket := w.ticket(tracker.TicketNew)
			st := w.story(ticket)
			w.faults(onUpdate(fault))
			w.start(st)
			w.comment(st, "Second in line.")
			for _, d := range w.deliver(st) {
				if d.State != tracker.DeliverySent || d.AuditID == 0 || d.Public == nil || *d.Public {
					t.Errorf("not proven: %+v", d)
				}
			}
			w.once(ticket, "Ada started story")
			w.once(ticket, "Second in line.")
			if w.status(ticket) != "open" {
				t.Errorf("the ticket is %s", w.status(ticket))
			}
			w.inOrder(ticket, "Ada started story", "Second in line.")
		})
	}
}

func (w *world) inOrder(ticket tracker.TicketID, texts ...string) {
	w.t.Helper()
	var order []string
	for _, c := range w.desk.Comments(int64(ticket)) {
		for _, text := range texts {
			if strings.Contains(c.PlainBody, text) {
				order = append(order, text)
			}
		}
	}
	if !slices.Equal(order, texts) {
		w.t.Errorf("on the ticket in the order %q, want %q", order, texts)
	}
}

// What the desk will not take is parked with the reason; what is wrong with
// the sign-in pauses the integration and loses nothing.
func TestRefusals(t *testing.T) {
	t.Parallel()
	closed := sandbox.Edit{Status: "closed"}
	tests := map[string]struct {
		fault  sandbox.Fault
		state  tracker.DeliveryState
		reason string
		paused string
	}{
		"401":                   {sandbox.Fault{Answer: "unauthenticated"}, tracker.DeliveryWaiting, "", "password"},
		"403 scope":             {sandbox.Fault{Answer: "missing-scope"}, tracker.DeliveryWaiting, "", "scope"},
		"404 no help desk":      {sandbox.Fault{Answer: "no-help-desk"}, tracker.DeliveryWaiting, "", "no Zendesk account"},
		"404 ticket":            {sandbox.Fault{Answer: "record-not-found"}, tracker.DeliveryParked, "deleted", ""},
		"422 closed meanwhile":  {sandbox.Fault{Meanwhile: &closed}, tracker.DeliveryParked, "is closed", ""},
		"422 field":             {sandbox.Fault{Answer: "field-required"}, tracker.DeliveryParked, "required", ""},
		"merged meanwhile":      {sandbox.Fault{Meanwhile: &sandbox.Edit{MergeInto: 1}}, tracker.DeliveryParked, "is closed", ""},
		"deleted in the middle": {sandbox.Fault{Meanwhile: &sandbox.Edit{Delete: true}}, tracker.DeliveryParked, "deleted", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ticket := w.ticket(tracker.TicketNew)
			if tt.fault.Meanwhile != nil && tt.fault.Meanwhile.MergeInto != 0 {
				tt.fault.Meanwhile.MergeInto = int64(w.ticket(tracker.TicketPending))
			}
			st := w.story(ticket)
			w.faults(onUpdate(tt.fault))
			w.comment(st, "Shall we?")
			d := w.deliver(st)[0]
			if d.State != tt.state || !strings.Contains(d.Reason, tt.reason) {
				t.Errorf("%s: %q", d.State, d.Reason)
			}
			in, err := w.svc.Integration(t.Context(), w.in.ProjectID, w.in.Name)
			if err != nil || (in.PausedReason == "") != (tt.paused == "") || !strings.Contains(in.PausedReason, tt.paused) {
				t.Errorf("paused: %q, %v", in.PausedReason, err)
			}
			if tt.paused == "" {
				return
			}
			w.desk.ClearFaults()
			if _, err := w.svc.SetIntegrationActive(t.Context(), w.in.ID, true); err != nil {
				t.Fatal(err)
			}
			w.deliver(st)
			w.once(ticket, "Shall we?")
		})
	}
}

func TestARefusedStatusLetsTheCommentGoAlone(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"forbidden-role", "field-required"} {
		t.Run(answer, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ticket := w.ticket(tracker.TicketNew)
			st := w.story(ticket)
			// What goes wrong in between does not hide what was left out.
			w.faults(onUpdate(sandbox.Fault{Answer: answer}), onUpdate(sandbox.Fault{Answer: "update-conflict"}))
			w.start(st)
			d := w.deliver(st)[0]
			if d.State != tracker.DeliverySent || !strings.HasPrefix(d.Reason, "not opened: ") {
				t.Errorf("%s: %q", d.State, d.Reason)
			}
			w.once(ticket, "Ada started story")
			if w.status(ticket) != "new" {
				t.Errorf("the ticket is %s", w.status(ticket))
			}
		})
	}
}

func TestAStatusThatIsRefusedAloneIsParked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false })
	st := w.story(w.ticket(tracker.TicketNew))
	w.faults(onUpdate(sandbox.Fault{Answer: "field-required"}))
	w.start(st)
	if d := w.deliver(st)[0]; d.State != tracker.DeliveryParked || !strings.HasPrefix(d.Reason, "not opened: ") {
		t.Errorf("%s: %q", d.State, d.Reason)
	}
}

func TestAParkedNoteGoesAgainWhenTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.faults(onUpdate(sandbox.Fault{Answer: "field-required"}))
	w.comment(st, "First.")
	w.comment(st, "Second.")
	notes := w.deliver(st)
	if _, err := w.svc.RetryDelivery(t.Context(), notes[0].ID); err != nil {
		t.Fatal(err)
	}
	notes = w.deliver(st)
	if !notes[0].Late || notes[0].State != tracker.DeliverySent {
		t.Errorf("%+v", notes[0])
	}
	w.once(ticket, "First.")
	w.inOrder(ticket, "Second.", "First.")
	if _, err := w.svc.DropDelivery(t.Context(), notes[0].ID); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("dropping what was delivered: %v", err)
	}
}

func TestWhatHasNotLeftHoldsUnlinking(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.comment(st, "Not sent yet.")
	key := st.Tickets[0].Ticket
	if _, err := w.svc.UnlinkTicket(t.Context(), st.ID, key, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("unlink: %v", err)
	}
	if err := w.svc.RemoveIntegration(t.Context(), w.in.ID, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("remove: %v", err)
	}
	if err := w.svc.DeleteStory(t.Context(), st.ID, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("delete: %v", err)
	}
	if _, err := w.svc.UnlinkTicket(t.Context(), st.ID, key, true); err != nil {
		t.Fatal(err)
	}
	if d := w.deliver(st)[0]; d.State != tracker.DeliveryDropped {
		t.Errorf("%+v", d)
	}
	if got := w.received(ticket, "Not sent yet."); len(got) != 0 {
		t.Errorf("a dropped note arrived")
	}
}

func TestAQuietWindowPassesBeforeASecondSend(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, patient := w.open(4 * time.Second)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.faults(onUpdate(sandbox.Fault{Answer: sandbox.AnswerReset}))
	w.comment(st, "Once.")
	w.deliverWith(patient, st)
	w.once(ticket, "Once.")
	var sent []time.Time
	for _, r := range w.desk.Requests() {
		if r.Method == http.MethodPut {
			sent = append(sent, r.Time)
		}
	}
	if len(sent) != 2 || sent[1].Sub(sent[0]) < 4*time.Second {
		t.Errorf("sent at %v", sent)
	}
}

// A courier that dies between request and record leaves a note of which nobody
// knows; the next one looks before it sends.
func TestACourierThatDiesWhileSending(t *testing.T) {
	t.Parallel()
	for _, applied := range []bool{true, false} {
		t.Run(fmt.Sprintf("applied %t", applied), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ticket := w.ticket(tracker.TicketNew)
			st := w.story(ticket)
			w.comment(st, "Did it arrive?")
			db, other := w.open(0)
			if applied {
				w.faults(onUpdate(sandbox.Fault{Apply: true, After: sandbox.Pause{Hold: "dead"}}))
			} else {
				w.faults(onUpdate(sandbox.Fault{Before: sandbox.Pause{Hold: "dead"}, Answer: sandbox.AnswerReset}))
			}
			go func() { _ = other.Run(t.Context()) }()
			if err := w.desk.Held(t.Context(), "dead"); err != nil {
				t.Fatal(err)
			}
			// Its database is gone: whatever it learns, it can record nothing.
			_ = db.Close()
			w.desk.Release("dead")
			d := w.deliver(st)[0]
			if d.State != tracker.DeliverySent {
				t.Errorf("%+v", d)
			}
			w.once(ticket, "Did it arrive?")
		})
	}
}

func TestTwoProcessesShareTheWork(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, other := w.open(0)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	const n = 12
	for i := range n {
		w.comment(st, fmt.Sprintf("Number %02d.", i))
	}
	go func() { _ = other.Run(t.Context()) }()
	w.deliver(st)
	var want []string
	for i := range n {
		want = append(want, fmt.Sprintf("Number %02d.", i))
		w.once(ticket, want[i])
	}
	w.inOrder(ticket, want...)
}

func TestSyncTriesEveryDueNote(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.start(st)
	w.comment(st, "By command.")
	report, err := w.svc.Sync(t.Context())
	if err != nil || !report.Settled() || len(report.Problems) != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	w.once(ticket, "By command.")
	w.faults(sandbox.Fault{Times: -1, Answer: "server-error"})
	w.comment(st, "Nobody listens.")
	report, err = w.svc.Sync(t.Context())
	if err != nil || report.Settled() || len(report.Problems) != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
}

func TestDrainEndsTheGrace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.svc.Grace = time.Hour
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.comment(st, "Before I go.")
	go func() { _ = w.svc.Run(t.Context()) }()
	if err := w.svc.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.once(ticket, "Before I go.")
}
