package storetest

import (
	"fmt"
	"testing"
	"time"

	"storydesk/tracker"
)

func ticket(host string, id tracker.TicketID) tracker.Ticket {
	return tracker.Ticket{
		TicketKey: tracker.TicketKey{Host: host, ID: id}, Subject: fmt.Sprintf("subject %d", id), Description: "what happened",
		Status: "new", Priority: "high", Type: "problem", Requester: "Kim", Organization: "Initech", Tags: []string{"vip", "sso"},
		URL: "https://" + host + "/agent/tickets/1", CreatedAt: epoch(), UpdatedAt: at(time.Minute),
		Channel: "native_messaging", Messaging: true, CustomStatus: "With engineering", Satisfaction: "good",
		SLA:      tracker.SLA{Told: true, Metric: "next_reply_time", BreachAt: at(time.Hour), Paused: true},
		Progress: tracker.Progress{Told: true, RepliedAt: at(time.Second), SolvedAt: at(2 * time.Second)},
	}
}

func tickets(host string, ids ...tracker.TicketID) (list []tracker.Ticket) {
	for _, id := range ids {
		list = append(list, ticket(host, id))
	}
	return list
}

func (s *suite) beginFetch(in tracker.Integration) tracker.Fetch {
	s.t.Helper()
	f := tracker.Fetch{IntegrationID: in.ID, StartedAt: epoch(), Total: -1}
	s.write(func(w tracker.Writer) error { return w.BeginFetch(&f) })
	return f
}

func (s *suite) savePage(f tracker.Fetch, host string, ids ...tracker.TicketID) {
	s.t.Helper()
	s.write(func(w tracker.Writer) error { return w.SaveTickets(f, tickets(host, ids...)) })
}

func (s *suite) endFetch(f tracker.Fetch, partial bool) {
	s.t.Helper()
	f.FinishedAt, f.Partial = at(time.Second), partial
	s.write(func(w tracker.Writer) error { return w.EndFetch(f) })
}

// readView reads a view that holds these tickets.
func (s *suite) readView(in tracker.Integration, ids ...tracker.TicketID) {
	s.t.Helper()
	f := s.beginFetch(in)
	s.savePage(f, in.Host, ids...)
	s.endFetch(f, false)
}

// tickets lists the keys of a view's tickets.
func (s *suite) tickets(in tracker.Integration) (keys []tracker.TicketKey) {
	s.t.Helper()
	for _, t := range get(s, func(r tracker.Reader) ([]tracker.TicketRow, error) { return r.Tickets(in.ID) }) {
		keys = append(keys, t.TicketKey)
	}
	return keys
}

// view fails the test unless a view holds these tickets in this order.
func (s *suite) view(in tracker.Integration, ids ...tracker.TicketID) {
	s.t.Helper()
	var want []tracker.TicketKey
	for _, id := range ids {
		want = append(want, tracker.TicketKey{Host: in.Host, ID: id})
	}
	same(s.t, "view", s.tickets(in), want)
}

func testTickets(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	kept := ticket(host, 1)
	f := s.beginFetch(in)
	s.write(func(w tracker.Writer) error { return w.SaveTickets(f, []tracker.Ticket{kept}) })
	one := func() tracker.Ticket {
		return get(s, func(r tracker.Reader) (tracker.Ticket, error) { return r.Ticket(kept.TicketKey) })
	}
	same(t, "ticket", one(), kept)
	listed := kept
	listed.Description = ""
	same(t, "listed ticket", get(s, func(r tracker.Reader) ([]tracker.TicketRow, error) { return r.Tickets(in.ID) }),
		[]tracker.TicketRow{{Ticket: listed, Unread: true}})

	newer := kept
	newer.Subject, newer.Status, newer.Tags, newer.UpdatedAt, newer.Description = "new subject", "hold", nil, at(time.Hour), ""
	s.write(func(w tracker.Writer) error { return w.SaveTicket(newer) })
	newer.Description = kept.Description
	same(t, "ticket saved without its description", one(), newer)
	s.write(func(w tracker.Writer) error { return w.SaveTicket(kept) })
	same(t, "ticket after older news", one(), newer)
	s.view(in, 1)

	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Ticket(tracker.TicketKey{Host: "other.zendesk.com", ID: 1})
		return err
	})
}

