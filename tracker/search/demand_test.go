package search_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

func ids(cards []tracker.Card) (list []tracker.StoryID) {
	for _, c := range cards {
		list = append(list, c.ID)
	}
	return list
}

func TestStoriesByDemand(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2026, 11, 18, h, 0, 0, 0, time.UTC) }
	cards := []tracker.Card{
		{ID: 1, State: tracker.Started},
		{ID: 2, State: tracker.Started, Demand: tracker.Demand{Tickets: 5, Organizations: 1, WaitingSince: at(9)}},
		{ID: 3, State: tracker.Unscheduled, Demand: tracker.Demand{Tickets: 2, Organizations: 2}},
		{ID: 4, State: tracker.Accepted, Demand: tracker.Demand{Tickets: 9, Organizations: 9, WaitingSince: at(7)}},
		{ID: 5, State: tracker.Unstarted, Demand: tracker.Demand{Tickets: 2, Organizations: 2, WaitingSince: at(8)}},
		{ID: 6, State: tracker.Accepted, Demand: tracker.Demand{Tickets: 1, WaitingSince: at(6)}},
	}
	if diff := cmp.Diff([]tracker.StoryID{5, 3, 2}, ids(search.ByDemand(cards))); diff != "" {
		t.Error("by demand:", diff)
	}
	if search.StoriesByWaiting.Compare(cards[0].Demand, cards[1].Demand) <= 0 || search.StoriesByBoard.Compare(cards[0].Demand, cards[1].Demand) != 0 {
		t.Error("a story for which nobody waits comes before one for which somebody does, or the board's order is not kept")
	}
}

// The tickets to be answered are those that the search terms find.
func TestToAnswerIsWhatItsTermsFind(t *testing.T) {
	if terms := search.ToAnswerTerms(); terms != "story:accepted status:open,pending,hold" {
		t.Errorf("the terms are %q", terms)
	}
	q, err := search.Parse(search.Tickets, search.ToAnswerTerms(), func() string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	stories := map[string][]tracker.StoryRef{"none": nil}
	for _, first := range tracker.States() {
		stories[string(first)] = []tracker.StoryRef{{ID: 1, State: first}}
		for _, second := range tracker.States() {
			stories[string(first)+" and "+string(second)] = []tracker.StoryRef{{ID: 1, State: first}, {ID: 2, State: second}}
		}
	}
	statuses := append([]tracker.TicketStatus{tracker.TicketNew, tracker.TicketSolved, tracker.TicketClosed}, tracker.StatusesToAnswer()...)
	chosen := 0
	for name, refs := range stories {
		for _, status := range statuses {
			for _, aside := range []*tracker.Aside{nil, {Kind: tracker.Dismissed}, {Kind: tracker.Snoozed}} {
				row := tracker.TicketRow{Ticket: tracker.Ticket{Status: status}, Stories: refs, Aside: aside}
				due := len(search.ToAnswer([]tracker.TicketRow{row})) == 1
				if due {
					chosen++
				}
				if found := q.Matches(search.Ticket(&row)); found != due {
					t.Errorf("%s, stories %s, aside %v: to be answered %t, found %t", status, name, aside, due, found)
				}
			}
		}
	}
	if want := 2 * len(tracker.StatusesToAnswer()); chosen != want { // one accepted story, and two
		t.Errorf("%d are to be answered, want %d", chosen, want)
	}
}

func TestToAnswerBeginsWithWhoWaitsLongest(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2026, 11, 18, h, 0, 0, 0, time.UTC) }
	ticket := func(id tracker.TicketID, status tracker.TicketStatus, replied, updated int) tracker.TicketRow {
		row := tracker.TicketRow{Stories: []tracker.StoryRef{{State: tracker.Accepted}}}
		row.ID, row.Status, row.UpdatedAt, row.Progress = id, status, at(updated), tracker.Progress{Told: true, RepliedAt: at(replied)}
		return row
	}
	view := []tracker.TicketRow{ticket(1, tracker.TicketPending, 1, 9), ticket(2, tracker.TicketOpen, 5, 6)}
	outside := []tracker.TicketRow{ticket(3, tracker.TicketHold, 4, 8), ticket(4, tracker.TicketPending, 2, 7)}
	var order []tracker.TicketID
	for _, row := range search.ToAnswer(view, outside) {
		order = append(order, row.ID)
	}
	if diff := cmp.Diff([]tracker.TicketID{3, 2, 4, 1}, order); diff != "" {
		t.Error(diff)
	}
}
