package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func testDeliveries(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	d := s.delivery(in, 1, "a")
	one := func() tracker.Delivery {
		return get(s, func(r tracker.Reader) (tracker.Delivery, error) { return r.Delivery(d.ID) })
	}
	same(t, "delivery", one(), d)
	public, when := false, at(time.Hour)
	d.State, d.Attempts, d.NotBefore, d.Reason = tracker.DeliverySent, 2, at(time.Minute), "why"
	d.Stamp, d.SentAt, d.Late, d.AuditID = at(-time.Hour), at(time.Second), true, 77
	d.Public, d.DeliveredAt, d.Opens, d.Text = &public, &when, false, "cut"
	d.Failures, d.Unreachable, d.NotOpened = 3, true, "not allowed"
	s.saveDelivery(d)
	same(t, "saved delivery", one(), d)

	after := s.delivery(in, 1, "b")
	if after.Seq <= d.Seq || after.ID <= d.ID {
		t.Errorf("added %d/%d after %d/%d", after.ID, after.Seq, d.ID, d.Seq)
	}
	s.refused(tracker.CodeRefused, "", func(w tracker.Writer) error { return w.RemoveDelivery(d.ID) })
	s.write(func(w tracker.Writer) error { return w.RemoveDelivery(after.ID) })
	s.due(time.Time{})
	for _, gone := range []func(w tracker.Writer) error{
		func(w tracker.Writer) error { return w.RemoveDelivery(after.ID) },
		func(w tracker.Writer) error { return w.SaveDelivery(&after) },
		func(w tracker.Writer) error { return w.RequeueDelivery(&after) },
		func(w tracker.Writer) error {
			_, err := w.Delivery(after.ID)
			return err
		},
	} {
		s.refused(tracker.CodeNotFound, "", gone)
	}
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		return w.AddDelivery(tracker.Delivery{Operation: "x", IntegrationID: 99, State: tracker.DeliveryWaiting})
	})
}

// The oldest one that may still be sent is told of, whatever order they were made in.
func testOldestPending(t *testing.T, s *suite) {
	oldest := func() (madeAt time.Time, ok bool) {
		s.read(func(r tracker.Reader) (err error) {
			madeAt, ok, err = r.OldestPending()
			return err
		})
		return madeAt, ok
	}
	if madeAt, ok := oldest(); ok || !madeAt.IsZero() {
		t.Errorf("an empty outbox has one of %v", madeAt)
	}
	in := s.integration("zd", host)
	first, second := s.delivery(in, 1, "a"), s.delivery(in, 2, "b")
	for _, state := range []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliverySending, tracker.DeliveryUnconfirmed} {
		first.State = state
		s.saveDelivery(first)
		if madeAt, ok := oldest(); !ok || !madeAt.Equal(first.CreatedAt) {
			t.Errorf("%s: the oldest is of %v, %v, not of %v", state, madeAt, ok, first.CreatedAt)
		}
	}
	for _, state := range []tracker.DeliveryState{tracker.DeliverySent, tracker.DeliveryParked, tracker.DeliveryDropped} {
		first.State, second.State = state, state
		s.saveDelivery(first)
		s.saveDelivery(second)
		if _, ok := oldest(); ok {
			t.Errorf("one that is %s may still be sent", state)
		}
	}
}

// An operation finds one private comment, and what a private comment is does not change.
func testDeliveryIdentity(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	d := s.delivery(in, 1, "a")
	s.refused(tracker.CodeInternal, "", func(w tracker.Writer) error { return w.AddDelivery(d) })
	changed := d
	changed.Ticket.ID, changed.Operation, changed.Seq, changed.Reason = 2, "b", 99, "why"
	s.saveDelivery(changed)
	d.Reason = "why"
	same(t, "delivery", get(s, func(r tracker.Reader) (tracker.Delivery, error) { return r.Delivery(d.ID) }), d)
	s.claimed(epoch(), "a")
}

