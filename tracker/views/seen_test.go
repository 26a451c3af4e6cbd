package views_test

import (
	"math"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
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
		"the story":  func() error { return w.Engine.Views.SeeStory(t.Context(), st.ID, math.MaxInt64) },
		"the ticket": func() error { return w.Engine.Views.SeeTicket(t.Context(), w.In.ID, ticket, nil) },
	} {
		w.Meanwhile(sandbox.Edit{Ticket: int64(ticket), Comment: "It is back.", Customer: true})
		if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
		if !w.news(st.ID) {
			t.Errorf("before %s was opened the comment is no news", name)
		}
		if err := look(); err != nil {
			t.Fatal(err)
		}
		if w.news(st.ID) {
			t.Errorf("after %s was opened the comment is news still", name)
		}
	}
}

// A private comment of ours changes the ticket but is no news.
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

// unread reports whether the panel's row of a ticket is marked as unread.
func (w world) unread(id tracker.TicketID) bool {
	w.T.Helper()
	list, _ := w.panel()
	for _, row := range list.Tickets {
		if row.ID == id {
			d, err := w.Engine.Views.Ticket(w.T.Context(), w.In.ID, id)
			if err != nil || d.Unread != row.Unread {
				w.T.Errorf("%s is unread in its detail: %v, in the list %v, %v", id, d.Unread, row.Unread, err)
			}
			return row.Unread
		}
	}
	w.T.Fatalf("%s is not in the view", id)
	return false
}

// What came after a ticket was read, and before it was noted as seen, is still new.
func TestWhatWasNotShownIsStillNew(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	replied := func() tracker.TicketDetail {
		w.Meanwhile(sandbox.Edit{Ticket: int64(ticket), Comment: "It is back.", Customer: true})
		if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
		d, err := w.Engine.Views.Ticket(t.Context(), w.In.ID, ticket)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	shown := replied()
	later := replied()
	for _, look := range []struct {
		at   tracker.TicketDetail
		news bool
	}{{shown, true}, {later, false}} {
		if err := w.Engine.Views.SeeTicket(t.Context(), w.In.ID, ticket, &look.at); err != nil {
			t.Fatal(err)
		}
		if w.news(st.ID) != look.news {
			t.Errorf("after %d events were shown there are news: %t, want %t", len(look.at.Events), w.news(st.ID), look.news)
		}
	}
}

// A ticket that is on no story is unread, too, until somebody looks.
func TestUnreadUntilSomebodyLooks(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	_, ids := w.panel()
	ticket, other := ids[0], ids[1]
	for _, when := range []string{"at first", "after a change"} {
		if !w.unread(ticket) {
			t.Errorf("%s the ticket is read", when)
		}
		feed := w.Engine.Subscribe()
		if err := w.Engine.Views.SeeTicket(t.Context(), w.In.ID, ticket, nil); err != nil {
			t.Fatal(err)
		}
		if hint, err := feed.Next(t.Context()); err != nil || !hint.Has(tracker.HintTickets) {
			t.Errorf("%s: seeing it says %v, %v", when, hint, err)
		}
		feed.Close()
		if w.unread(ticket) || !w.unread(other) {
			t.Errorf("%s: the ticket is unread once it was looked at, or another one is read", when)
		}
		w.changedInZendesk(ticket)
	}
}

// A list says what its account tells.
func TestAccountsTellSLAsAndProgress(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	for _, told := range []bool{true, false} {
		settings := w.Sandbox.Settings()
		settings.SLAs, settings.MetricSets = told, told
		if err := w.Sandbox.Set(settings); err != nil {
			t.Fatal(err)
		}
		if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
		if list, _ := w.panel(); list.TellsSLA() != told || list.TellsProgress() != told {
			t.Errorf("the plan has them: %v; told: SLAs %v, progress %v", told, list.TellsSLA(), list.TellsProgress())
		}
	}
}
