package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func testAsides(t *testing.T, s *suite) {
	in := s.integration("a", host)
	list := func(host string) map[tracker.TicketID]tracker.Aside {
		return get(s, func(r tracker.Reader) (map[tracker.TicketID]tracker.Aside, error) { return r.Asides(host) })
	}
	same(t, "tickets put aside at first", len(list(host)), 0)
	dismissed := tracker.Aside{
		Ticket: tracker.TicketKey{Host: host, ID: 1}, Kind: tracker.Dismissed, Reason: "not for us",
		UpdatedAt: at(time.Minute), RepliedAt: at(time.Second), By: "Ada", At: at(time.Hour),
	}
	snoozed := tracker.Aside{Ticket: tracker.TicketKey{Host: host, ID: 2}, Kind: tracker.Snoozed, Until: at(24 * time.Hour), By: "Ben", At: at(time.Hour)}
	elsewhere := snoozed
	elsewhere.Ticket.Host = "other.example.com"
	s.write(func(w tracker.Writer) error {
		for _, a := range []tracker.Aside{dismissed, snoozed, elsewhere} {
			if err := w.SaveAside(a); err != nil {
				return err
			}
		}
		return nil
	})
	same(t, "tickets put aside", list(host), map[tracker.TicketID]tracker.Aside{1: dismissed, 2: snoozed})
	dismissed.Kind, dismissed.Reason, dismissed.Until = tracker.Snoozed, "", at(48*time.Hour)
	s.write(func(w tracker.Writer) error { return w.SaveAside(dismissed) })
	same(t, "one that was put aside again", list(host)[1], dismissed)
	s.write(func(w tracker.Writer) error { return w.RemoveAside(snoozed.Ticket) })
	same(t, "after a removal", list(host), map[tracker.TicketID]tracker.Aside{1: dismissed})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveAside(snoozed.Ticket) })
	// It follows its account, whether its ticket is in a view or not.
	s.write(func(w tracker.Writer) error {
		return w.MoveHost(in.Host, "moved.example.com", "https://moved.example.com")
	})
	dismissed.Ticket.Host = "moved.example.com"
	same(t, "on another host", list("moved.example.com"), map[tracker.TicketID]tracker.Aside{1: dismissed})
	same(t, "on the former host", len(list(host)), 0)
}
