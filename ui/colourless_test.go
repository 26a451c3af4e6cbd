package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

// variant is a row in one state.
type variant struct {
	name string
	draw func(w *theme.RowWriter, t *theme.Theme)
}

// Rows that differ in their state differ in their text: colour, weight and
// underline only help.
func TestStatesAreToldWithoutColour(t *testing.T) {
	for name, rows := range map[string][]variant{
		"tickets": ticketVariants(), "stories": storyVariants(t), "deliveries": deliveryVariants(t), "integrations": integrationVariants(),
	} {
		for _, ascii := range []bool{false, true} {
			th := theme.New(theme.Options{NoColor: true, ASCII: ascii})
			seen := map[string]string{}
			for _, v := range rows {
				w := th.Row(nil, 100, theme.Plain)
				v.draw(&w, th)
				row := ansi.Strip(string(w.End()))
				if other, ok := seen[row]; ok {
					t.Errorf("%s, ASCII %t: %s looks like %s: %q", name, ascii, v.name, other, row)
				}
				seen[row] = v.name
			}
		}
	}
}

func ticketVariants() []variant {
	var list []variant
	add := func(name string, marked bool, change func(*ticketRow)) {
		row := newTicketRow(tracker.TicketRow{Ticket: ticket(1042, tracker.TicketOpen, time.Hour, "The same")})
		change(&row)
		list = append(list, variant{name, func(w *theme.RowWriter, t *theme.Theme) { drawTicket(w, t, row, marked, 33, testNow(), nil) }})
	}
	for _, s := range []tracker.TicketStatus{
		tracker.TicketNew, tracker.TicketOpen, tracker.TicketPending, tracker.TicketHold, tracker.TicketSolved, tracker.TicketClosed,
	} {
		add(string(s), false, func(r *ticketRow) { r.status = s })
	}
	add("marked", true, func(*ticketRow) {})
	add("linked", false, func(r *ticketRow) { r.linked.ID, r.badge = 7, "S-7" })
	add("linked and started", false, func(r *ticketRow) { r.linked.ID, r.badge = 7, "S-7 started" })
	return list
}

func storyVariants(t *testing.T) []variant {
	t.Helper()
	w := newWorld(t).start(100, 30)
	b, two := w.model.app.board, 2.0
	var list []variant
	add := func(name string, marked bool, change func(*tracker.Card)) {
		card := tracker.Card{}
		card.ID, card.Name, card.Type, card.State, card.Estimate = 1, "The same", tracker.Feature, tracker.Unstarted, &two
		change(&card)
		row := newStoryRow(card, b.project)
		list = append(list, variant{name, func(w *theme.RowWriter, t *theme.Theme) { b.drawStory(w, t, row, marked, nil) }})
	}
	for _, s := range []tracker.State{tracker.Unstarted, tracker.Started, tracker.Finished, tracker.Delivered, tracker.Accepted, tracker.Rejected} {
		add(string(s), false, func(c *tracker.Card) { c.State = s })
	}
	for _, kind := range []tracker.StoryType{tracker.Bug, tracker.Chore, tracker.Release} {
		add(string(kind), false, func(c *tracker.Card) { c.Type, c.Estimate = kind, nil })
	}
	add("without an estimate", false, func(c *tracker.Card) { c.Estimate = nil })
	add("marked", true, func(*tracker.Card) {})
	add("changed since it was seen", false, func(c *tracker.Card) { c.News = true })
	add("with notes that wait", false, func(c *tracker.Card) { c.Unsent = 1 })
	add("with parked notes", false, func(c *tracker.Card) { c.Parked = 1 })
	add("with a ticket", false, func(c *tracker.Card) { c.Tickets = 1 })
	add("owned", false, func(c *tracker.Card) { c.Owners = []string{"Ada Lovelace"} })
	return list
}

func deliveryVariants(t *testing.T) []variant {
	t.Helper()
	p := newDeliveriesPane(newWorld(t).start(100, 30).model.app.shell)
	var list []variant
	for _, s := range tracker.DeliveryStates() {
		d := tracker.Delivery{State: s, StoryID: 1, Kind: tracker.KindComment, CreatedAt: testNow()}
		list = append(list, variant{string(s), func(w *theme.RowWriter, t *theme.Theme) { p.drawRow(w, t, ledgerRow{Delivery: d}) }})
	}
	return list
}

func integrationVariants() []variant {
	var list []variant
	add := func(name string, active bool, paused string) {
		in := tracker.Integration{Name: "Support", Host: "acme.zendesk.com", Active: active, PausedReason: paused}
		list = append(list, variant{name, func(w *theme.RowWriter, t *theme.Theme) { drawIntegration(w, t, newIntegrationRow(in)) }})
	}
	add("on", true, "")
	add("off", false, "")
	add("paused", true, "sign in again")
	add("paused for another reason", true, "the view is gone")
	return list
}

// What stands around the rows tells itself without colour too.
func TestFocusSelectionAndDropAreToldWithoutColour(t *testing.T) {
	w := filled(t, usual()).start(120, 30)
	before := w.screen()
	if !strings.Contains(w.row("1042"), "▌N #1042") {
		t.Errorf("the selected row has no marker: %s", w.row("1042"))
	}
	w.press("2")
	focused := w.screen()
	if before == focused || !strings.Contains(focused, "┏━ 2 Backlog") || !strings.Contains(before, "┏━ 1 Tickets") {
		t.Error("the focus is told by colour alone")
	}
	w.press("m")
	if moving := w.screen(); !strings.Contains(moving, "━━▶ here") || !strings.Contains(moving, "→ Backlog") {
		t.Errorf("what is moved is told by colour alone:\n%s", moving)
	}
}
