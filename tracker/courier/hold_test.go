package courier_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// hookedStore does something before each reading.
type hookedStore struct {
	tracker.Store
	before func()
}

func (s hookedStore) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	s.before()
	return s.Store.Read(ctx, fn)
}

// Once Hold has returned nothing is sent, not even what was found due just before.
func TestNothingIsSentOnceItIsHeld(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "Later.")
	_, svc := w.Open(0)
	var once sync.Once
	svc.Store = hookedStore{svc.Store, func() {
		once.Do(func() {
			if err := svc.Courier.Hold(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}}
	if err := svc.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := w.Received(ticket, "Later."); len(got) > 0 {
		t.Errorf("it is on the ticket: %+v", got)
	}
	svc.Courier.Resume()
	if err := svc.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Once(ticket, "Later.")
}

// watchedAccounts tell of each ticket that is read before an update.
type watchedAccounts struct {
	tracker.Zendesk
	look func()
}

type watchedAccount struct {
	tracker.Account
	look func()
}

func (s watchedAccounts) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	account, err := s.Zendesk.Open(in, c)
	return watchedAccount{account, s.look}, err
}

func (s watchedAccount) Ticket(ctx context.Context, id tracker.TicketID) (tracker.Ticket, error) {
	s.look()
	return s.Account.Ticket(ctx, id)
}

// What is sent at once may take minutes. Each claim lasts from when it is made.
func TestClaimsLastHoweverLongSendingTakes(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "One.")
	w.Comment(st, "Two.")
	_, svc := w.Open(0)
	clock := newHandClock()
	clock.pass(time.Since(clock.now()))
	svc.Now = clock.now
	var left []time.Duration
	svc.Zendesk = watchedAccounts{svc.Zendesk, func() {
		list, _ := w.Deliveries(t.Context(), st)
		err := w.DB.Read(t.Context(), func(r tracker.Reader) error {
			lane, err := r.Lane(list[0].Ticket)
			left = append(left, lane.LeaseUntil.Sub(clock.now()))
			return err
		})
		if err != nil {
			t.Error(err)
		}
		clock.pass(20 * time.Second)
	}}
	if err := svc.Courier.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(left) < 2 || slices.Max(left)-slices.Min(left) > time.Second {
		t.Errorf("claims last %s", left)
	}
}

// A back-off that begins when sending has taken minutes is none that a clock left behind.
func TestABackOffHoldsHoweverLongSendingTakes(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Comment(st, "Is anybody there?")
	w.Faults(onUpdate(sandbox.Fault{Answer: "bad-gateway", Times: -1}))
	_, svc := w.Open(0)
	svc.Courier.Patient()
	clock := newHandClock()
	clock.pass(time.Since(clock.now()))
	svc.Now = clock.now
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	const many = 5
	var tries atomic.Int32
	svc.Zendesk = watchedAccounts{svc.Zendesk, func() {
		clock.pass(20 * time.Minute)
		if tries.Add(1) == many {
			stop()
		}
	}}
	if err := svc.Courier.SendDue(ctx); err != nil || tries.Load() != 1 {
		t.Errorf("%d tries, %v", tries.Load(), err)
	}
}

// A limit of a moment does not end a longer one.
func TestTheLongestLimitHolds(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	clock := newHandClock()
	w.Engine.Now = clock.now
	w.Engine.Courier.Pass(w.In.Host, clock.now().Add(time.Minute))
	w.Engine.Courier.Pass(w.In.Host, clock.now().Add(time.Second))
	clock.pass(2 * time.Second)
	if hosts := w.Engine.Courier.PassedOver(); len(hosts) != 1 {
		t.Errorf("passed over are %q", hosts)
	}
	// One that no limit reaches was reckoned before the clock was set back.
	clock.pass(-time.Hour)
	w.Engine.Courier.Pass(w.In.Host, clock.now().Add(time.Second))
	clock.pass(2 * time.Second)
	if hosts := w.Engine.Courier.PassedOver(); len(hosts) != 0 {
		t.Errorf("passed over are %q", hosts)
	}
}
