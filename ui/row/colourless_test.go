package row

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/theme"
	"storydesk/ui/theme/themetest"
)

func TestTicketStatesAreToldWithoutColour(t *testing.T) {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	var list []themetest.Variant
	add := func(name string, marked bool, change func(*Ticket)) {
		ticket := tracker.Ticket{Subject: "The same", Status: tracker.TicketOpen, Requester: "Sam", CreatedAt: now.Add(-time.Hour)}
		ticket.ID = 1042
		row := NewTicket(tracker.TicketRow{Ticket: ticket})
		change(&row)
		plan := NewTicketPlanner(nil).Plan(101, TicketFactsOf([]Ticket{row}, ""))
		list = append(list, themetest.Variant{Name: name, Draw: func(w *theme.RowWriter, t *theme.Theme) { row.Draw(w, t, plan, marked, now, nil) }})
	}
	for _, s := range []tracker.TicketStatus{
		tracker.TicketNew, tracker.TicketOpen, tracker.TicketPending, tracker.TicketHold, tracker.TicketSolved, tracker.TicketClosed,
	} {
		add(string(s), false, func(r *Ticket) { r.Status = s })
	}
	add("marked", true, func(*Ticket) {})
	add("linked", false, func(r *Ticket) { r.Linked.ID, r.Badge = 7, "S-7" })
	add("linked and started", false, func(r *Ticket) { r.Linked.ID, r.Badge = 7, "S-7 started" })
	themetest.Distinct(t, list)
}

func TestStoryStatesAreToldWithoutColour(t *testing.T) {
	project, two := tracker.NewProject("Acme Mobile"), 2.0
	var list []themetest.Variant
	add := func(name string, marked bool, change func(*tracker.Card)) {
		card := tracker.Card{}
		card.ID, card.Name, card.Type, card.State, card.Estimate = 1, "The same", tracker.Feature, tracker.Unstarted, &two
		change(&card)
		rows := Aligned([]Story{NewStory(card, project), NewStory(tracker.Card{Owners: []string{"Ada"}, Tickets: 1}, project)})
		row, plan := rows[0], NewStoryPlanner(nil).Plan(101, StoryFactsOf(rows))
		list = append(list, themetest.Variant{Name: name, Draw: func(w *theme.RowWriter, t *theme.Theme) { row.Draw(w, t, plan, project, marked, nil) }})
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
	themetest.Distinct(t, list)
}
