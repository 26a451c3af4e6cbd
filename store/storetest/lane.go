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
	same(t, "lane", c.Lane, tracker.Lane{Ticket: first.Ticket, Fence: 1, LeaseUntil: at(time.Minute)})
	same(t, "lane", get(s, func(r tracker.Reader) (tracker.Lane, error) { return r.Lane(first.Ticket) }), c.Lane)

	// Once the head is settled the next one is due by its own time.
	c.Delivery.State = tracker.DeliveryParked
	s.saveDelivery(c.Delivery)
	s.release(c.Lane)
	s.due(at(time.Minute))
	s.noneDue(at(time.Second))

	// A parked note that is retried goes behind.
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
	second.Delivery.State, second.Delivery.NotBefore = tracker.DeliveryUnknown, at(time.Hour)
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
	// A note waits rather than reach another account's ticket of that number.
	in.Host, in.URL = "other.zendesk.com", "https://other.zendesk.com"
	s.write(func(w tracker.Writer) error { return w.SaveIntegration(&in) })
	s.noneDue(at(time.Hour))
	s.due(time.Time{})
	same(t, "counts", get(s, tracker.Reader.DeliveryCounts), map[tracker.DeliveryState]int{tracker.DeliveryWaiting: 1})
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

func (s *suite) claimedOperation() string {
	s.t.Helper()
	c, _ := s.claim(epoch())
	return c.Delivery.Operation
}
