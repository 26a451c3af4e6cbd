package search_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

// What is to be answered of 2,400 tickets, and Demand of 10,000 stories.
func BenchmarkToAnswerAndDemand(b *testing.B) {
	at := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	tickets, cards := make([]tracker.TicketRow, 2_400), make([]tracker.Card, 10_000)
	for i := range tickets {
		t := &tickets[i]
		t.Status, t.UpdatedAt, t.Progress = tracker.TicketOpen, at, tracker.Progress{Told: true, RepliedAt: at.Add(time.Duration(i*7919%2400) * time.Minute)}
		t.Stories = []tracker.StoryRef{{State: []tracker.State{tracker.Accepted, tracker.Started}[i%2]}}
	}
	for i := range cards {
		cards[i] = tracker.Card{State: tracker.Started, Demand: tracker.Demand{Tickets: i % 3, Organizations: i * 31 % 17, WaitingSince: at.Add(time.Duration(i) * time.Minute)}}
	}
	b.Run("to answer", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			search.ToAnswer(tickets)
		}
	})
	for _, o := range search.DemandOrders() {
		b.Run("demand by "+string(o), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				o.Sort(search.ByDemand(cards))
			}
		})
	}
}
