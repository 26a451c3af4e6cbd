package ui

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
)

// What happened on a linked ticket shows on the story's row until somebody
// opens the story or the ticket.
func TestNewsShowOnTheRow(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("Rotate the keys", tracker.Backlog, 1)
	w.linked(1042)
	w.start(140, 30)
	if strings.Contains(w.screen(), "•") {
		t.Fatal("there are news before anything happened")
	}
	reply := func() {
		t.Helper()
		w.account.tickets[0].UpdatedAt = w.account.tickets[0].UpdatedAt.Add(time.Minute)
		if err := w.svc.Views.RefreshView(t.Context(), w.in.ID); err != nil {
			t.Fatal(err)
		}
		w.see(" • ")
		w.idle()
	}
	gone := func() {
		t.Helper()
		w.until("the news are seen", func() bool { return !strings.Contains(w.screen(), "•") })
	}
	reply()
	w.press("2", "enter")
	gone()
	w.press("esc")
	reply()
	w.press("1", "enter")
	gone()
}
