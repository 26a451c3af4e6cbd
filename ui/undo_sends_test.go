package ui_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// begun is a board with a story of two tickets that was started by key and whose
// private comments were sent.
func begun(t testing.TB) *world {
	w := newWorld(t).numbered().WithTickets(uitest.Usual()...)
	w.estimated(1042, 1039)
	w.Start(140, 30)
	w.Press("2", "s")
	w.See("S-1 is started")
	w.Idle()
	w.sentAll()
	return w
}

// After a private comment was sent, undo shows the correction that it would send and
// asks. Keys typed on at once do not answer; escape and no change nothing.
func TestUndoShowsWhatItWouldSend(t *testing.T) {
	t.Parallel()
	w := begun(t)
	for _, no := range []string{"esc", "n"} {
		w.Press("u", "y")
		w.See("Undo S-1 started? 2 private comments will be sent to #1042 and #1039")
		w.Shows("Ada Lovelace scheduled story S-1")
		w.Shows("y undo and send")
		w.Shows("esc change nothing")
		w.Press(no)
		w.Idle()
		if st := w.read(1).Story; st.State != tracker.Started || w.queued() != 0 {
			t.Fatalf("after %s it is %s, %d wait to be sent", no, st.State, w.queued())
		}
		if strings.Contains(w.Screen(), "Preview") {
			t.Errorf("after %s the texts are still shown:\n%s", no, w.Screen())
		}
	}
	w.Press("u")
	w.See("Undo S-1 started?")
	w.Press("y")
	w.See("Undone: S-1 started")
	w.Idle()
	if st := w.read(1).Story; st.State != tracker.Unstarted || w.queued() != 2 {
		t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
	}
}

// What still waits is taken back without a question; to make it again sends it, and asks.
func TestRedoShowsWhatItWouldSend(t *testing.T) {
	t.Parallel()
	w := begun(t)
	w.Press("s")
	w.See("S-1 is finished")
	w.Press("u")
	w.See("Undone: S-1 finished")
	w.Idle()
	w.Press("ctrl+r")
	w.See("Redo S-1 finished? 2 private comments will be sent to #1042 and #1039")
	w.Shows("Ada Lovelace finished story S-1")
	w.Press("y")
	w.See("Redone: S-1 finished")
	w.Idle()
	if st := w.read(1).Story; st.State != tracker.Finished || w.queued() != 2 {
		t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
	}
}

// Several stories are asked about at once, with all texts; the texts scroll.
func TestUndoOfABulkStepShowsWhatItWouldSend(t *testing.T) {
	t.Parallel()
	w := newWorld(t).numbered().WithTickets(uitest.Usual()...)
	w.estimated(1042)
	w.estimated(1039)
	w.Start(140, 30)
	w.Press("2", "space", "space", "s", "y")
	w.See("2 stories started")
	w.Idle()
	w.sentAll()
	w.Press("u")
	w.See("Undo 2 stories started? 2 private comments will be sent to #")
	w.Shows("scheduled story S-1")
	w.Shows("scheduled story S-2")
	w.Press("G", "k", "y")
	w.See("Undone: 2 stories started")
	w.Idle()
	if w.queued() != 2 {
		t.Errorf("%d wait to be sent", w.queued())
	}
}

// Undo after undo stops at the first that would send something: the next one in
// the row is no answer and takes nothing back.
func TestUndoInARowStopsBeforeItSends(t *testing.T) {
	t.Parallel()
	w := begun(t)
	w.Press("s")
	w.See("S-1 is finished")
	w.Idle()
	w.Press("u", "u", "u", "u")
	w.See("Undo S-1 started?")
	w.Idle()
	if st := w.read(1).Story; st.State != tracker.Started || w.queued() != 0 {
		t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
	}
	w.Press("esc")
	w.Idle()
	if _, ok := w.Top().(*board.Board); !ok {
		t.Errorf("%T is still open", w.Top())
	}
}

// A deletion is undone by key, and made again.
func TestUndoOfADeletionByKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(3).Start(140, 30)
	w.Press("3", "j", "D")
	w.See("Delete S-2 “Row 2”?")
	w.Press("y")
	w.See("S-2 deleted · u undo")
	w.Idle()
	w.Press("1", "u")
	w.See("Undone: S-2 restored")
	w.Idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 0)
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 3" {
		t.Errorf("the Icebox holds %s", got)
	}
	w.Press("ctrl+r")
	w.See("Redone: S-2 deleted")
	w.Idle()
	w.Press("u")
	w.See("Undone: S-2 restored")
	w.Idle()

	w.Press("space", "space", "D", "y")
	w.See("2 stories deleted · u undo")
	w.Idle()
	w.Press("u")
	w.See("Undone: 2 stories restored")
	w.Idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 2)
	if d := w.read(2); d.Activities[0].At.Before(uitest.Now().Add(-time.Hour)) || d.Activities[0].Verb != "restored" {
		t.Errorf("the history says %+v", d.Activities[0])
	}
}

// In a story's detail, too, a deletion says which key undoes it, and the detail goes.
func TestDeletionInTheDetailNamesTheKeyToUndoIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(2).Start(140, 30).detail(1)
	w.Press("D", "y")
	w.See("S-1 deleted · u undo")
	w.Idle()
	w.Shows("S-1 deleted · u undo")
	if _, ok := w.Top().(*board.Board); !ok {
		t.Errorf("%T is still open", w.Top())
	}
	w.Press("u")
	w.See("Undone: S-1 restored")
}

// A new story is made in the column where the cursor is, above the cursor's story;
// the form says so.
func TestANewStoryGoesWhereTheCursorIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Running", tracker.Backlog, 1, tracker.Start)
	w.Story("Waiting", tracker.Backlog, 1)
	w.Story("Later", tracker.Icebox, -1)
	w.Start(140, 30)
	add := func(prompt, name string) {
		t.Helper()
		w.Press("n")
		w.See(prompt)
		w.Write(name).Press("enter")
		w.See(name)
		w.Idle()
	}
	w.Press("2", "G")
	add("New story in the Backlog, above S-2", "above the cursor")
	w.standsAt(intent.PaneBacklog, tracker.StoryID(4), 0)
	w.Press("g")
	add("New story in the Backlog", "top of the unstarted")
	w.standsAt(intent.PaneBacklog, tracker.StoryID(5), 0)
	w.Press("3")
	add("New story in the Icebox, above S-3", "in the Icebox")
	w.standsAt(intent.PaneIcebox, tracker.StoryID(6), 0)
	w.Press("1")
	add("New story in the Icebox", "from the tickets")
	w.Press("u", "2")
	w.See("Undone: ")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Running, top of the unstarted, above the cursor, Waiting" {
		t.Errorf("the Backlog holds %s", got)
	}
	if got := cardNames(w.board().Icebox); got != "in the Icebox, Later" {
		t.Errorf("the Icebox holds %s", got)
	}
}
