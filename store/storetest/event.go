package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

// events lists the keys of what happened on a story's tickets.
func (s *suite) events(story tracker.StoryID) (keys []int64) {
	s.t.Helper()
	for _, e := range get(s, func(r tracker.Reader) ([]tracker.TicketEvent, error) { return r.StoryEvents(story) }) {
		keys = append(keys, e.Key)
	}
	return keys
}

// event adds something that happened on a ticket.
func (s *suite) event(key tracker.TicketKey, n int64, happened, noted time.Time) {
	s.t.Helper()
	s.write(func(w tracker.Writer) error {
		_, err := w.AddTicketEvent(&tracker.TicketEvent{Ticket: key, Kind: tracker.EventComment, Key: n, At: happened, NotedAt: noted})
		return err
	})
}

// What happened on a ticket is saved once, and stands on its stories from their links on.
func testTicketEvents(t *testing.T, s *suite) {
	in := s.integration("a", "a.example.com")
	first, second := s.story(in.ProjectID, tracker.Started, 1), s.story(in.ProjectID, tracker.Started, 2)
	key := tracker.TicketKey{Host: in.Host, ID: 1}
	s.readView(in, 1, 2)
	link := func(st tracker.Story, created time.Time) {
		s.write(func(w tracker.Writer) error {
			return w.AddLink(&tracker.Link{StoryID: st.ID, Ticket: key, CreatedAt: created})
		})
	}
	link(first, at(time.Minute))
	whole := tracker.TicketEvent{
		Ticket: key, Kind: tracker.EventComment, Key: 7, Author: "Noah", Role: "end-user", Public: true, Text: "It is back.",
		Old: "old", New: "new", At: at(time.Hour), NotedAt: at(2 * time.Hour),
	}
	s.write(func(w tracker.Writer) error {
		added, err := w.AddTicketEvent(&whole)
		same(t, "added at first", added, true)
		return err
	})
	whole.Unread = true
	same(t, "what happened", get(s, func(r tracker.Reader) ([]tracker.TicketEvent, error) { return r.StoryEvents(first.ID) }), []tracker.TicketEvent{whole})
	s.write(func(w tracker.Writer) error {
		again := whole
		again.NotedAt = at(3 * time.Hour)
		added, err := w.AddTicketEvent(&again)
		same(t, "added again", added, false)
		return err
	})

	link(second, at(3*time.Hour))
	same(t, "what happened before the second link", s.events(second.ID), []int64(nil))
	s.event(key, 8, at(time.Second), at(3*time.Hour))
	same(t, "on the second story", s.events(second.ID), []int64{8})
	same(t, "on the first story, by Zendesk's time", s.events(first.ID), []int64{8, 7})
	same(t, "on the ticket", len(get(s, func(r tracker.Reader) ([]tracker.TicketEvent, error) { return r.TicketEvents(key) })), 2)
	same(t, "on another ticket", len(get(s, func(r tracker.Reader) ([]tracker.TicketEvent, error) {
		return r.TicketEvents(tracker.TicketKey{Host: in.Host, ID: 2})
	})), 0)

	s.write(func(w tracker.Writer) error { return w.MoveHost(in.Host, "moved.example.com", "") })
	same(t, "after the account was renamed", s.events(first.ID), []int64{8, 7})
}

// An event is unread on its stories' rows until it was seen.
func testUnreadEvents(t *testing.T, s *suite) {
	in := s.integration("a", "a.example.com")
	st := s.story(in.ProjectID, tracker.Started, 1)
	key := tracker.TicketKey{Host: in.Host, ID: 1}
	s.readView(in, 1)
	s.event(key, 1, at(time.Minute), at(time.Minute))
	s.write(func(w tracker.Writer) error {
		return w.AddLink(&tracker.Link{StoryID: st.ID, Ticket: key, CreatedAt: at(time.Hour)})
	})
	news := func() bool {
		return get(s, func(r tracker.Reader) ([]tracker.Card, error) { return r.Cards(in.ProjectID) })[0].News
	}
	events := func() []tracker.TicketEvent {
		return get(s, func(r tracker.Reader) ([]tracker.TicketEvent, error) { return r.StoryEvents(st.ID) })
	}
	see := func(upTo int64) (unread bool) {
		s.write(func(w tracker.Writer) (err error) {
			unread, err = w.SeeTicketEvents(key, upTo)
			return err
		})
		return unread
	}
	same(t, "news from before the link", news(), false)
	for n := range int64(2) {
		s.event(key, n+2, at(time.Hour), at(2*time.Hour))
		same(t, "news", news(), true)
		list := events()
		last := list[len(list)-1].ID
		see(last - 1)
		same(t, "news when all but the last was seen", news(), true)
		same(t, "seen for the first time", see(last), true)
		same(t, "seen once more", see(last), false)
		same(t, "news that were seen", news(), false)
	}
	for _, e := range events() {
		same(t, "unread after it was seen", e.Unread, false)
	}
}

