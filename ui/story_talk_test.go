package ui_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/layout"
	"storydesk/ui/uitest"
)

// answered lets the customer of a ticket write, and reads the view.
func (w *world) answered(id tracker.TicketID, comment int64, text string) {
	w.T.Helper()
	at := uitest.Now().Add(time.Duration(comment) * time.Minute)
	for i := range w.Account.List {
		if w.Account.List[i].ID == id {
			w.Account.List[i].UpdatedAt = at
		}
	}
	w.Account.Conversations[id] = append([]tracker.TicketComment{{ID: comment, Author: "Sam", Role: "end-user", Text: text, Public: true, CreatedAt: at}}, w.Account.Conversations[id]...)
	if err := w.Service.Views.RefreshView(w.T.Context(), w.In.ID); err != nil {
		w.T.Fatal(err)
	}
}

// news reports whether the row of the first story of the Backlog is marked.
func (w *world) news() bool {
	b, err := w.Service.Stories.Columns(w.T.Context(), w.Project.ID)
	if err != nil || len(b.Backlog) == 0 {
		w.T.Fatal(err)
	}
	return b.Backlog[0].News
}

// A customer's comment is marked on the row of the ticket's story until the story was on
// the screen, and there until it is closed.
func TestACustomersCommentOnTheStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.linked(1039)
	w.Start(120, 40).Press("2")
	w.answered(1039, 1, "It is back.")
	w.Until("the row is marked", w.news)
	w.Press("enter")
	w.See("• #1039 Sam: It is back.")
	w.answered(1039, 2, "Hello?")
	w.See("• #1039 Sam: Hello?")
	w.See("• #1039 Sam: It is back.")
	w.Press("esc")
	w.Until("the row is not marked", func() bool { return w.OnBoard() && !w.news() })
	w.Press("enter")
	w.See("#1039 Sam: It is back.")
	if strings.Contains(w.Screen(), "• #1039") {
		t.Errorf("what was seen is marked:\n%s", w.Screen())
	}
}

// The preview shows it, too.
func TestACustomersCommentInThePreview(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Preview(layout.PreviewWide)
	w.WithTickets(uitest.Usual()...)
	w.linked(1039)
	w.Start(160, 40).Press("2")
	w.See("History")
	w.answered(1039, 1, "It is back.")
	w.See("• #1039 Sam: It is back.")
	w.Until("the row is not marked", func() bool { return !w.news() })
}
