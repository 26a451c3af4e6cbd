package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func testLaneOrder(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	s.noneDue(epoch())
	s.due(time.Time{})
	first := s.delivery(in, 1, "first")
	second := s.delivery(in, 1, "second")
	second.NotBefore = at(time.Minute)
	s.saveDelivery(second)
	s.due(epoch())
	s.noneDue(at(-time.Second))

	c := s.claimed(epoch(), "first")
	same(t, "the whole head", c.Delivery, first)
	behind := get(s, func(r tracker.Reader) (tracker.Delivery, error) { return r.Delivery(second.ID) })
	same(t, "what the second waits for", behind.Behind, first.ID)
	same(t, "lane", c.Lane, tracker.Lane{Ticket: first.Ticket, Fence: 1, LeaseUntil: at(time.Minute)})
	same(t, "lane", get(s, func(r tracker.Reader) (tracker.Lane, error) { return r.Lane(first.Ticket) }), c.Lane)

	// Once the head is settled the next one is due by its own time.
	c.Delivery.State = tracker.DeliveryParked
	s.saveDelivery(c.Delivery)
	s.release(c.Lane)
	s.due(at(time.Minute))
	s.noneDue(at(time.Second))

	// A parked private comment that is retried goes behind.
	retried := c.Delivery
	retried.State, retried.Late = tracker.DeliveryWaiting, true
	s.write(func(w tracker.Writer) error { return w.RequeueDelivery(&retried) })
	if retried.Seq <= second.Seq {
		t.Errorf("requeued with number %d behind %d", retried.Seq, second.Seq)
	}
	c = s.claimed(at(time.Minute), "second")
	c.Delivery.State = tracker.DeliveryDropped
	s.saveDelivery(c.Delivery)
	s.release(c.Lane)
	c = s.claimed(at(time.Minute), "first")
	same(t, "requeued", c.Delivery, retried)

	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Lane(tracker.TicketKey{Host: host, ID: 99})
		return err
	})
}

func testLeases(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	s.delivery(in, 1, "a")
	first := s.claimed(epoch(), "a")
	s.noneDue(at(time.Minute - time.Millisecond))
	s.due(at(time.Minute))

	first.Delivery.State, first.Delivery.Attempts = tracker.DeliverySending, 1
	s.saveDelivery(first.Delivery)
	s.due(at(time.Minute))
	s.noneDue(at(time.Second))
	second := s.claimed(at(time.Minute), "a")
	same(t, "state of a head whose lease ran out", second.Delivery.State, tracker.DeliverySending)
	if second.Lane.Fence <= first.Lane.Fence {
		t.Errorf("fence %d came after %d", second.Lane.Fence, first.Lane.Fence)
	}

	// An old claim releases nothing.
	s.release(first.Lane)
	s.noneDue(at(time.Minute))
	second.Delivery.State, second.Delivery.NotBefore = tracker.DeliveryUnconfirmed, at(time.Hour)
	s.saveDelivery(second.Delivery)
	s.release(second.Lane)
	s.due(at(time.Hour))
	s.noneDue(at(time.Hour - time.Millisecond))
	third := s.claimed(at(time.Hour), "a")
	s.release(third.Lane)
	lane := get(s, func(r tracker.Reader) (tracker.Lane, error) { return r.Lane(third.Lane.Ticket) })
	same(t, "released lane", lane, tracker.Lane{Ticket: third.Lane.Ticket, Fence: third.Lane.Fence})
	s.release(tracker.Lane{Ticket: tracker.TicketKey{Host: host, ID: 99}})
}

