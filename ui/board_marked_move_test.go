package ui_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// Marked stories are dragged together and keep their order; another one is
// dragged alone.
func TestDragOfMarkedStories(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(6)
	w.Story("Alpha", tracker.Backlog, 1)
	w.Start(140, 30)
	w.Press("3", "space", "j", "space", "space") // 1, 3 and 4
	m := w.At("Row 6").Press().Over("Row 2")
	w.Shows("S-6 → Icebox, above S-2")
	m.Over("Alpha").Release()
	w.See("S-6 moved")
	w.Idle()
	m = w.At("Row 3").Press().Over("Row 5")
	w.Shows("3 stories → Icebox, above S-5")
	m = m.Over("Row 2")
	w.Shows("3 stories → Icebox, above S-2")
	m = m.Over("Alpha")
	w.Shows("3 stories → Backlog, above S-7")
	m.Release()
	w.See("3 stories moved · u undo")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Row 6, Row 1, Row 3, Row 4, Alpha" {
		t.Errorf("the Backlog holds %s", got)
	}
	if got := cardNames(w.board().Icebox); got != "Row 2, Row 5" {
		t.Errorf("the Icebox holds %s", got)
	}
	w.Press("u")
	w.See("Undone: 3 stories")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 3, Row 4, Row 5" {
		t.Errorf("after undo the Icebox holds %s", got)
	}
}

// The drop line may stand among marked rows; a block that stays is not moved.
func TestMoveOfMarkedStories(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(5).Start(140, 30)
	w.Press("3", "j", "space", "space", "m")
	w.Shows("2 stories → Icebox, where it is")
	w.Press("enter")
	w.Idle()
	w.Shows("2 marked · 5")
	w.Press("m", "G")
	w.Shows("2 stories → Icebox, at the end")
	w.Press("enter")
	w.See("2 stories moved")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 4, Row 5, Row 2, Row 3" {
		t.Errorf("the Icebox holds %s", got)
	}
	if n := w.marks(); n != 0 {
		t.Errorf("%d marks stay", n)
	}
}

// Stories that belong to different groups have no common place.
func TestMoveOfStoriesThatDoNotBelongTogether(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Running", tracker.Backlog, 1, tracker.Start)
	w.Story("Next", tracker.Backlog, 1)
	w.Story("Cold", tracker.Icebox, -1)
	w.Start(140, 30)
	w.Press("2", "ctrl+a", "m")
	w.Shows("S-1 is started and S-2 is unstarted: they cannot be next to each other in the Backlog")
	w.Press("l", "enter")
	w.See("2 stories moved")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Running, Next, Cold" {
		t.Errorf("the Icebox holds %s", got)
	}
}

// Where tickets hear of the move, it is asked about.
func TestMoveThatSendsComments(t *testing.T) {
	t.Parallel()
	w := markedBoard(t)
	w.Press("m", "l", "enter")
	w.See("Move 3 stories to the Icebox? 2 private comments will be sent to #1042 and #1039")
	w.Press("y")
	w.See("3 stories moved")
}

// J and K move marked rows as a block that stays marked, key by key.
func TestMarkedRowsMoveAsABlock(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(6).Start(140, 30)
	w.Press("3", "j", "space", "j", "space") // 2 and 4
	for _, step := range []struct{ key, want string }{
		{"J", "Row 1, Row 3, Row 5, Row 2, Row 4, Row 6"},
		{"J", "Row 1, Row 3, Row 5, Row 6, Row 2, Row 4"},
		{"K", "Row 1, Row 3, Row 5, Row 2, Row 4, Row 6"},
	} {
		w.Press(step.key)
		w.Idle()
		if got := cardNames(w.board().Icebox); got != step.want {
			t.Errorf("after %s the Icebox holds %s", step.key, got)
		}
	}
	w.Shows("2 marked · 6")
	w.Press("J", "J")
	w.Idle()
	if got := w.Said(); got == nil || got.Text != "S-4 is the last story here" {
		t.Errorf("at the end J says %+v", got)
	}
	w.Press("u")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 3, Row 5, Row 2, Row 4, Row 6" {
		t.Errorf("after undo the Icebox holds %s", got)
	}
}

// In a detail the thing shown is acted on, whatever is marked on the board.
func TestADetailActsOnWhatItShows(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(3)
	w.Start(140, 30)
	w.Press("space", "space", "3", "space", "space") // two tickets, and the stories 1 and 2
	for _, c := range []struct{ number, key, hint string }{
		{"#1031", "m", "#1031 → Icebox"},
		{"S-3", "m", "S-3 → Icebox"},
		{"S-1", "m", "S-1 → Icebox"},
	} {
		w.Press("#").Write(c.number).Press("enter")
		w.detailRead()
		w.Press(c.key)
		w.See(c.hint)
		w.Press("esc")
	}
	w.Press("#").Write("1031").Press("enter")
	w.detailRead()
	w.Press("b")
	w.See("Story S-4 created from #1031")
	w.Press("esc", "#").Write("S-3").Press("enter", "b")
	w.See("S-3 is in the Backlog")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Refund page 404, Row 3" {
		t.Errorf("the Backlog holds %s", got)
	}
	if n := len(w.Part(intent.PaneIcebox).Marked); n != 2 {
		t.Errorf("%d stories are marked", n)
	}
	if n := len(w.Part(intent.PaneTickets).Marked); n != 2 {
		t.Errorf("%d tickets are marked", n)
	}
}
