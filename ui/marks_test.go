package ui

import (
	"testing"

	"storydesk/tracker"
)

// Rows are marked through one filter after another: esc clears the filter first,
// and the marks only then.
func TestMarksThroughSeveralFilters(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("/").write("login").press("enter", "space", "esc", "/").write("refund").press("enter", "space")
	w.shows("1/2 marked · 1 of 4")
	w.press("esc")
	w.shows("2 marked · 4")
	w.press("b", "e")
	w.see("2 stories created from 2 tickets")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Login loops on SSO, Refund page 404" {
		t.Errorf("the Backlog holds %s", got)
	}
	w.press("space", "esc")
	if n := w.marks(); n != 0 {
		t.Errorf("%d marks stay", n)
	}
	before := w.screen()
	w.press("esc").idle()
	if after := w.screen(); after != before {
		t.Errorf("esc changed the screen:\n%s", after)
	}
}

// Marks on what is hidden are counted apart and outlive a refresh.
func TestMarksOutliveARefresh(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("space", "G", "space")
	w.account.tickets = append([]tracker.Ticket{ticketOf(2000, tracker.TicketNew, 0, "Just in")}, w.account.tickets[:3]...)
	w.account.tickets[0].Host = "acme.zendesk.com"
	w.press("r")
	w.see("#2000")
	w.see("1 marked · 4") // the other one has left the view
	w.idle()
	w.send(sizeMsg(60, 20))
	w.shows("1 marked · 4")
}

// Where two panes have room, marks are counted beside the name of the third one.
func TestMarksAreCountedBesideTheTab(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	for range 3 {
		w.story("Alpha", tracker.Backlog, 1)
	}
	w.start(80, 24).press("2", "space", "space")
	w.shows("3 Icebox ━━━ 2 marked ━")
	w.press("esc")
	w.shows("3 Icebox ━━━━━━━━━━ 3 ━")
}