func testHeldLanes(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	s.delivery(in, 1, "a")
	for _, hold := range []func(in *tracker.Integration, held bool){
		func(in *tracker.Integration, held bool) { in.Active = !held },
		func(in *tracker.Integration, held bool) {
			in.PausedReason = map[bool]string{true: "sign in again"}[held]
		},
	} {
		for _, held := range []bool{true, false} {
			hold(&in, held)
			s.write(func(w tracker.Writer) error { return w.SaveIntegration(&in) })
			if held {
				s.noneDue(at(time.Hour))
				s.due(time.Time{})
				continue
			}
			s.due(epoch())
		}
	}
	// A private comment waits rather than reach another account's ticket of that number.
	in.Host, in.URL = "other.zendesk.com", "https://other.zendesk.com"
	s.write(func(w tracker.Writer) error { return w.SaveIntegration(&in) })
	s.noneDue(at(time.Hour))
	s.due(time.Time{})
	same(t, "counts", counts(s), map[tracker.DeliveryState]int{tracker.DeliveryWaiting: 1})
}

func testBusyHosts(t *testing.T, s *suite) {
	a, b := s.integration("a", "a.zendesk.com"), s.integration("b", "b.zendesk.com")
	s.delivery(a, 1, "a1")
	s.delivery(a, 2, "a2")
	s.delivery(b, 1, "b1")
	if c, ok := s.claim(epoch(), a.Host); !ok || c.Delivery.Operation != "b1" {
		t.Fatalf("claimed %q past a busy host", c.Delivery.Operation)
	}
	if c, ok := s.claim(epoch(), a.Host); ok {
		t.Fatalf("claimed %q of a busy host", c.Delivery.Operation)
	}
	if _, ok := s.claim(epoch(), a.Host, b.Host); ok {
		t.Fatal("claimed of busy hosts")
	}
	same(t, "claims", []string{s.claimedOperation(), s.claimedOperation()}, []string{"a1", "a2"})
}

// An integration is passed over although others of its account are not.
func testPassedIntegrations(t *testing.T, s *suite) {
	a, b := s.integration("a", host), s.integration("b", host)
	s.delivery(a, 1, "a1")
	s.delivery(b, 2, "b2")
	if c, ok := s.claim(epoch(), a.ID.Passed()); !ok || c.Delivery.Operation != "b2" {
		t.Fatalf("claimed %q past an integration", c.Delivery.Operation)
	}
	s.read(func(r tracker.Reader) error {
		if at, ok, err := r.NextDue(a.ID.Passed(), b.ID.Passed()); ok || err != nil {
			t.Errorf("due at %v past all integrations, %v", at, err)
		}
		at, ok, err := r.NextDue(b.ID.Passed(), "#")
		if !ok || !at.Equal(epoch()) {
			t.Errorf("due at %v (%v)", at, ok)
		}
		return err
	})
	if c, ok := s.claim(epoch(), a.ID.Passed(), b.ID.Passed()); ok {
		t.Fatalf("claimed %q past all integrations", c.Delivery.Operation)
	}
	same(t, "claim", s.claimedOperation(), "a1")
}

// The last program that can send for an integration is remembered, until the integration goes.
func testSenders(t *testing.T, s *suite) {
	a, b := s.integration("a", host), s.integration("b", host)
	senders := func() []tracker.Sender { return get(s, tracker.Reader.Senders) }
	same(t, "senders before any", senders(), []tracker.Sender{})
	first := tracker.Sender{IntegrationID: b.ID, Holder: "one", Name: "Ada", Machine: "laptop", SeenAt: at(time.Second)}
	second := tracker.Sender{IntegrationID: a.ID, Holder: "two", Name: "worker", Machine: "build1", SeenAt: at(2 * time.Second)}
	for _, sender := range []tracker.Sender{first, second} {
		s.write(func(w tracker.Writer) error { return w.SaveSender(sender) })
	}
	same(t, "senders", senders(), []tracker.Sender{second, first})
	first.Holder, first.Name, first.Machine, first.SeenAt = "three", "Ben", "desk", at(time.Minute)
	s.write(func(w tracker.Writer) error { return w.SaveSender(first) })
	same(t, "senders", senders(), []tracker.Sender{second, first})
	s.write(func(w tracker.Writer) error { return w.RemoveIntegration(a.ID) })
	same(t, "senders", senders(), []tracker.Sender{first})
}

