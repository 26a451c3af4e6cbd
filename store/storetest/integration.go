package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func testIntegrations(t *testing.T, s *suite) {
	b := s.integration("beta", host)
	a := s.integration("Alpha", host)
	list := func(p tracker.ProjectID) []tracker.Integration {
		return get(s, func(r tracker.Reader) ([]tracker.Integration, error) { return r.Integrations(p) })
	}
	same(t, "all by name", list(0), []tracker.Integration{a, b})
	same(t, "of a project", list(b.ProjectID), []tracker.Integration{b})
	same(t, "of no project", list(99), []tracker.Integration(nil))

	elsewhere := b
	elsewhere.ProjectID, elsewhere.Name = a.ProjectID, "Beta"
	s.write(func(w tracker.Writer) error { return w.AddIntegration(&elsewhere) })
	s.refused(tracker.CodeInvalid, "name", func(w tracker.Writer) error {
		again := elsewhere
		again.Name = "BETA"
		return w.AddIntegration(&again)
	})
	s.refused(tracker.CodeInvalid, "name", func(w tracker.Writer) error {
		elsewhere.Name = "alpha"
		return w.SaveIntegration(&elsewhere)
	})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		orphan := a
		orphan.ProjectID, orphan.Name = 99, "orphan"
		return w.AddIntegration(&orphan)
	})

	stale := a
	a.Name, a.URL, a.Host, a.Email, a.Auth = "Gamma", "https://g.zendesk.com", "g.zendesk.com", "g@acme.com", tracker.AuthPassword
	a.ViewID, a.ViewTitle, a.Active, a.UpdateComments, a.UpdateState = 7, "Mine", false, false, false
	a.PausedReason, a.PausedCause, a.UpdatedAt = "sign in again", tracker.PauseSignedOut, at(time.Hour)
	s.write(func(w tracker.Writer) error { return w.SaveIntegration(&a) })
	same(t, "version of a saved integration", a.Version, int64(2))
	got := get(s, func(r tracker.Reader) (tracker.Integration, error) { return r.Integration(a.ID) })
	same(t, "saved integration", got, a)

	s.refused(tracker.CodeConflict, "", func(w tracker.Writer) error { return w.SaveIntegration(&stale) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		return w.SaveIntegration(&tracker.Integration{ID: 99, Version: 1})
	})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveIntegration(99) })
}

func testRemoveIntegration(t *testing.T, s *suite) {
	in := s.integration("one", host)
	st := s.story(in.ProjectID, tracker.Started, 1)
	ticket := tracker.TicketKey{Host: host, ID: 1}
	s.write(func(w tracker.Writer) error {
		return w.AddLink(&tracker.Link{StoryID: st.ID, Ticket: ticket, IntegrationID: in.ID, CreatedAt: epoch()})
	})
	d := s.delivery(in, 1, "op")
	s.readView(in, 1, 2)
	s.due(epoch())

	s.write(func(w tracker.Writer) error { return w.RemoveIntegration(in.ID) })
	s.due(time.Time{})
	s.noneDue(at(time.Hour))
	st = get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(st.ID) })
	same(t, "links", st.Tickets, []tracker.Link{{StoryID: st.ID, Ticket: ticket, CreatedAt: epoch()}})
	d.IntegrationID, d.Integration = 0, ""
	same(t, "delivery", get(s, func(r tracker.Reader) (tracker.Delivery, error) { return r.Delivery(d.ID) }), d)

	// What was under way when it was removed still ends.
	d.State, d.IntegrationID = tracker.DeliveryDropped, in.ID
	s.saveDelivery(d)
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Fetch(in.ID)
		return err
	})
	same(t, "tickets", len(s.tickets(in)), 0)
	if next := s.integration("two", host); next.ID == in.ID {
		t.Errorf("the id %d was used again", in.ID)
	}
}

func testMoveHost(t *testing.T, s *suite) {
	const moved = "acme-new.zendesk.com"
	in := s.integration("old", host)
	other := s.integration("new", moved)
	st := s.story(in.ProjectID, tracker.Started, 1)
	s.readView(in, 1, 2)
	s.readView(other, 2)
	s.write(func(w tracker.Writer) error {
		for _, key := range []tracker.TicketKey{{Host: host, ID: 1}, {Host: host, ID: 2}, {Host: moved, ID: 2}} {
			l := tracker.Link{StoryID: st.ID, Ticket: key, URL: "https://" + key.Host + "/agent/tickets/" + key.ID.String()[1:]}
			if err := w.AddLink(&l); err != nil {
				return err
			}
		}
		return nil
	})
	s.delivery(in, 2, "first")
	s.delivery(other, 2, "second")
	held := s.claimed(epoch(), "first")
	s.write(func(w tracker.Writer) error { return w.MoveHost(host, moved, "https://"+moved) })

	got := get(s, func(r tracker.Reader) (tracker.Integration, error) { return r.Integration(in.ID) })
	same(t, "host and URL", []string{got.Host, got.URL}, []string{moved, "https://" + moved})
	if got.Version <= in.Version {
		t.Error("the integration's version did not rise")
	}
	s.refused(tracker.CodeConflict, "", func(w tracker.Writer) error { return w.SaveIntegration(&in) })
	st = get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(st.ID) })
	same(t, "links", st.Tickets, []tracker.Link{
		{StoryID: st.ID, Ticket: tracker.TicketKey{Host: moved, ID: 1}, URL: "https://" + moved + "/agent/tickets/1"},
		{StoryID: st.ID, Ticket: tracker.TicketKey{Host: moved, ID: 2}, URL: "https://" + moved + "/agent/tickets/2"},
	})
	same(t, "tickets", s.tickets(in), []tracker.TicketKey{{Host: moved, ID: 1}, {Host: moved, ID: 2}})

	// Both lanes of #2 are one now; the claim that was held is void.
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Lane(held.Lane.Ticket)
		return err
	})
	s.noneDue(epoch())
	first := s.claimed(at(time.Minute), "first")
	if first.Lane.Fence <= held.Lane.Fence || first.Delivery.Ticket.Host != moved {
		t.Errorf("claimed %+v after the move, before it %+v", first.Lane, held.Lane)
	}
	first.Delivery.State = tracker.DeliveryDropped
	s.saveDelivery(first.Delivery)
	s.release(first.Lane)
	s.claimed(at(time.Minute), "second")
}
