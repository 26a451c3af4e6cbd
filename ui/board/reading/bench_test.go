package reading

import (
	"fmt"
	"testing"

	"storydesk/tracker"
)

// cards are 10,000 stories.
func cards() []tracker.Card {
	list := make([]tracker.Card, 10_000)
	for i := range list {
		points := float64(i % 4)
		list[i] = tracker.Card{
			ID: tracker.StoryID(i + 1), Name: fmt.Sprintf("login loops export fails over rows %d", i), Type: tracker.Feature,
			State: tracker.Unstarted, Estimate: &points, Tickets: i % 2, Version: 1,
		}
	}
	return list
}

func BenchmarkStoryRows(b *testing.B) {
	list := cards()
	b.ReportAllocs()
	for b.Loop() {
		StoryRows(list, tracker.Project{})
	}
}
