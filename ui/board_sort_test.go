package ui_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// The order is the integration's, is said in the title, and comes through a
// refresh; the selection stays on its ticket.
func TestTicketsAreSorted(t *testing.T) {
	t.Parallel()
	w := uitest.New(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("j", "S")
	w.Shows("the view's order in Zendesk")
	w.Write("oldest").Press("enter")
	w.See("1 Tickets · oldest first")
	w.Idle()
	order := func() (ids []tracker.TicketID) {
		for _, id := range w.Part(intent.PaneTickets).Rows {
			ids = append(ids, id.(tracker.TicketID))
		}
		return ids
	}
	if got := order(); got[0] != 1028 || got[3] != 1042 {
		t.Errorf("the tickets are in the order %v", got)
	}
	if got := w.Part(intent.PaneTickets).Selected; got != tracker.TicketID(1039) {
		t.Errorf("%v is selected", got)
	}
	w.Account.List = append(w.Account.List, uitest.Ticket(1001, "new", 900*24*time.Hour, "An old one"))
	w.Press("r")
	w.See("An old one")
	if got := order(); got[0] != 1001 {
		t.Errorf("after a refresh: %v", got)
	}
	w.Idle()
	w.Start(140, 30)
	w.Shows("1 Tickets · oldest first")
	w.Press("S").Write("view").Press("enter")
	w.Until("the view's order is back", func() bool { return order()[0] == 1042 })
	w.Idle()
	w.Start(140, 30)
	if got := order(); got[0] != 1042 {
		t.Errorf("the next start shows %v", got)
	}
}

// The menu opens on the order that holds, which says so without colour.
func TestTheSortMenuOpensOnTheCurrentOrder(t *testing.T) {
	t.Parallel()
	w := uitest.New(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("S")
	if row := w.Row("the view's order in Zendesk"); !strings.Contains(row, "▌ view") || !strings.Contains(row, "now") {
		t.Errorf("the view's order holds: %s", row)
	}
	w.Write("oldest").Press("enter")
	w.See("oldest first")
	w.Idle()
	w.Press("S")
	if row := w.Row("longest waiting first"); !strings.Contains(row, "▌ oldest") || !strings.Contains(row, "now") {
		t.Errorf("the oldest come first: %s", row)
	}
	w.Write("pri")
	if row := w.Row("urgent first"); !strings.Contains(row, "▌ priority") {
		t.Errorf("a search selects what it finds first: %s", row)
	}
}

func TestNoTicketsNoOrder(t *testing.T) {
	t.Parallel()
	w := uitest.New(t)
	w.Story("Alone", tracker.Icebox, 1)
	w.Start(140, 30).Press("S")
	w.See("no integration is shown")
}
