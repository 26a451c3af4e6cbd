package courier_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/trackertest"
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

// newLimitedWorld makes a world whose sandbox has Zendesk's limits, and goes by
// the service's clock.
func newLimitedWorld(t *testing.T) (world, *handClock) {
	t.Helper()
	clock := newHandClock()
	w := world{trackertest.NewOf(t, sandbox.Options{Limits: true, Now: clock.now})}
	w.Engine.Now = clock.now
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	return w, clock
}

func (w world) sync() tracker.SyncReport {
	w.T.Helper()
	report, err := w.Engine.Courier.Sync(w.T.Context())
	if err != nil || len(report.Problems) > 0 {
		w.T.Fatalf("%+v, %v", report, err)
	}
	return report
}

// neverLimited checks that Zendesk never had to refuse for its limits.
func (w world) neverLimited() {
	w.T.Helper()
	for _, r := range w.Sandbox.Requests() {
		if r.Status == http.StatusTooManyRequests {
			w.T.Errorf("%s %s was refused with 429", r.Method, r.Path)
		}
	}
}

func TestATicketGetsNoMoreThanItTakes(t *testing.T) {
	t.Parallel()
	w, clock := newLimitedWorld(t)
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	var want []string
	for i := range 40 {
		want = append(want, fmt.Sprintf("Number %02d.", i))
		w.Comment(st, want[i])
	}
	w.sync()
	deliveries, _ := w.Deliveries(t.Context(), st)
	if d := deliveries[30]; d.State != tracker.DeliveryWaiting || d.Attempts != 0 ||
		d.Reason != fmt.Sprintf("ticket %s takes 30 updates in 10 minutes; next at 12:41", ticket) {
		t.Fatalf("the 31st: %+v", d)
	}
	if d := deliveries[31]; d.Behind != deliveries[30].ID || d.Reason != "" {
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
	_, other := w.Open(0)
	other.Now = clock.now
	list, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	var stories []tracker.Story
	for _, row := range list.Tickets[:20] {
		stories = append(stories, w.Story(row.ID))
	}
	for i := range 60 {
		w.Comment(stories[i%len(stories)], fmt.Sprintf("Number %02d.", i))
	}
	for _, svc := range []*engine.Engine{w.Engine, other} {
		if _, err := svc.Courier.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.answeredUpdates(); got != 50 {
		t.Errorf("%d updates in a minute, want half of the 100 that the account takes", got)
	}
	waiting, err := w.Engine.Outbox.Deliveries(t.Context(), tracker.DeliveryQuery{States: []tracker.DeliveryState{tracker.DeliveryWaiting}})
	if err != nil || len(waiting) != 10 {
		t.Fatalf("%d wait, %v", len(waiting), err)
	}
	told := 0
	for _, d := range waiting {
		if strings.Contains(d.Reason, "at most 50 private comments a minute; next at 12:32:00") {
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

// One private comment that is told to wait for the account's limit waits for all others.
func TestOneRefusalForTheAccountIsEnough(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	first, second := w.Story(w.Ticket(tracker.TicketOpen)), w.Story(w.Ticket(tracker.TicketNew))
	w.Faults(onUpdate(sandbox.Fault{Answer: "limited-account", RetryAfter: 30, Times: 2}))
	for _, st := range []tracker.Story{first, second} {
		w.Comment(st, "Quietly.")
		if err := w.Engine.Courier.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if hosts := w.Engine.Courier.PassedOver(); len(hosts) != 1 || hosts[0] != w.In.Host || w.answeredUpdates() != 1 {
		t.Errorf("passed over: %q, after %d refusals", hosts, w.answeredUpdates())
	}
}

// The rest of an account's allowance is left to others: neither private comments nor
// readings of views use it up.
func TestTheRestOfAnAllowanceIsLeftToOthers(t *testing.T) {
	t.Parallel()
	w, clock := newLimitedWorld(t)
	low := &atomic.Bool{}
	w.Engine.Zendesk = trackertest.LowQuota{Zendesk: w.Engine.Zendesk, Low: low}
	w.Edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false }) // its account is opened again
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.sync()
	due := func() int {
		t.Helper()
		views, err := w.Engine.Views.DueViews(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(views)
	}
	clock.pass(time.Hour)
	w.Comment(st, "Not urgent.")
	low.Store(true)
	if err := w.Engine.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	deliveries, _ := w.Deliveries(t.Context(), st)
	if d := deliveries[0]; d.Attempts != 0 || d.NotBefore != clock.now().Add(20*time.Second) || !strings.HasSuffix(d.Reason, "has few requests left, and other programs may need them; next at 13:31:20") {
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
	w.Once(st.Tickets[0].Ticket.ID, "Not urgent.")
}
