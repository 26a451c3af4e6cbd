package views_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// news reports whether a story's row says that something happened on a ticket.
func (w world) news(id tracker.StoryID) bool {
	w.T.Helper()
	b, err := w.Engine.Stories.Columns(w.T.Context(), w.In.ProjectID)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, c := range b.Backlog {
		if c.ID == id {
			return c.News
		}
	}
	w.T.Fatalf("%s is not in the Backlog", id)
	return false
}

// changedInZendesk keeps a ticket as if somebody had changed it there.
func (w world) changedInZendesk(id tracker.TicketID) {
	w.T.Helper()
	d, err := w.Engine.Views.Ticket(w.T.Context(), w.In.ID, id)
	if err != nil {
		w.T.Fatal(err)
	}
	d.Ticket.UpdatedAt = d.Ticket.UpdatedAt.Add(time.Hour)
	if err := w.DB.Write(w.T.Context(), func(s tracker.Writer) error { return s.SaveTicket(d.Ticket) }); err != nil {
		w.T.Fatal(err)
	}
}

func TestNewsUntilSomebodyLooks(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	if w.news(st.ID) {
		t.Error("a new link is news")
	}
	for name, look := range map[string]func() error{
		"the story":  func() error { return w.Engine.Views.SeeStory(t.Context(), st.ID) },
		"the ticket": func() error { return w.Engine.Views.SeeTicket(t.Context(), w.In.ID, ticket) },
	} {
		w.changedInZendesk(ticket)
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

// A private comment of ours changes the ticket but is no news; a customer's change before
// it stays one.
func TestOurCommentsAreNoNews(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Start(st)
	w.Deliver(st)
	if w.news(st.ID) {
		t.Error("our note is news")
	}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	if w.news(st.ID) {
		t.Error("our note is news once the view was read")
	}
}
