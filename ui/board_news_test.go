package ui_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
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
		if err := w.Service.Views.SeeTicket(t.Context(), w.In.ID, ticket.ID); err != nil {
			t.Fatal(err)
		}
	}
	w.Start(140, 30)
	if strings.Contains(w.Screen(), "•") {
		t.Fatal("there are news before anything happened")
	}
	reply := func() {
		t.Helper()
		w.Account.List[0].UpdatedAt = w.Account.List[0].UpdatedAt.Add(time.Minute)
		if err := w.Service.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
		w.See(" • ")
		w.Idle()
	}
	gone := func() {
		t.Helper()
		w.Until("the news are seen", func() bool { return !strings.Contains(w.Screen(), "•") })
	}
	reply()
	w.Press("2", "enter")
	gone()
	w.Press("esc")
	reply()
	w.Press("1", "enter")
	gone()
}
