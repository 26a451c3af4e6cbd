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
		{ID: 4, State: tracker.Accepted, Demand: tracker.Demand{Tickets: 9, Organizations: 9, WaitingSince: at(7), ToAnswer: 2}},
		{ID: 5, State: tracker.Unstarted, Demand: tracker.Demand{Tickets: 2, Organizations: 2, WaitingSince: at(8)}},
		{ID: 6, State: tracker.Accepted, Demand: tracker.Demand{Tickets: 1, WaitingSince: at(6), ToAnswer: 1}},
	}
	if diff := cmp.Diff([]tracker.StoryID{5, 3, 2}, ids(search.ByDemand(cards))); diff != "" {
		t.Error("by demand:", diff)
	}
	if diff := cmp.Diff([]tracker.StoryID{6, 4}, ids(search.ToAnswer(cards))); diff != "" {
		t.Error("to answer:", diff)
	}
	if search.StoriesByWaiting.Compare(cards[0].Demand, cards[1].Demand) <= 0 || search.StoriesByBoard.Compare(cards[0].Demand, cards[1].Demand) != 0 {
		t.Error("a story for which nobody waits comes before one for which somebody does, or the board's order is not kept")
	}
}
