package board

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/board/reading"
)

// A reading that began before the panel was changed does not change it back.
func TestAnEarlierReadingDoesNotChangeThePanelBack(t *testing.T) {
	b := bare()
	was := boardRead{generation: b.reader.generation, request: reading.Request{Kinds: tracker.HintTickets, Panel: 1}}
	was.Panel, was.Integrations = 1, []tracker.Integration{{ID: 1, Active: true}}
	b.reader.reading = true
	b.viewer.showPanel(2)
	b.took(was)
	if b.panel.id != 2 {
		t.Errorf("the panel is %d again", b.panel.id)
	}
}

// One reading is under way at a time; what changes meanwhile is read after it.
func TestOneReadingAtATime(t *testing.T) {
	t.Parallel()
	r := bare().reader
	if r.read(tracker.HintTickets) == nil || !r.reading {
		t.Fatal("nothing is read")
	}
	if r.read(tracker.HintStories) != nil || r.read(tracker.HintDeliveries) != nil {
		t.Error("two readings are under way")
	}
	if r.pending != tracker.HintStories|tracker.HintDeliveries || r.settled() {
		t.Errorf("to be read is %v", r.pending)
	}
	if !r.ended(boardRead{generation: r.generation}) || r.read(0) == nil || r.pending != 0 {
		t.Error("what changed meanwhile is not read")
	}
	if r.ended(boardRead{generation: r.generation + 1}) || !r.reading {
		t.Error("a reading of another project has ended this one's")
	}
	r.ended(boardRead{generation: r.generation})
	if r.read(0) != nil || !r.settled() {
		t.Error("it reads though nothing changed")
	}
}

// The board waits for the stories that show the user's changes.
func TestAwaitsStories(t *testing.T) {
	t.Parallel()
	r := bare().reader
	if r.awaitsStories() {
		t.Error("nothing was changed")
	}
	r.ChangeStories(nil)
	if !r.awaitsStories() {
		t.Error("a change is not shown yet")
	}
	r.ended(boardRead{generation: r.generation, changes: 1})
	if r.awaitsStories() {
		t.Error("the change is shown")
	}
}
