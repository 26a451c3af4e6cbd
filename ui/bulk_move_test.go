package ui

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
)

// Marked stories are dragged together and keep their order; another one is
// dragged alone.
func TestDragOfMarkedStories(t *testing.T) {
	w := newWorld(t).stack(6)
	w.story("Alpha", tracker.Backlog, 1)
	w.start(140, 30)
	w.press("3", "space", "j", "space", "space") // 1, 3 and 4
	m := w.at("Row 6").press().over("Row 2")
	w.shows("S-6 → Icebox, above S-2")
	m.over("Alpha").release()
	w.see("S-6 moved")
	w.idle()
	m = w.at("Row 3").press().over("Row 5")
	w.shows("3 stories → Icebox, above S-5")
	m = m.over("Row 2")
	w.shows("3 stories → Icebox, above S-2")
	m = m.over("Alpha")
	w.shows("3 stories → Backlog, above S-7")
	m.release()
	w.see("3 stories moved · u undo")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Row 6, Row 1, Row 3, Row 4, Alpha" {
		t.Errorf("the Backlog holds %s", got)
	}
	if got := cardNames(w.board().Icebox); got != "Row 2, Row 5" {
		t.Errorf("the Icebox holds %s", got)
	}
	w.press("u")
	w.see("Undone: 3 stories")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 3, Row 4, Row 5" {
		t.Errorf("after undo the Icebox holds %s", got)
	}
}

// The drop line may stand among marked rows; a block that stays is not moved.
func TestMoveOfMarkedStories(t *testing.T) {
	w := newWorld(t).stack(5).start(140, 30)
	w.press("3", "j", "space", "space", "m")
	w.shows("2 stories → Icebox, where it is")
	w.press("enter")
	w.idle()
	w.shows("2 marked · 5")
	w.press("m", "G")
	w.shows("2 stories → Icebox, at the end")
	w.press("enter")
	w.see("2 stories moved")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 4, Row 5, Row 2, Row 3" {
		t.Errorf("the Icebox holds %s", got)
	}
	if n := w.marks(); n != 0 {
		t.Errorf("%d marks stay", n)
	}
}

// Stories that belong to different groups have no common place.
func TestMoveOfStoriesThatDoNotBelongTogether(t *testing.T) {
	w := newWorld(t)
	w.story("Running", tracker.Backlog, 1, tracker.Start)
	w.story("Next", tracker.Backlog, 1)
	w.story("Cold", tracker.Icebox, -1)
	w.start(140, 30)
	w.press("2", "ctrl+a", "m")
	w.shows("S-1 is started and S-2 is unstarted: they cannot be next to each other in the Backlog")
	w.press("l", "enter")
	w.see("2 stories moved")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Running, Next, Cold" {
		t.Errorf("the Icebox holds %s", got)
	}
}

// Where tickets hear of the move, it is asked about.
func TestMoveThatSendsComments(t *testing.T) {
	w := markedBoard(t)
	w.press("m", "l", "enter")
	w.see("Move 3 stories to the Icebox? 2 private comments will be sent to #1042 and #1039")
	w.press("y")
	w.see("3 stories moved")
}

// J and K move marked rows as a block that stays marked, key by key.
func TestMarkedRowsMoveAsABlock(t *testing.T) {
	w := newWorld(t).stack(6).start(140, 30)
	w.press("3", "j", "space", "j", "space") // 2 and 4
	for _, step := range []struct{ key, want string }{
		{"J", "Row 1, Row 3, Row 5, Row 2, Row 4, Row 6"},
		{"J", "Row 1, Row 3, Row 5, Row 6, Row 2, Row 4"},
		{"K", "Row 1, Row 3, Row 5, Row 2, Row 4, Row 6"},
	} {
		w.press(step.key)
		w.idle()
		if got := cardNames(w.board().Icebox); got != step.want {
			t.Errorf("after %s the Icebox holds %s", step.key, got)
		}
	}
	w.shows("2 marked · 6")
	w.press("J", "J")
	w.idle()
	if got := w.said(); got == nil || got.Text != "S-4 is the last story here" {
		t.Errorf("at the end J says %+v", got)
	}
	w.press("u")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 3, Row 5, Row 2, Row 4, Row 6" {
		t.Errorf("after undo the Icebox holds %s", got)
	}
}

// In a detail the thing shown is acted on, whatever is marked on the board.
func TestADetailActsOnWhatItShows(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(3)
	w.start(140, 30)
	w.press("space", "space", "3", "space", "space") // two tickets, and the stories 1 and 2
	for _, c := range []struct{ number, key, hint string }{
		{"#1031", "m", "#1031 → Icebox"},
		{"S-3", "m", "S-3 → Icebox"},
		{"S-1", "m", "S-1 → Icebox"},
	} {
		w.press("#").write(c.number).press("enter")
		w.detailRead()
		w.press(c.key)
		w.see(c.hint)
		w.press("esc")
	}
	w.press("#").write("1031").press("enter")
	w.detailRead()
	w.press("b")
	w.see("Story S-4 created from #1031")
	w.press("esc", "#").write("S-3").press("enter", "b")
	w.see("S-3 is in the Backlog")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Row 3, Refund page 404" {
		t.Errorf("the Backlog holds %s", got)
	}
	if n := len(w.part(intent.PaneIcebox).Marked); n != 2 {
		t.Errorf("%d stories are marked", n)
	}
	if n := len(w.part(intent.PaneTickets).Marked); n != 2 {
		t.Errorf("%d tickets are marked", n)
	}
}
