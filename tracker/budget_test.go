package tracker_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// handClock is a clock that moves when told. It is safe for concurrent use.
type handClock struct{ ms atomic.Int64 }

func newHandClock() *handClock {
	c := &handClock{}
	c.ms.Store(time.Date(2026, 11, 16, 12, 31, 0, 0, time.UTC).UnixMilli())
	return c
}

func (c *handClock) now() time.Time        { return time.UnixMilli(c.ms.Load()).UTC() }
func (c *handClock) pass(by time.Duration) { c.ms.Add(by.Milliseconds()) }

// newLimitedWorld makes a world whose desk keeps Zendesk's limits, and whose
// desk and service go by one clock.
func newLimitedWorld(t *testing.T) (*world, *handClock) {
	t.Helper()
	clock := newHandClock()
	w := newWorldOf(t, sandbox.Options{Limits: true, Now: clock.now})
	w.svc.Now = clock.now
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
		t.Fatal(err)
	}
	return w, clock
}

func (w *world) sync() tracker.SyncReport {
	w.t.Helper()
	report, err := w.svc.Sync(w.t.Context())
	if err != nil || len(report.Problems) > 0 {
		w.t.Fatalf("%+v, %v", report, err)
	}
	return report
}

// neverLimited checks that the desk never had to refuse for its limits.
func (w *world) neverLimited() {
	w.t.Helper()
	for _, r := range w.desk.Requests() {
		if r.Status == http.StatusTooManyRequests {
			w.t.Errorf("%s %s was refused with 429", r.Method, r.Path)
		}
	}
}

func TestATicketGetsNoMoreThanItTakes(t *testing.T) {
	t.Parallel()
	w, clock := newLimitedWorld(t)
	ticket := w.ticket(tracker.TicketOpen)
	st := w.story(ticket)
	var want []string
	for i := range 40 {
		want = append(want, fmt.Sprintf("Number %02d.", i))
		w.comment(st, want[i])
	}
	w.sync()
	notes, _ := w.notes(t.Context(), st)
	if d := notes[30]; d.State != tracker.DeliveryWaiting || d.Attempts != 0 ||
		d.Reason != fmt.Sprintf("ticket %s takes 30 updates in 10 minutes; next at 12:41", ticket) {
		t.Fatalf("the 31st: %+v", d)
	}
	if d := notes[31]; d.Behind != notes[30].ID || d.Reason != "" {
		t.Errorf("the 32nd: %+v", d)
	}
	clock.pass(9 * time.Minute)
	if got := w.sync().Counts[tracker.DeliveryWaiting]; got != 10 {
		t.Errorf("%d wait before the time, want 10", got)
	}
	clock.pass(time.Minute + time.Second)
	if !w.sync().Settled() {
		t.Error("not settled after the window")
	}
	w.inOrder(ticket, want...)
	w.neverLimited()
}

// What other processes sent counts, and so does what was sent before a restart.
func TestAnAccountGetsItsShareOnly(t *testing.T) {
	t.Parallel()
	w, clock := newLimitedWorld(t)
	_, other := w.open(0)
	other.Now = clock.now
	list, err := w.svc.Tickets(t.Context(), w.in.ID)
	if err != nil {
		t.Fatal(err)
	}
	var stories []tracker.Story
	for _, row := range list.Tickets[:20] {
		stories = append(stories, w.story(row.ID))
	}
	for i := range 60 {
		w.comment(stories[i%len(stories)], fmt.Sprintf("Number %02d.", i))
	}
	for _, svc := range []*tracker.Service{w.svc, other} {
		if _, err := svc.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.answeredUpdates(); got != 50 {
		t.Errorf("%d updates in a minute, want half of the 100 that the account takes", got)
	}
	waiting, err := w.svc.Deliveries(t.Context(), tracker.DeliveryQuery{States: []tracker.DeliveryState{tracker.DeliveryWaiting}})
	if err != nil || len(waiting) != 10 {
		t.Fatalf("%d wait, %v", len(waiting), err)
	}
	told := 0
	for _, d := range waiting {
		if strings.Contains(d.Reason, "is sent at most 50 private comments a minute; next at 12:32:00") {
			told++
		}
	}
	if told == 0 {
		t.Errorf("no note says what it waits for: %+v", waiting)
	}
	clock.pass(time.Minute)
	if !w.sync().Settled() {
		t.Error("not settled a minute later")
	}
	w.neverLimited()
}

// One note that is told to wait for the account's limit waits for all others.
func TestOneRefusalForTheAccountIsEnough(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, second := w.story(w.ticket(tracker.TicketOpen)), w.story(w.ticket(tracker.TicketNew))
	w.faults(onUpdate(sandbox.Fault{Answer: "limited-account", RetryAfter: 30, Times: 2}))
	for _, st := range []tracker.Story{first, second} {
		w.comment(st, "Quietly.")
		if err := w.svc.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if hosts := w.svc.PassedOver(); len(hosts) != 1 || hosts[0] != w.in.Host || w.answeredUpdates() != 1 {
		t.Errorf("passed over: %q, after %d refusals", hosts, w.answeredUpdates())
	}
}

// frugal opens desks that tell of an allowance that is nearly used up.
type frugal struct {
	tracker.Desks
	low *atomic.Bool
}

func (f frugal) Open(in tracker.Integration, c tracker.Credentials) (tracker.Desk, error) {
	d, err := f.Desks.Open(in, c)
	return frugalDesk{d, f.low}, err
}

type frugalDesk struct {
	tracker.Desk
	low *atomic.Bool
}

func (d frugalDesk) Quota() tracker.Quota {
	if !d.low.Load() {
		return d.Desk.Quota()
	}
	return tracker.Quota{Requests: tracker.Allowance{PerMinute: 700, Left: 69, Resets: 20 * time.Second}}
}

// The rest of an account's allowance is left to others: neither notes nor
// readings of views use it up.
func TestTheRestOfAnAllowanceIsLeftToOthers(t *testing.T) {
	t.Parallel()
	w, clock := newLimitedWorld(t)
	low := &atomic.Bool{}
	w.svc.Desks = frugal{w.svc.Desks, low}
	w.edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false }) // its account is opened anew
	st := w.story(w.ticket(tracker.TicketOpen))
	w.sync()
	due := func() int {
		t.Helper()
		views, err := w.svc.DueViews(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(views)
	}
	clock.pass(time.Hour)
	w.comment(st, "Not urgent.")
	low.Store(true)
	if err := w.svc.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	notes, _ := w.notes(t.Context(), st)
	if d := notes[0]; d.Attempts != 0 || d.NotBefore != clock.now().Add(20*time.Second) || !strings.HasSuffix(d.Reason, "has few requests left, and other programs may need them; next at 13:31:20") {
		t.Errorf("%+v", d)
	}
	if due() != 0 {
		t.Error("the view is read")
	}
	low.Store(false)
	clock.pass(21 * time.Second)
	if due() != 1 {
		t.Error("the view is not read")
	}
	w.sync()
	w.once(st.Tickets[0].Ticket.ID, "Not urgent.")
}
