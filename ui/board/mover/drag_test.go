package mover

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/list"
	"storydesk/ui/table"
)

// drawn lays a column out in so many lines, as drawing does.
func drawn[K comparable, R table.Row[K]](c *table.Column[K, R], height int) {
	c.List.Draw(list.Frame{Width: 40, Height: height}, func(dst []byte, _ int, _ list.Flags) []byte { return dst })
}

// Moving away from the edge ends the scrolling, even when a tick is under way.
func TestLeavingTheEdgeStopsIt(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	icebox := m.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 30)
	aim := func(edge int, row tracker.StoryID) {
		m.Aim(intent.Aim{Row: intent.SelectRow{Part: intent.PaneIcebox, Key: row}, Edge: edge})
		drawn(icebox, 18)
	}
	drawn(icebox, 18)
	m.pick(intent.Grab{Row: intent.SelectRow{Part: intent.PaneIcebox, Key: tracker.StoryID(1)}, Dragged: true})
	aim(1, 17)
	due := Rested{m.moving.rest.id}
	if due.ID == 0 {
		t.Fatal("nothing is due at the edge")
	}
	aim(0, 10)
	m.Rested(due)
	if first, _ := icebox.List.Visible(); first != 0 {
		t.Errorf("the column scrolled to row %d", first)
	}
	aim(1, 17)
	m.Rested(Rested{m.moving.rest.id})
	if first, _ := icebox.List.Visible(); first != 1 {
		t.Errorf("at the edge the column stands at row %d, want 1", first)
	}
}

// Over the name of a part without room the drop line goes there after a while, at
// once over a part that is shown, and nowhere over one that takes no stories.
func TestWhereTheMouseAims(t *testing.T) {
	t.Parallel()
	m := newMover(t)
	m.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 3)
	backlog := m.fill(intent.PaneBacklog, tracker.Unstarted, 11, 3)
	m.pick(intent.Grab{Row: intent.SelectRow{Part: intent.PaneIcebox, Key: tracker.StoryID(2)}, Dragged: true})
	if !m.Dragging() || m.AimsAt(intent.PaneIcebox) {
		t.Error("before the mouse is over a column, something would be dropped")
	}
	m.Aim(intent.Aim{Row: intent.SelectRow{Part: intent.PaneBacklog}, Tab: true})
	if m.AimsAt(intent.PaneBacklog) {
		t.Error("over the name it would be dropped at once")
	}
	m.Rested(Rested{m.moving.rest.id})
	if !m.AimsAt(intent.PaneBacklog) || backlog.DropAt < 0 {
		t.Error("after a while the column is not shown")
	}
	m.Aim(intent.Aim{Row: intent.SelectRow{Part: intent.PaneBacklog, Key: tracker.StoryID(13)}})
	if backlog.DropAt != 2+1 { // the row was below the line, and moves up with it gone
		t.Errorf("the drop line stands at %d", backlog.DropAt)
	}
	m.Aim(intent.Aim{Row: intent.SelectRow{Part: intent.PaneDone}})
	if _, reason := m.Drop(); reason == "" || m.Moving() {
		t.Errorf("dropped on Done: %q, still moving: %v", reason, m.Moving())
	}
}
