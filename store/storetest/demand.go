package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

// A card tells who wants its story, and which of its tickets are to be answered.
func testDemand(t *testing.T, s *suite) {
	in := s.integration("a", "a.example.com")
	first, second, bare := s.story(in.ProjectID, tracker.Accepted, 1), s.story(in.ProjectID, tracker.Started, 2), s.story(in.ProjectID, tracker.Started, 3)
	save := func(id tracker.TicketID, status tracker.TicketStatus, organization string, replied time.Time) {
		one := ticket(in.Host, id)
		one.Status, one.Organization, one.Progress.RepliedAt = status, organization, replied
		s.write(func(w tracker.Writer) error { return w.SaveTicket(one) })
	}
	save(1, tracker.TicketOpen, "Initech", at(time.Hour))
	save(2, tracker.TicketPending, "Initech", at(time.Minute))
	save(3, tracker.TicketSolved, "Globex", at(time.Second))
	save(4, tracker.TicketHold, "", at(2*time.Hour))
	link := func(st tracker.Story, ids ...tracker.TicketID) {
		for _, id := range ids {
			s.write(func(w tracker.Writer) error {
				return w.AddLink(&tracker.Link{StoryID: st.ID, Ticket: tracker.TicketKey{Host: in.Host, ID: id}})
			})
		}
	}
	link(first, 1, 2, 3, 4)
	link(second, 4)
	demand := func() map[tracker.StoryID]tracker.Demand {
		told := make(map[tracker.StoryID]tracker.Demand)
		for _, c := range get(s, func(r tracker.Reader) ([]tracker.Card, error) { return r.Cards(in.ProjectID) }) {
			told[c.ID] = c.Demand
		}
		return told
	}
	same(t, "demand", demand(), map[tracker.StoryID]tracker.Demand{
		first.ID:  {Tickets: 4, Organizations: 2, WaitingSince: at(time.Hour), ToAnswer: 2},
		second.ID: {Tickets: 1, WaitingSince: at(2 * time.Hour)},
		bare.ID:   {},
	})
	s.write(func(w tracker.Writer) error { return w.DeleteStory(second.ID, at(time.Hour)) })
	same(t, "to answer where the other story is deleted", demand()[first.ID].ToAnswer, 3)
}

// Linked tickets are found that stand in no view, or in the view of another integration.
func testOutsideView(t *testing.T, s *suite) {
	in, other := s.integration("a", "a.example.com"), s.integration("b", "b.example.com")
	st, elsewhere := s.story(in.ProjectID, tracker.Accepted, 1), s.story(other.ProjectID, tracker.Accepted, 1)
	for id, status := range map[tracker.TicketID]tracker.TicketStatus{1: tracker.TicketOpen, 2: tracker.TicketHold, 3: tracker.TicketSolved, 4: tracker.TicketOpen, 5: tracker.TicketOpen, 6: tracker.TicketOpen} {
		one := ticket(in.Host, id)
		one.Status = status
		s.write(func(w tracker.Writer) error { return w.SaveTicket(one) })
	}
	for id, story := range map[tracker.TicketID]tracker.StoryID{1: st.ID, 2: st.ID, 3: st.ID, 4: st.ID, 5: elsewhere.ID} {
		s.write(func(w tracker.Writer) error {
			return w.AddLink(&tracker.Link{StoryID: story, Ticket: tracker.TicketKey{Host: in.Host, ID: id}})
		})
	}
	s.readView(in, 4)
	outside := func(statuses ...tracker.TicketStatus) (ids []tracker.TicketID) {
		for _, row := range get(s, func(r tracker.Reader) ([]tracker.TicketRow, error) { return r.OutsideView(in.ID, statuses...) }) {
			ids = append(ids, row.ID)
		}
		return ids
	}
	same(t, "outside the view", outside(tracker.TicketOpen, tracker.TicketHold), []tracker.TicketID{1, 2})
	same(t, "on hold outside the view", outside(tracker.TicketHold), []tracker.TicketID{2})
	s.write(func(w tracker.Writer) error {
		return w.SeeTicket(tracker.TicketKey{Host: in.Host, ID: 2}, at(time.Hour))
	})
	for _, row := range get(s, func(r tracker.Reader) ([]tracker.TicketRow, error) {
		return r.OutsideView(in.ID, tracker.TicketOpen, tracker.TicketHold)
	}) {
		if row.Unread != (row.ID == 1) {
			t.Errorf("ticket %s: unread %t", row.ID, row.Unread)
		}
	}
	s.write(func(w tracker.Writer) error { return w.DeleteStory(st.ID, at(time.Hour)) })
	same(t, "whose story is deleted", len(outside(tracker.TicketOpen, tracker.TicketHold)), 0)
}
