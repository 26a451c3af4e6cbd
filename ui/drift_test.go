package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/deliveries"
	"storydesk/ui/intent"
	"storydesk/ui/links"
	"storydesk/ui/pane"
)

// drifted is a world whose tickets are no longer what their stories take them
// for: one was merged, one deleted, one solved, and a private comment is missing.
func drifted(t testing.TB) *world {
	w := newWorld(t).numbered().withTickets(usual()...)
	st := w.linked(1042)
	if _, err := w.svc.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "a note that goes missing", ""); err != nil {
		t.Fatal(err)
	}
	private := false
	w.settle(1, func(d *tracker.Delivery) {
		at := testNow()
		d.State, d.AuditID, d.DeliveredAt, d.Attempts, d.Public = tracker.DeliverySent, 492000004675, &at, 1, &private
	})
	for _, id := range []tracker.TicketID{1039, 1031, 1028} {
		w.linked(id)
	}
	for i := range w.account.tickets {
		switch t := &w.account.tickets[i]; t.ID {
		case 1039:
			t.Status, t.Merged = tracker.TicketClosed, true
			w.account.merged = map[tracker.TicketID]tracker.TicketID{1039: 1042}
		case 1028:
			t.Status = tracker.TicketSolved
		}
	}
	w.account.tickets = slices.DeleteFunc(w.account.tickets, func(t tracker.Ticket) bool { return t.ID == 1031 })
	return w
}

// verified opens the deliveries and compares links, to the end.
func (w *world) verified() *links.Pane {
	w.t.Helper()
	w.openDeliveries()
	w.press("v")
	p := w.top().(*links.Pane)
	w.until("all is compared", func() bool { return !p.Working() })
	return p
}

func TestDriftIsListedWorstFirst(t *testing.T) {
	w := drifted(t).start(120, 40)
	w.verified()
	last := -1
	for _, want := range []string{
		"found 4 · to fix 3", "private comment 1 was sent", "the ticket was merged into #1042", "was deleted, or ada@acme.com cannot see it",
		"the ticket is solved, the story is unstarted",
	} {
		at := strings.Index(w.screen(), want)
		if at < 0 {
			t.Errorf("%q is missing", want)
		}
		if strings.HasPrefix(want, "the ticket is solved") && at < last {
			t.Error("what is only good to know does not come last")
		}
		last = max(last, at)
	}
}

func TestDriftIsFixed(t *testing.T) {
	w := drifted(t).start(120, 40)
	p := w.verified()
	left := 4
	for _, step := range []struct{ find, question, said string }{
		{"merged into", "Link S-2 to #1042 instead of #1039?", "S-2 linked to #1042 instead of #1039"},
		{"was deleted", "Unlink S-3 from #1031?", "S-3 unlinked from #1031"},
		{"private comment 1", "Send private comment 1 to #1042 again?", "sending private comment 1 to #1042 again"},
	} {
		w.rowTo(step.find).press("m")
		w.see(step.question)
		w.press("n")
		w.shows(fmt.Sprintf("found %d ", left)) // nothing is done without a yes
		w.press("m", "y")
		w.see(step.said)
		left--
		w.shows(fmt.Sprintf("found %d ", left))
	}
	w.press("m")
	w.see("nothing to fix here")
	w.press("r")
	w.until("all is compared again", func() bool { return !p.Working() })
	w.shows("found 1 ")
}

// The list follows when a repair is taken back, made again, or done elsewhere.
func TestDriftFollowsTheLinks(t *testing.T) {
	w := drifted(t).start(120, 40)
	w.verified()
	listed := func() bool { return strings.Contains(w.screen(), "was deleted") }
	w.rowTo("was deleted").press("m", "y")
	w.until("it is fixed", func() bool { return !listed() })
	w.press("u")
	w.until("it is back", listed)
	w.press("ctrl+r")
	w.until("it is fixed again", func() bool { return !listed() })
	w.press("u")
	w.until("it is back again", listed)
	if err := w.svc.Stories.UnlinkTicket(t.Context(), []tracker.StoryID{3}, w.read(3).Story.Tickets[0].Ticket, false); err != nil {
		t.Fatal(err)
	}
	w.until("it is seen that somebody else unlinked it", func() bool { return !listed() })
	w.shows("found 3 ")
}

func TestDriftDetail(t *testing.T) {
	w := drifted(t).start(120, 40)
	p := w.verified()
	w.rowTo("merged into").press("enter")
	w.see("m links S-2 to #1042")
	w.press("o")
	w.until("the browser shows it", func() bool { return slices.Contains(w.opened, "https://acme.zendesk.com/agent/tickets/1039") })
	w.press("m", "y")
	w.see("S-2 linked to #1042")
	if w.top() != pane.Pane(p) {
		t.Error("the detail stays")
	}
	w.press("esc")
	if _, ok := w.top().(*deliveries.Pane); !ok {
		t.Errorf("esc leads to %T", w.top())
	}
}

func TestDriftOfNothing(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(80, 24)
	w.verified()
	w.see("No story of this project is linked")
	w.press("m")
	w.see("nothing is selected")
	w.press("esc")
	w.linked(1042)
	w.verified()
	w.see("No problems found.")
}

func TestDriftOfAnAccountThatDoesNotAnswer(t *testing.T) {
	w := drifted(t).start(80, 24)
	w.account.err = tracker.Errorf(tracker.CodeUnavailable, "acme.zendesk.com does not answer\x1b[2J")
	p := w.verified()
	w.see("Support was not compared: acme.zendesk.com does not answer")
	w.shows("found 1 ")
	if p.Disabled(intent.ActBrowse) == "" {
		t.Error("a ticket can be opened, and there is none")
	}
}

func TestDriftCheckIsStopped(t *testing.T) {
	w := drifted(t).start(80, 24)
	w.account.err = &tracker.Error{Code: tracker.CodeLimited, RetryAfter: 3600e9, Message: "too many requests"}
	w.openDeliveries()
	w.press("v")
	w.see("waiting 1h0m0s for Zendesk's rate limit")
	w.press("esc")
	w.see("stopped")
	w.press("esc")
	if _, ok := w.top().(*deliveries.Pane); !ok {
		t.Errorf("esc leads to %T", w.top())
	}
}

func TestDriftIsFixedByTheMouse(t *testing.T) {
	w := drifted(t).start(120, 40)
	w.verified()
	w.screen()
	w.click("m unlinks")
	w.see("Unlink S-3 from #1031?")
	if !strings.Contains(w.row("▌"), "S-3") {
		t.Errorf("selected is %s", w.row("▌"))
	}
	w.press("y")
	w.see("S-3 unlinked from #1031")
}
