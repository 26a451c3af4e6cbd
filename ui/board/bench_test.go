package board

import (
	"fmt"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/board/reading"
	"storydesk/ui/intent"
	"storydesk/ui/row"
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

// BenchmarkBoardRead takes what was read of a board of 10,000 stories while the
// last of them is selected, all parts are shown and one of them searches.
func BenchmarkBoardRead(b *testing.B) {
	board, list := bare(), cards()
	board.filters.search("export")
	msg := boardRead{generation: board.reader.generation, request: reading.Request{Kinds: tracker.HintStories}}
	msg.HasStories, msg.Stories = true, map[intent.PaneName][]row.Story{}
	for part, c := range board.columns.Stories {
		msg.Stories[part] = reading.StoryRows(list, board.Project)
		c.Set(msg.Stories[part])
		c.List.Bottom()
	}
	b.ReportAllocs()
	for b.Loop() {
		board.took(msg)
	}
}