func (s *suite) claimedOperation() string {
	s.t.Helper()
	c, _ := s.claim(epoch())
	return c.Delivery.Operation
}

// A lease that is renewed lasts longer, unless the lane has passed to another.
func testRenewal(_ *testing.T, s *suite) {
	s.delivery(s.integration("zd", host), 1, "a")
	lane := s.claimed(epoch(), "a").Lane
	renew := func(fence int64) {
		l := lane
		l.Fence, l.LeaseUntil = fence, at(time.Hour)
		s.write(func(w tracker.Writer) error { return w.RenewLane(l) })
	}
	renew(lane.Fence - 1)
	s.due(lane.LeaseUntil)
	renew(lane.Fence)
	s.due(at(time.Hour))
	s.noneDue(at(time.Minute))
}

// What waited for an account that was out of reach is due when that answers again;
// what waits for another reason, or for another account, is not.
func testOutage(_ *testing.T, s *suite) {
	in, other := s.integration("zd", host), s.integration("other", "other.zendesk.com")
	later := func(in tracker.Integration, n tracker.TicketID, operation string, unreachable bool) {
		d := s.delivery(in, n, operation)
		d.NotBefore, d.Unreachable, d.Attempts = at(time.Hour), unreachable, 1
		s.saveDelivery(d)
	}
	later(in, 1, "cut off", true)
	later(in, 2, "told to wait", false)
	later(other, 1, "elsewhere", true)
	s.write(func(w tracker.Writer) error { return w.EndOutage(host, at(time.Second)) })
	s.due(at(time.Second))
	s.claimed(at(time.Second), "cut off")
	s.noneDue(at(59 * time.Second))
}

// What a clock that was wrong put far ahead, a private comment or a lease, is due at once.
func testFarFuture(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	d := s.delivery(in, 1, "far")
	d.NotBefore = at(3 * time.Hour)
	s.saveDelivery(d)
	s.delivery(in, 2, "leased")
	s.write(func(w tracker.Writer) error {
		_, _, err := w.ClaimLane(at(0), at(2*time.Hour), nil)
		return err
	})
	near := s.delivery(in, 3, "near")
	near.NotBefore = at(time.Minute)
	s.saveDelivery(near)
	latest := func(want time.Duration) {
		t.Helper()
		s.read(func(r tracker.Reader) error {
			got, ok, err := r.LatestDue()
			if !ok || !got.Equal(at(want)) {
				t.Fatalf("the last is due at %v (%v), want %v", got, ok, at(want))
			}
			return err
		})
	}
	latest(3 * time.Hour)
	s.write(func(w tracker.Writer) error { return w.BringForward(at(time.Hour), at(time.Second)) })
	latest(time.Minute)
	s.claimed(at(time.Second), "leased")
	s.claimed(at(time.Second), "far")
	s.noneDue(at(59 * time.Second))
}

func testSent(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	for i, n := range []tracker.TicketID{1, 2, 1} {
		d := s.delivery(in, n, string(rune('a'+i)))
		d.SentAt, d.Attempts = at(time.Duration(i)*time.Minute), i+1
		s.saveDelivery(d)
	}
	sent := func(id tracker.TicketID, since time.Duration) []tracker.Sent {
		return get(s, func(r tracker.Reader) ([]tracker.Sent, error) {
			return r.Sent(tracker.TicketKey{Host: host, ID: id}, at(since))
		})
	}
	same(t, "to a ticket", sent(1, -time.Hour), []tracker.Sent{{At: at(0), Attempts: 1}, {At: at(2 * time.Minute), Attempts: 3}})
	same(t, "to the account", sent(0, 0), []tracker.Sent{{At: at(time.Minute), Attempts: 2}, {At: at(2 * time.Minute), Attempts: 3}})
	same(t, "to nobody", len(sent(3, -time.Hour)), 0)
}
