package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/ticket"
	"storydesk/ui/uitest"
)

// What happened on a linked ticket shows on the story's row until somebody
// opens the story or the ticket.
func TestNewsShowOnTheRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.linked(1042)
	for _, ticket := range uitest.Usual() {
		if err := w.Service.Views.SeeTicket(t.Context(), w.In.ID, ticket.ID, nil); err != nil {
			t.Fatal(err)
		}
	}
	w.Start(140, 30)
	if strings.Contains(w.Screen(), "•") {
		t.Fatal("there are news before anything happened")
	}
	said := int64(0)
	reply := func() {
		t.Helper()
		said++
		w.answered(1042, said, "Hello?")
		w.See(" • ")
		w.Idle()
	}
	gone := func() {
		t.Helper()
		w.Press("esc").Until("the news are seen", func() bool { return w.OnBoard() && !strings.Contains(w.Screen(), "•") })
	}
	reply()
	w.Press("2", "enter").See("Sam: Hello?")
	gone()
	reply()
	w.Press("1", "enter").See("Conversation 2")
	w.Until("the ticket is read", func() bool {
		p, ok := w.Top().(*ticket.Pane)
		return ok && !p.Working()
	})
	gone()
}