// A ticket is followed from its first link on.
func testFollowed(t *testing.T, s *suite) {
	in := s.integration("a", "a.example.com")
	first, second := s.story(in.ProjectID, tracker.Started, 1), s.story(in.ProjectID, tracker.Started, 2)
	followed := func() []tracker.Followed {
		return get(s, func(r tracker.Reader) ([]tracker.Followed, error) { return r.Followed(in.Host) })
	}
	key := tracker.TicketKey{Host: in.Host, ID: 1}
	s.write(func(w tracker.Writer) error { return w.AddLink(&tracker.Link{StoryID: first.ID, Ticket: key}) })
	same(t, "followed before it was read", len(followed()), 0)
	s.readView(in, 1, 2)
	same(t, "not noted yet", followed()[0].Since.IsZero(), true)

	other := tracker.TicketKey{Host: in.Host, ID: 2}
	s.write(func(w tracker.Writer) error { return w.AddLink(&tracker.Link{StoryID: first.ID, Ticket: other}) })
	want := tracker.Followed{
		Ticket: ticket(in.Host, 2), Since: at(time.Minute), ReadTo: at(time.Minute), Status: "new", Priority: "high", Satisfaction: "good",
	}
	want.Ticket.Description = ""
	same(t, "followed from the link on", followed()[1], want)
	same(t, "changed", want.Changed(), false)

	newer := ticket(in.Host, 2)
	newer.Status, newer.UpdatedAt = tracker.TicketOpen, at(time.Hour)
	s.write(func(w tracker.Writer) error { return w.SaveTicket(newer) })
	s.write(func(w tracker.Writer) error { return w.AddLink(&tracker.Link{StoryID: second.ID, Ticket: other}) })
	newer.Description, want.Ticket = "", newer
	want.Ticket.Description = ""
	same(t, "followed as before by the second link", followed()[1], want)
	same(t, "changed", want.Changed(), true)

	want.ReadTo, want.Status = newer.UpdatedAt, newer.Status
	s.write(func(w tracker.Writer) error { return w.SaveFollowed(want) })
	same(t, "followed further", followed()[1], want)
	same(t, "changed", want.Changed(), false)

	s.write(func(w tracker.Writer) error {
		return w.MoveHost(in.Host, "moved.example.com", "https://moved.example.com")
	})
	in.Host = "moved.example.com"
	same(t, "followed on another host", followed()[1].ReadTo, want.ReadTo)

	s.write(func(w tracker.Writer) error { return w.DeleteStory(first.ID, at(time.Hour)) })
	same(t, "followed for a story that is left", len(followed()), 1)
	s.write(func(w tracker.Writer) error { return w.DeleteStory(second.ID, at(time.Hour)) })
	same(t, "followed for deleted stories", len(followed()), 0)

	key.Host, other.Host = in.Host, in.Host
	for _, st := range []tracker.StoryID{first.ID, second.ID} {
		s.write(func(w tracker.Writer) error { return w.RestoreStory(st) })
		s.write(func(w tracker.Writer) error { return w.RemoveLink(st, other) })
	}
	later := newer
	later.Host, later.UpdatedAt = in.Host, at(3*time.Hour)
	s.write(func(w tracker.Writer) error { return w.SaveTicket(later) })
	s.write(func(w tracker.Writer) error { return w.AddLink(&tracker.Link{StoryID: first.ID, Ticket: other}) })
	same(t, "followed anew from a later link on", followed()[1].Since, at(3*time.Hour))
}
