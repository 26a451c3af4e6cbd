package ui_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

// A ticket without a subject says so, in its row, in its detail and in its story,
// which is called by the ticket's number.
func TestATicketWithoutASubject(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Ticket(992, tracker.TicketNew, time.Hour, "  ")).Start(200, 40)
	if row := w.Row("#992"); !strings.Contains(row, "(no subject)") {
		t.Errorf("the row is %q", row)
	}
	w.Press("enter")
	w.See("N (no subject)")
	w.Press("esc", "b")
	w.See("S-1 created from #992")
	w.Idle()
	if st := w.read(1).Story; st.Name != "Ticket #992" {
		t.Errorf("the story is called %q", st.Name)
	}
	w.detail(1)
	w.See("N #992 (no subject)")
}
