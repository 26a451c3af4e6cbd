package ui

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/intent"
)

// The order is the integration's, is said in the title, and comes through a
// refresh; the selection stays on its ticket.
func TestTicketsAreSorted(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("j", "S")
	w.shows("the view's order in Zendesk")
	w.write("oldest").press("enter")
	w.see("1 Tickets · oldest first")
	w.idle()
	order := func() (ids []tracker.TicketID) {
		for _, id := range w.rows(intent.PaneTickets) {
			ids = append(ids, id.(tracker.TicketID))
		}
		return ids
	}
	if got := order(); got[0] != 1028 || got[3] != 1042 {
		t.Errorf("the tickets are in the order %v", got)
	}
	if got := w.selected(); got != tracker.TicketID(1039) {
		t.Errorf("%v is selected", got)
	}
	w.account.tickets = append(w.account.tickets, ticketOf(1001, "new", 900*24*time.Hour, "An old one"))
	w.press("r")
	w.see("An old one")
	if got := order(); got[0] != 1001 {
		t.Errorf("after a refresh: %v", got)
	}
	w.idle()
	w.start(140, 30)
	w.shows("1 Tickets · oldest first")
	w.press("S").write("view").press("enter")
	w.until("the view's order is back", func() bool { return order()[0] == 1042 })
	w.idle()
	w.start(140, 30)
	if got := order(); got[0] != 1042 {
		t.Errorf("the next start shows %v", got)
	}
}

// The menu opens on the order that holds, which says so without colour.
func TestTheSortMenuOpensOnTheCurrentOrder(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("S")
	if row := w.row("the view's order in Zendesk"); !strings.Contains(row, "▌ view") || !strings.Contains(row, "now") {
		t.Errorf("the view's order holds: %s", row)
	}
	w.write("oldest").press("enter")
	w.see("oldest first")
	w.idle()
	w.press("S")
	if row := w.row("longest waiting first"); !strings.Contains(row, "▌ oldest") || !strings.Contains(row, "now") {
		t.Errorf("the oldest come first: %s", row)
	}
	w.write("pri")
	if row := w.row("urgent first"); !strings.Contains(row, "▌ priority") {
		t.Errorf("a search selects what it finds first: %s", row)
	}
}

func TestNoTicketsNoOrder(t *testing.T) {
	w := newWorld(t)
	w.story("Alone", tracker.Icebox, 1)
	w.start(140, 30).press("S")
	w.see("no integration is shown")
}
