package board

import (
	"slices"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/board/reading"
	"storydesk/ui/row"
)

// panelOf is a reading of a panel with some tickets.
func panelOf(id tracker.IntegrationID, fetch tracker.Fetch, tickets ...tracker.TicketID) reading.Result {
	res := reading.Result{Panel: id, Integrations: []tracker.Integration{{ID: 1, Active: true}, {ID: 2}, {ID: 3, Active: true}}, Fetch: fetch}
	res.Fetch.IntegrationID = id
	for _, t := range tickets {
		res.Tickets = append(res.Tickets, row.NewTicket(tracker.TicketRow{Ticket: tracker.Ticket{TicketKey: tracker.TicketKey{ID: t}}}))
	}
	return res
}

// Tickets of two accounts may have the same number: marks stay with those that
// they are on.
func TestMarksStayWithTheirIntegration(t *testing.T) {
	t.Parallel()
	p := bare().panel
	p.show(panelOf(1, tracker.Fetch{}, 41, 42))
	p.tickets.List.Mark(42, true)
	to, ok := p.beside(1)
	if !ok || to != 3 {
		t.Fatalf("beside it is %d", to)
	}
	p.turn(to)
	p.show(panelOf(3, tracker.Fetch{}, 42, 43))
	if marks := p.tickets.Marks(); len(marks) != 0 {
		t.Errorf("marked are %v", marks)
	}
	if back, _ := p.beside(1); back != 1 {
		t.Errorf("beside the last one is %d", back)
	}
	p.turn(1)
	p.show(panelOf(1, tracker.Fetch{}, 42, 44))
	if marks := p.tickets.Marks(); !slices.Equal(marks, []tracker.TicketID{42}) {
		t.Errorf("marked are %v", marks)
	}
}

// While a reading has only begun, the last one is spoken of.
func TestReadingThatIsSpokenOf(t *testing.T) {
	t.Parallel()
	p := bare().panel
	done := tracker.Fetch{ID: 1, FinishedAt: time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)}
	p.show(panelOf(1, done, 41))
	if p.loading() || p.progress() != nil || p.spokenOf().ID != 1 {
		t.Errorf("spoken of is %+v", p.spokenOf())
	}
	p.show(panelOf(1, tracker.Fetch{ID: 2, Total: 2}, 41))
	if !p.loading() || !p.awaitsPages() || p.spokenOf().ID != 1 || p.progress().Value != 50 || p.cannotLoadMore() != "the view is loading" {
		t.Errorf("spoken of is %+v, progress %+v", p.spokenOf(), p.progress())
	}
	if facts := p.facts(80); facts != "1 of about 2" {
		t.Errorf("facts: %q", facts)
	}
	p.Spinner.Turn = 1
	if p.spokenOf().ID != 2 {
		t.Error("a reading that takes long is not spoken of")
	}
	p.show(panelOf(3, tracker.Fetch{ID: 9}))
	if p.before.ID != 0 {
		t.Error("the reading of another integration is spoken of")
	}
}

func TestWhyThereAreNoTickets(t *testing.T) {
	t.Parallel()
	p := bare().panel
	finished := tracker.Fetch{ID: 1, FinishedAt: time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)}
	check := func(want string) {
		t.Helper()
		if got := p.none(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	check("No integration yet. :integrations adds one.")
	p.show(panelOf(0, tracker.Fetch{}))
	check("No integration is active. Press :integrations to list them, then :switch-integration to turn one on.")
	if p.cannotSort() == "" || p.cannotLoadMore() != "no integration is shown" {
		t.Error("without a panel tickets can be sorted or loaded")
	}
	p.show(panelOf(1, finished))
	check("This view has no tickets.")
	p.fetch.Problem = "Zendesk has a problem (500)"
	check("Zendesk has a problem (500)")
	if p.cannotTurn() != "" || p.cannotLink() != "" || p.sharing("") != 2 || p.sharing("acme.zendesk.com") != 0 {
		t.Error("with two active integrations the panel cannot be turned or linked to")
	}
}

// What matters most stays in the title however narrow the pane is: what is new before
// what was put aside, and that before what is hidden.
func TestTicketFactsByRoom(t *testing.T) {
	t.Parallel()
	res := panelOf(1, tracker.Fetch{ID: 1, FinishedAt: time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)})
	for i := range 50 {
		ticket := tracker.TicketRow{Ticket: tracker.Ticket{TicketKey: tracker.TicketKey{ID: tracker.TicketID(i + 1)}}, Unread: i < 15}
		switch {
		case i < 3:
			ticket.Aside = &tracker.Aside{Kind: tracker.Dismissed}
		case i < 5:
			ticket.Aside = &tracker.Aside{Kind: tracker.Snoozed}
		}
		res.Tickets = append(res.Tickets, row.NewTicket(ticket))
	}
	p := bare().panel
	p.show(res)
	p.tickets.Hidden = 9 // four of them with a story
	for room, want := range map[int]string{
		60: "45 · 10 new · 3 dismissed · 2 snoozed · 4 hidden", 48: "45 · 10 new · 3 dismissed · 2 snoozed · 4 hidden",
		47: "45 · 10 new · 5 aside · 4 hidden", 22: "45 · 10 new · 5 aside", 17: "10 new · 5 aside", 15: "45 · 10 new", 8: "10 new", 2: "10 new",
	} {
		if got := p.facts(room); got != want {
			t.Errorf("%d cells: %q, want %q", room, got, want)
		}
	}
}
