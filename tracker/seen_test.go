package tracker_test

import (
	"testing"
	"time"

	"storydesk/tracker"
)

// news tells whether a story's row says that something happened on a ticket.
func (w *world) news(id tracker.StoryID) bool {
	w.t.Helper()
	b, err := w.svc.Board(w.t.Context(), w.in.ProjectID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range b.Backlog {
		if c.ID == id {
			return c.News
		}
	}
	w.t.Fatalf("%s is not in the Backlog", id)
	return false
}

// changedOnDesk keeps a ticket as if somebody had changed it there.
func (w *world) changedOnDesk(id tracker.TicketID) {
	w.t.Helper()
	d, err := w.svc.Ticket(w.t.Context(), w.in.ID, id)
	if err != nil {
		w.t.Fatal(err)
	}
	d.Ticket.UpdatedAt = d.Ticket.UpdatedAt.Add(time.Hour)
	if err := w.db.Write(w.t.Context(), func(s tracker.Writer) error { return s.SaveTicket(d.Ticket) }); err != nil {
		w.t.Fatal(err)
	}
}

func TestNewsUntilSomebodyLooks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	if w.news(st.ID) {
		t.Error("a new link is news")
	}
	for name, look := range map[string]func() error{
		"the story":  func() error { return w.svc.SeeStory(t.Context(), st.ID) },
		"the ticket": func() error { return w.svc.SeeTicket(t.Context(), w.in.ID, ticket) },
	} {
		w.changedOnDesk(ticket)
		if !w.news(st.ID) {
			t.Errorf("before %s was opened the change is no news", name)
		}
		if err := look(); err != nil {
			t.Fatal(err)
		}
		if w.news(st.ID) {
			t.Errorf("after %s was opened the change is news still", name)
		}
	}
}

// A note of ours changes the ticket but is no news; a customer's change before
// it stays one.
func TestOurNotesAreNoNews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.start(st)
	w.deliver(st)
	if w.news(st.ID) {
		t.Error("our note is news")
	}
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
		t.Fatal(err)
	}
	if w.news(st.ID) {
		t.Error("our note is news once the view was read")
	}
}
