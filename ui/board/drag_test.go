package board

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/row"
	"storydesk/ui/theme"
)

// Moving away from the edge ends the scrolling, even when a tick is under way.
func TestLeavingTheEdgeStopsIt(t *testing.T) {
	b := bare()
	rows := make([]row.Story, 30)
	for i := range rows {
		rows[i] = row.NewStory(tracker.Card{ID: tracker.StoryID(i + 1), Name: "Row", State: tracker.Unscheduled}, tracker.Project{})
	}
	icebox := b.columns.of(intent.PaneIcebox)
	icebox.Set(row.Aligned(rows))
	b.storied = true
	b.viewer.focus(intent.PaneIcebox)
	var c draw.Canvas
	show := func() {
		c.Reset(theme.New(theme.Options{}), 140, 20)
		b.Draw(&c, draw.Rect{W: 140, H: 20})
	}
	show()
	aim := func(edge int, row tracker.StoryID) {
		b.Handle(intent.Aim{Row: intent.SelectRow{Part: intent.PaneIcebox, Key: row}, Edge: edge})
		show()
	}
	b.Handle(intent.Grab{Row: intent.SelectRow{Part: intent.PaneIcebox, Key: tracker.StoryID(1)}, Dragged: true})
	aim(1, 17)
	due := rested{b.mover.moving.rest.id}
	if due.ID == 0 {
		t.Fatal("nothing is due at the edge")
	}
	aim(0, 10)
	b.Update(due)
	if first, _ := icebox.List.Visible(); first != 0 {
		t.Errorf("the column scrolled to row %d", first)
	}
	aim(1, 17)
	b.Update(rested{b.mover.moving.rest.id})
	if first, _ := icebox.List.Visible(); first != 1 {
		t.Errorf("at the edge the column stands at row %d, want 1", first)
	}
}