// What an answer about one ticket does not tell of its SLA and progress stays; a view
// that does not tell it has none.
func testTicketFacts(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	saved := ticket(host, 1)
	one := func() tracker.Ticket {
		return get(s, func(r tracker.Reader) (tracker.Ticket, error) { return r.Ticket(saved.TicketKey) })
	}
	f := s.beginFetch(in)
	s.write(func(w tracker.Writer) error { return w.SaveTickets(f, []tracker.Ticket{saved}) })
	untold := saved
	untold.SLA, untold.Progress = tracker.SLA{}, tracker.Progress{}
	s.write(func(w tracker.Writer) error { return w.SaveTicket(untold) })
	same(t, "facts that an answer leaves out", one(), saved)

	met := saved
	met.SLA, met.Progress, met.Satisfaction = tracker.SLA{Told: true}, tracker.Progress{Told: true}, ""
	s.write(func(w tracker.Writer) error { return w.SaveTicket(met) })
	same(t, "a target that was met", one(), met)

	s.write(func(w tracker.Writer) error { return w.SaveTicket(saved) })
	s.write(func(w tracker.Writer) error { return w.SaveTickets(f, []tracker.Ticket{untold}) })
	same(t, "facts of a view that tells none", one(), untold)
}

// A ticket is unread until somebody has seen it as it is now.
func testUnread(t *testing.T, s *suite) {
	in, other := s.integration("zd", host), s.integration("other", host)
	unread := func(in tracker.Integration) (ids []tracker.TicketID) {
		for _, t := range get(s, func(r tracker.Reader) ([]tracker.TicketRow, error) { return r.Tickets(in.ID) }) {
			if t.Unread {
				ids = append(ids, t.ID)
			}
		}
		return ids
	}
	see := func(id tracker.TicketID, upTo time.Time) {
		s.write(func(w tracker.Writer) error { return w.SeeTicket(tracker.TicketKey{Host: host, ID: id}, upTo) })
	}
	s.readView(in, 1, 2)
	s.readView(other, 2, 3)
	same(t, "unread at first", unread(in), []tracker.TicketID{1, 2})
	see(1, ticket(host, 1).UpdatedAt)
	see(2, epoch())
	same(t, "unread when one was seen and one changed since", unread(in), []tracker.TicketID{2})
	see(2, ticket(host, 2).UpdatedAt)
	same(t, "unread when all were seen", len(unread(in)), 0)
	same(t, "unread in another view", unread(other), []tracker.TicketID{3})
}

