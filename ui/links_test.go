package ui_test

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
	"storydesk/ui/uitest"
)

// drifted is a world whose tickets are no longer what their stories take them
// for: one was merged, one deleted, one solved, and a private comment is missing.
func drifted(t testing.TB) *world {
	w := newWorld(t).numbered().WithTickets(uitest.Usual()...)
	st := w.linked(1042)
	if _, err := w.Service.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "a note that goes missing", ""); err != nil {
		t.Fatal(err)
	}
	private := false
	w.settle(1, func(d *tracker.Delivery) {
		at := uitest.Now()
		d.State, d.AuditID, d.DeliveredAt, d.Attempts, d.Public = tracker.DeliverySent, 492000004675, &at, 1, &private
	})
	for _, id := range []tracker.TicketID{1039, 1031, 1028} {
		w.linked(id)
	}
	for i := range w.Account.List {
		switch t := &w.Account.List[i]; t.ID {
		case 1039:
			t.Status, t.Merged = tracker.TicketClosed, true
			w.Account.Merged = map[tracker.TicketID]tracker.TicketID{1039: 1042}
		case 1028:
			t.Status = tracker.TicketSolved
		}
	}
	w.Account.List = slices.DeleteFunc(w.Account.List, func(t tracker.Ticket) bool { return t.ID == 1031 })
	return w
}

// verified opens the deliveries and compares links, to the end.
func (w *world) verified() *links.Pane {
	w.T.Helper()
	w.openDeliveries()
	w.Press("v")
	p := w.Top().(*links.Pane)
	w.Until("all is compared", func() bool { return !p.Working() })
	return p
}

func TestDriftIsListedWorstFirst(t *testing.T) {
	t.Parallel()
	w := drifted(t).Start(120, 40)
	w.verified()
	last := -1
	for _, want := range []string{
		"found 4 · to fix 3", "private comment 1 was sent", "the ticket was merged into #1042", "was deleted, or ada@acme.com cannot see it",
		"the ticket is solved, the story is unstarted",
	} {
		at := strings.Index(w.Screen(), want)
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
	t.Parallel()
	w := drifted(t).Start(120, 40)
	p := w.verified()
	left := 4
	for _, step := range []struct{ find, question, said string }{
		{"merged into", "Link S-2 to #1042 instead of #1039?", "S-2 linked to #1042 instead of #1039"},
		{"was deleted", "Unlink S-3 from #1031?", "S-3 unlinked from #1031"},
		{"private comment 1", "Send private comment 1 to #1042 again?", "sending private comment 1 to #1042 again"},
	} {
		w.rowTo(step.find).Press("m")
		w.See(step.question)
		w.Press("n")
		w.Shows(fmt.Sprintf("found %d ", left)) // nothing is done without a yes
		w.Press("m", "y")
		w.See(step.said)
		left--
		w.Shows(fmt.Sprintf("found %d ", left))
	}
	w.Press("m")
	w.See("nothing to fix here")
	w.Press("r")
	w.Until("all is compared again", func() bool { return !p.Working() })
	w.Shows("found 1 ")
}

// The list follows when a repair is taken back, made again, or done elsewhere.
func TestDriftFollowsTheLinks(t *testing.T) {
	t.Parallel()
	w := drifted(t).Start(120, 40)
	w.verified()
	listed := func() bool { return strings.Contains(w.Screen(), "was deleted") }
	w.rowTo("was deleted").Press("m", "y")
	w.Until("it is fixed", func() bool { return !listed() })
	w.Press("u")
	w.Until("it is back", listed)
	w.Press("ctrl+r")
	w.Until("it is fixed again", func() bool { return !listed() })
	w.Press("u")
	w.Until("it is back again", listed)
	if err := w.Service.Stories.UnlinkTicket(t.Context(), []tracker.StoryID{3}, w.read(3).Story.Tickets[0].Ticket, false); err != nil {
		t.Fatal(err)
	}
	w.Until("it is seen that somebody else unlinked it", func() bool { return !listed() })
	w.Shows("found 3 ")
}

func TestDriftDetail(t *testing.T) {
	t.Parallel()
	w := drifted(t).Start(120, 40)
	p := w.verified()
	w.rowTo("merged into").Press("enter")
	w.See("m links S-2 to #1042")
	w.Press("o")
	w.Until("the browser shows it", func() bool { return slices.Contains(w.Opened, "https://acme.zendesk.com/agent/tickets/1039") })
	w.Press("m", "y")
	w.See("S-2 linked to #1042")
	if w.Top() != pane.Pane(p) {
		t.Error("the detail stays")
	}
	w.Press("esc")
	if _, ok := w.Top().(*deliveries.Pane); !ok {
		t.Errorf("esc leads to %T", w.Top())
	}
}

func TestDriftOfNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(80, 24)
	w.verified()
	w.See("No story of this project is linked")
	w.Press("m")
	w.See("nothing is selected")
	w.Press("esc")
	w.linked(1042)
	w.verified()
	w.See("No problems found.")
}

func TestDriftOfAnAccountThatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	w := drifted(t).Start(80, 24)
	w.Account.Err = tracker.Errorf(tracker.CodeUnavailable, "acme.zendesk.com does not answer\x1b[2J")
	p := w.verified()
	w.See("Support was not compared: acme.zendesk.com does not answer")
	w.Shows("found 1 ")
	if p.Disabled(intent.ActBrowse) == "" {
		t.Error("a ticket can be opened, and there is none")
	}
}

func TestDriftCheckIsStopped(t *testing.T) {
	t.Parallel()
	w := drifted(t).Start(80, 24)
	w.Account.Err = &tracker.Error{Code: tracker.CodeLimited, RetryAfter: 3600e9, Message: "too many requests"}
	w.openDeliveries()
	w.Press("v")
	w.See("waiting 1h0m0s for Zendesk's rate limit")
	w.Press("esc")
	w.See("stopped")
	w.Press("esc")
	if _, ok := w.Top().(*deliveries.Pane); !ok {
		t.Errorf("esc leads to %T", w.Top())
	}
}

func TestDriftIsFixedByTheMouse(t *testing.T) {
	t.Parallel()
	w := drifted(t).Start(120, 40)
	w.verified()
	w.Screen()
	w.Click("m unlinks")
	w.See("Unlink S-3 from #1031?")
	if !strings.Contains(w.Row("▌"), "S-3") {
		t.Errorf("selected is %s", w.Row("▌"))
	}
	w.Press("y")
	w.See("S-3 unlinked from #1031")
}