func testDeliveryQueries(t *testing.T, s *suite) {
	in, other := s.integration("zd", host), s.integration("other", "other.zendesk.com")
	var all []tracker.Delivery
	for i, state := range tracker.DeliveryStates() {
		d := s.delivery(in, tracker.TicketID(i), string(state))
		d.State = state
		s.saveDelivery(d)
		all = append([]tracker.Delivery{d}, all...)
	}
	foreign := s.delivery(other, 0, "foreign")
	ask := func(q tracker.DeliveryQuery) (operations []string) {
		for _, d := range get(s, func(r tracker.Reader) ([]tracker.Delivery, error) { return r.Deliveries(q) }) {
			operations = append(operations, d.Operation)
		}
		return operations
	}
	got := get(s, func(r tracker.Reader) ([]tracker.Delivery, error) { return r.Deliveries(tracker.DeliveryQuery{}) })
	same(t, "all, newest first", got, append([]tracker.Delivery{foreign}, all...))
	same(t, "limited", ask(tracker.DeliveryQuery{Limit: 2}), []string{"foreign", "dropped"})
	same(t, "of an integration", ask(tracker.DeliveryQuery{Integration: other.ID}), []string{"foreign"})
	same(t, "of a ticket", ask(tracker.DeliveryQuery{Ticket: tracker.TicketKey{Host: host, ID: 1}}), []string{"sending"})
	same(t, "of a story", len(ask(tracker.DeliveryQuery{Story: 7})), len(all)+1)
	same(t, "of another story", len(ask(tracker.DeliveryQuery{Story: 8})), 0)
	same(t, "by state and integration", ask(tracker.DeliveryQuery{
		Integration: in.ID, States: []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliveryParked},
	}), []string{"parked", "waiting"})
	same(t, "of stories", len(ask(tracker.DeliveryQuery{Stories: []tracker.StoryID{8, 7}})), len(all)+1)
	same(t, "of other stories", len(ask(tracker.DeliveryQuery{Stories: []tracker.StoryID{8, 9}})), 0)
	same(t, "of tickets", ask(tracker.DeliveryQuery{TicketIDs: []tracker.TicketID{2, 1}}), []string{"unconfirmed", "sending"})
	same(t, "of integrations", len(ask(tracker.DeliveryQuery{Integrations: []tracker.IntegrationID{in.ID, other.ID}})), len(all)+1)
	same(t, "before", ask(tracker.DeliveryQuery{Before: all[2].ID, Limit: 2}), []string{"unconfirmed", "sending"})
	same(t, "counts", counts(s), map[tracker.DeliveryState]int{
		tracker.DeliveryWaiting: 2, tracker.DeliverySending: 1, tracker.DeliveryUnconfirmed: 1,
		tracker.DeliveryParked: 1, tracker.DeliveryDropped: 1,
	})
	same(t, "counts of states", counts(s, tracker.DeliverySent, tracker.DeliveryParked), map[tracker.DeliveryState]int{
		tracker.DeliverySent: 1, tracker.DeliveryParked: 1,
	})
}

func counts(s *suite, states ...tracker.DeliveryState) map[tracker.DeliveryState]int {
	return get(s, func(r tracker.Reader) (map[tracker.DeliveryState]int, error) { return r.DeliveryCounts(states...) })
}

func testGrace(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	later := func(n tracker.TicketID, operation string, attempts int) {
		d := s.delivery(in, n, operation)
		d.NotBefore, d.Attempts = at(time.Hour), attempts
		s.saveDelivery(d)
	}
	later(1, "in grace", 0)
	later(1, "behind it", 0)
	later(2, "backs off", 1)
	s.delivery(in, 3, "due")
	s.write(func(w tracker.Writer) error { return w.EndGrace(at(time.Second)) })

	settle := func(now time.Time, operation string) {
		t.Helper()
		c := s.claimed(now, operation)
		c.Delivery.State = tracker.DeliveryDropped
		s.saveDelivery(c.Delivery)
		s.release(c.Lane)
	}
	settle(at(time.Second), "due")
	settle(at(time.Second), "in grace")
	settle(at(time.Second), "behind it")
	s.noneDue(at(time.Hour - time.Millisecond))
	settle(at(time.Hour), "backs off")
}

// The last tries of a delivery are saved, each apart, and go with it.
func testDeliveryAttempts(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	d, other := s.delivery(in, 1, "a"), s.delivery(in, 2, "b")
	attempt := func(n int) tracker.DeliveryAttempt {
		return tracker.DeliveryAttempt{At: at(time.Duration(n) * time.Minute), State: tracker.DeliveryWaiting, Code: tracker.CodeUnavailable, Reason: "out of reach"}
	}
	add := func(id tracker.DeliveryID, a tracker.DeliveryAttempt) {
		s.write(func(w tracker.Writer) error { return w.AddDeliveryAttempt(id, a) })
	}
	var want []tracker.DeliveryAttempt
	for n := range tracker.MaxAttempts + 5 {
		add(d.ID, attempt(n))
		want = append(want, attempt(n))
	}
	sent := tracker.DeliveryAttempt{At: at(time.Hour), State: tracker.DeliverySent}
	add(other.ID, sent)
	want = want[len(want)-tracker.MaxAttempts:]
	read := func(ids ...tracker.DeliveryID) map[tracker.DeliveryID][]tracker.DeliveryAttempt {
		return get(s, func(r tracker.Reader) (map[tracker.DeliveryID][]tracker.DeliveryAttempt, error) {
			return r.DeliveryAttempts(ids...)
		})
	}
	same(t, "attempts", read(d.ID, other.ID), map[tracker.DeliveryID][]tracker.DeliveryAttempt{d.ID: want, other.ID: {sent}})
	s.write(func(w tracker.Writer) error { return w.RemoveDelivery(other.ID) })
	same(t, "attempts of a delivery that is gone", read(other.ID), map[tracker.DeliveryID][]tracker.DeliveryAttempt{})
}
