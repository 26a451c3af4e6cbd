package ui

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
)

// A ticket without a subject says so, in its row, in its detail and in its story,
// which is called by the ticket's number.
func TestATicketWithoutASubject(t *testing.T) {
	w := newWorld(t).withTickets(ticketOf(992, tracker.TicketNew, time.Hour, "  ")).start(200, 40)
	if row := w.row("#992"); !strings.Contains(row, "(no subject)") {
		t.Errorf("the row is %q", row)
	}
	w.press("enter")
	w.see("N (no subject)")
	w.press("esc", "b")
	w.see("S-1 created from #992")
	w.idle()
	if st := w.read(1).Story; st.Name != "Ticket #992" {
		t.Errorf("the story is called %q", st.Name)
	}
	w.detail(1)
	w.see("N #992 (no subject)")
}
