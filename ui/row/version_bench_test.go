package row

import (
	"testing"

	"storydesk/tracker"
)

func BenchmarkStoryVersion(b *testing.B) {
	points := 2.0
	c := tracker.Card{
		ID: 1, Name: "Export over 10,000 rows fails with a timeout", Type: tracker.Feature, State: tracker.Started, Estimate: &points,
		Owners: []string{"Ada Lovelace", "Grace Hopper"}, Version: 3, Tickets: 1,
	}
	b.ReportAllocs()
	for b.Loop() {
		cardVersion(c, tracker.Project{Version: 5})
	}
}

func BenchmarkAligned(b *testing.B) {
	rows := make([]Story, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		Aligned(rows)
	}
}
