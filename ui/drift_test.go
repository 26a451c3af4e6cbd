package ui

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/checkup"
	"storydesk/ui/intent"
)

// drifted is a world whose tickets are no longer what their stories take them
// for: one was merged, one deleted, one solved, and a note is missing.
func drifted(t testing.TB) *world {
	w := newWorld(t).numbered().withTickets(usual()...)
	st := w.linked(1042)
	if _, err := w.svc.Stories.Comment(t.Context(), st.ID, "a note that goes missing"); err != nil {
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
	for i := range w.desk.tickets {
		switch t := &w.desk.tickets[i]; t.ID {
		case 1039:
			t.Status, t.Merged = tracker.TicketClosed, true
			w.desk.merged = map[tracker.TicketID]tracker.TicketID{1039: 1042}
		case 1028:
			t.Status = tracker.TicketSolved
		}
	}
	w.desk.tickets = slices.DeleteFunc(w.desk.tickets, func(t tracker.Ticket) bool { return t.ID == 1031 })
	return w
}

// verified opens the ledger and compares links, to the end.
func (w *world) verified() *driftPane {
	w.t.Helper()
	w.ledger()
	w.press("v")
	p := w.model.app.top().(*driftPane)
	w.until("all is compared", func() bool { return !p.running })
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

func TestDriftIsMended(t *testing.T) {
	w := drifted(t).start(120, 40)
	p := w.verified()
	for _, step := range []struct{ find, question, said string }{
		{"merged into", "Link S-2 to #1042 instead of #1039?", "S-2 linked to #1042 instead of #1039"},
		{"was deleted", "Unlink S-3 from #1031?", "S-3 unlinked from #1031"},
		{"private comment 1", "Send private comment 1 to #1042 again?", "sending private comment 1 to #1042 again"},
	} {
		i := slices.IndexFunc(p.found, func(r driftRow) bool { return strings.Contains(r.Text, step.find) })
		p.rows.List.SelectKey(p.found[i].RowKey())
		before := len(p.found)
		w.press("m")
		w.see(step.question)
		w.press("n")
		if len(p.found) != before {
			t.Errorf("%q was done without a yes", step.question)
		}
		w.press("m", "y")
		w.see(step.said)
		if len(p.found) != before-1 {
			t.Errorf("after %q %d are left of %d", step.said, len(p.found), before)
		}
	}
	w.press("m")
	w.see("nothing to fix here")
	w.press("r")
	w.until("all is compared again", func() bool { return !p.running })
	if len(p.found) != 1 {
		t.Errorf("found %+v", p.found)
	}
}

// The list follows when a repair is taken back, made again, or done elsewhere.
func TestDriftFollowsTheLinks(t *testing.T) {
	w := drifted(t).start(120, 40)
	p := w.verified()
	deleted := func(r driftRow) bool { return strings.Contains(r.Text, "was deleted") }
	listed := func() bool { return slices.ContainsFunc(p.found, deleted) }
	p.rows.List.SelectKey(p.found[slices.IndexFunc(p.found, deleted)].RowKey())
	w.press("m", "y")
	w.until("it is mended", func() bool { return !listed() })
	w.press("u")
	w.until("it is back", listed)
	w.press("ctrl+r")
	w.until("it is mended again", func() bool { return !listed() })
	w.press("u")
	w.until("it is back again", listed)
	link := p.found[slices.IndexFunc(p.found, deleted)].Link
	if _, err := w.svc.Stories.UnlinkTicket(t.Context(), 3, link.Ticket, false); err != nil {
		t.Fatal(err)
	}
	w.until("it is seen that somebody else unlinked it", func() bool { return !listed() })
	if len(p.found) != 3 {
		t.Errorf("%d are listed of 3", len(p.found))
	}
}

func TestDriftDetail(t *testing.T) {
	w := drifted(t).start(120, 40)
	p := w.verified()
	i := slices.IndexFunc(p.found, func(r driftRow) bool { return r.Kind == checkup.DriftMerged })
	p.rows.List.SelectKey(p.found[i].RowKey())
	w.press("enter")
	w.see("m links S-2 to #1042")
	w.press("o")
	w.until("the browser shows it", func() bool { return slices.Contains(w.opened, "https://acme.zendesk.com/agent/tickets/1039") })
	w.press("m", "y")
	w.see("S-2 linked to #1042")
	if w.model.app.top() != pane(p) {
		t.Error("the detail stays")
	}
	w.press("esc")
	if _, ok := w.model.app.top().(*deliveriesPane); !ok {
		t.Errorf("esc leads to %T", w.model.app.top())
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

func TestDriftOfADeskThatDoesNotAnswer(t *testing.T) {
	w := drifted(t).start(80, 24)
	w.desk.err = tracker.Errorf(tracker.CodeUnavailable, "acme.zendesk.com does not answer\x1b[2J")
	p := w.verified()
	w.see("Support was not compared: acme.zendesk.com does not answer")
	if len(p.found) != 1 || p.Disabled(intent.ActBrowse) == "" {
		t.Errorf("found %+v", p.found)
	}
}

func TestDriftCheckIsStopped(t *testing.T) {
	w := drifted(t).start(80, 24)
	w.desk.err = &tracker.Error{Code: tracker.CodeLimited, RetryAfter: 3600e9, Message: "too many requests"}
	w.ledger()
	w.press("v")
	w.see("waiting 1h0m0s for Zendesk's rate limit")
	w.press("esc")
	w.see("stopped")
	w.press("esc")
	if _, ok := w.model.app.top().(*deliveriesPane); !ok {
		t.Errorf("esc leads to %T", w.model.app.top())
	}
}

func TestDriftIsMendedByTheMouse(t *testing.T) {
	w := drifted(t).start(120, 40)
	p := w.verified()
	w.screen()
	w.click("m unlinks")
	w.see("Unlink S-3 from #1031?")
	if row, _ := p.rows.Selected(); row.Story.ID != 3 {
		t.Errorf("%s is selected", row.Story.ID)
	}
	w.press("y")
	w.see("S-3 unlinked from #1031")
}