func testFetches(t *testing.T, s *suite) {
	in, other := s.integration("zd", host), s.integration("other", host)
	last := func() tracker.Fetch {
		return get(s, func(r tracker.Reader) (tracker.Fetch, error) { return r.Fetch(in.ID) })
	}
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Fetch(in.ID)
		return err
	})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.BeginFetch(&tracker.Fetch{IntegrationID: 99}) })
	first := s.beginFetch(in)
	same(t, "fetch under way", last(), first)
	first.Total = 3
	s.savePage(first, host, 3, 1)
	s.savePage(first, host, 1, 2)
	same(t, "fetch under way", last(), first)
	s.endFetch(first, false)
	s.view(in, 3, 1, 2)
	s.readView(other, 3)

	second := s.beginFetch(in)
	if second.ID <= first.ID {
		t.Errorf("fetch %d came after fetch %d", second.ID, first.ID)
	}
	s.view(in, 3, 1, 2)
	s.savePage(second, host, 2, 4)
	s.view(in, 2, 4, 3, 1)
	s.endFetch(second, true)
	s.view(in, 2, 4, 3, 1)
	second.Total, second.Partial, second.FinishedAt = -1, true, at(time.Second)
	same(t, "partial fetch", last(), second)
	second.StartedAt, second.FinishedAt, second.Next, second.NextAt, second.Asked = at(time.Minute), time.Time{}, "3", at(time.Hour), true
	s.savePage(second, host)
	same(t, "fetch that goes on", last(), second)
	s.savePage(second, host, 5)
	s.view(in, 2, 4, 5, 3, 1)

	third := s.beginFetch(in)
	third.Problem = "no network"
	s.endFetch(third, false)
	same(t, "problem", last().Problem, "no network")
	s.view(in, 2, 4, 5, 3, 1)

	// #1 and #5 leave the view; #5 is linked, and so is saved.
	st := s.story(in.ProjectID, tracker.Started, 1)
	s.write(func(w tracker.Writer) error {
		return w.AddLink(&tracker.Link{StoryID: st.ID, Ticket: tracker.TicketKey{Host: host, ID: 5}})
	})
	s.readView(in, 4, 2)
	s.view(in, 4, 2)
	s.view(other, 3)
	for _, id := range []tracker.TicketID{2, 3, 5} {
		s.read(func(r tracker.Reader) error {
			_, err := r.Ticket(tracker.TicketKey{Host: host, ID: id})
			return err
		})
	}
	s.readView(in)
	s.view(in)
}

func testOvertakenFetch(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	older := s.beginFetch(in)
	s.savePage(older, host, 1, 2)
	newer := s.beginFetch(in)
	s.savePage(newer, host, 2)
	s.savePage(older, host, 3)
	s.view(in, 2, 1)
	s.endFetch(older, false)
	s.view(in, 2, 1)
	same(t, "fetch", get(s, func(r tracker.Reader) (tracker.Fetch, error) { return r.Fetch(in.ID) }), newer)
	s.endFetch(newer, false)
	s.view(in, 2)
	s.write(func(w tracker.Writer) error { return w.RemoveIntegration(in.ID) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.SaveTickets(newer, nil) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.EndFetch(newer) })
}

func testChangedView(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	s.readView(in, 1)
	s.write(func(w tracker.Writer) error {
		in.Active = false
		return w.SaveIntegration(&in)
	})
	s.view(in, 1)
	s.write(func(w tracker.Writer) error {
		in.ViewID++
		return w.SaveIntegration(&in)
	})
	s.view(in)
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Fetch(in.ID)
		return err
	})
	same(t, "integrations", len(get(s, func(r tracker.Reader) ([]tracker.Integration, error) { return r.Integrations(0) })), 1)
}

// Up to which update a ticket was seen never falls.
func testSeen(t *testing.T, s *suite) {
	in := s.integration("a", "a.example.com")
	key := tracker.TicketKey{Host: in.Host, ID: 1}
	see := func(upTo time.Time) {
		s.write(func(w tracker.Writer) error { return w.SeeTicket(key, upTo) })
	}
	seen := func() time.Time {
		return get(s, func(r tracker.Reader) (time.Time, error) { return r.SeenUpTo(key) })
	}
	see(at(time.Minute))
	same(t, "a ticket that is not kept is seen", seen().IsZero(), true)
	s.readView(in, 1)
	see(at(time.Minute))
	same(t, "seen up to", seen(), at(time.Minute))
	see(at(2 * time.Hour))
	see(at(time.Second))
	same(t, "seen up to the latest", seen(), at(2*time.Hour))
	s.write(func(w tracker.Writer) error {
		return w.MoveHost(in.Host, "moved.example.com", "https://moved.example.com")
	})
	key.Host = "moved.example.com"
	same(t, "seen on another host", seen(), at(2*time.Hour))
}
