package ui

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/intent"
)

// begun is a board with a story of two tickets that was started by key and whose
// private comments were sent.
func begun(t testing.TB) *world {
	w := newWorld(t).numbered().withTickets(usual()...)
	w.estimated(1042, 1039)
	w.start(140, 30)
	w.press("2", "s")
	w.see("S-1 is started")
	w.idle()
	w.sentAll()
	return w
}

// After a private comment was sent, undo shows the correction that it would send and
// asks. Keys typed on at once do not answer; escape and no change nothing.
func TestUndoShowsWhatItWouldSend(t *testing.T) {
	w := begun(t)
	for _, no := range []string{"esc", "n"} {
		w.press("u", "y")
		w.see("Undo S-1 started? 2 private comments will be sent to #1042 and #1039")
		w.shows("Ada Lovelace scheduled story S-1")
		w.shows("y undo and send")
		w.shows("esc change nothing")
		w.press(no)
		w.idle()
		if st := w.read(1).Story; st.State != tracker.Started || w.queued() != 0 {
			t.Fatalf("after %s it is %s, %d wait to be sent", no, st.State, w.queued())
		}
		if strings.Contains(w.screen(), "Preview") {
			t.Errorf("after %s the texts are still shown:\n%s", no, w.screen())
		}
	}
	w.press("u")
	w.see("Undo S-1 started?")
	w.press("y")
	w.see("Undone: S-1 started")
	w.idle()
	if st := w.read(1).Story; st.State != tracker.Unstarted || w.queued() != 2 {
		t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
	}
}

// What still waits is taken back without a question; to make it again sends it, and asks.
func TestRedoShowsWhatItWouldSend(t *testing.T) {
	w := begun(t)
	w.press("s")
	w.see("S-1 is finished")
	w.press("u")
	w.see("Undone: S-1 finished")
	w.idle()
	w.press("ctrl+r")
	w.see("Redo S-1 finished? 2 private comments will be sent to #1042 and #1039")
	w.shows("Ada Lovelace finished story S-1")
	w.press("y")
	w.see("Redone: S-1 finished")
	w.idle()
	if st := w.read(1).Story; st.State != tracker.Finished || w.queued() != 2 {
		t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
	}
}

// Several stories are asked about at once, with all texts; the texts scroll.
func TestUndoOfABulkStepShowsWhatItWouldSend(t *testing.T) {
	w := newWorld(t).numbered().withTickets(usual()...)
	w.estimated(1042)
	w.estimated(1039)
	w.start(140, 30)
	w.press("2", "space", "space", "s", "y")
	w.see("2 stories started")
	w.idle()
	w.sentAll()
	w.press("u")
	w.see("Undo 2 stories started? 2 private comments will be sent to #")
	w.shows("scheduled story S-1")
	w.shows("scheduled story S-2")
	w.press("G", "k", "y")
	w.see("Undone: 2 stories started")
	w.idle()
	if w.queued() != 2 {
		t.Errorf("%d wait to be sent", w.queued())
	}
}

// Undo after undo stops at the first that would send something: the next one in
// the row is no answer and takes nothing back.
func TestUndoInARowStopsBeforeItSends(t *testing.T) {
	w := begun(t)
	w.press("s")
	w.see("S-1 is finished")
	w.idle()
	w.press("u", "u", "u", "u")
	w.see("Undo S-1 started?")
	w.idle()
	if st := w.read(1).Story; st.State != tracker.Started || w.queued() != 0 {
		t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
	}
	w.press("esc")
	w.idle()
	if _, ok := w.top().(*board.Board); !ok {
		t.Errorf("%T is still open", w.top())
	}
}

// A deletion is undone by key, and made again.
func TestUndoOfADeletionByKey(t *testing.T) {
	w := newWorld(t).stack(3).start(140, 30)
	w.press("3", "j", "D")
	w.see("Delete S-2 “Row 2”?")
	w.press("y")
	w.see("S-2 deleted · u undo")
	w.idle()
	w.press("1", "u")
	w.see("Undone: S-2 restored")
	w.idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 0)
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 3" {
		t.Errorf("the Icebox holds %s", got)
	}
	w.press("ctrl+r")
	w.see("Redone: S-2 deleted")
	w.idle()
	w.press("u")
	w.see("Undone: S-2 restored")
	w.idle()

	w.press("space", "space", "D", "y")
	w.see("2 stories deleted · u undo")
	w.idle()
	w.press("u")
	w.see("Undone: 2 stories restored")
	w.idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 2)
	if d := w.read(2); d.Activities[0].At.Before(testNow().Add(-time.Hour)) || d.Activities[0].Verb != "restored" {
		t.Errorf("the history says %+v", d.Activities[0])
	}
}

// In a story's detail, too, a deletion says which key undoes it, and the detail goes.
func TestDeletionInTheDetailNamesTheKeyToUndoIt(t *testing.T) {
	w := newWorld(t).stack(2).start(140, 30).detail(1)
	w.press("D", "y")
	w.see("S-1 deleted · u undo")
	w.idle()
	w.shows("S-1 deleted · u undo")
	if _, ok := w.top().(*board.Board); !ok {
		t.Errorf("%T is still open", w.top())
	}
	w.press("u")
	w.see("Undone: S-1 restored")
}

// A new story is made in the column where the cursor is, above the cursor's story;
// the prompt says so.
func TestANewStoryGoesWhereTheCursorIs(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("Running", tracker.Backlog, 1, tracker.Start)
	w.story("Waiting", tracker.Backlog, 1)
	w.story("Later", tracker.Icebox, -1)
	w.start(140, 30)
	add := func(prompt, name string) {
		t.Helper()
		w.press("n")
		w.see(prompt)
		w.write(name).press("enter")
		w.see(name)
		w.idle()
	}
	w.press("2", "G")
	add("New story in the Backlog, above S-2", "above the cursor")
	w.standsAt(intent.PaneBacklog, tracker.StoryID(4), 0)
	w.press("g")
	add("New story in the Backlog", "top of the unstarted")
	w.standsAt(intent.PaneBacklog, tracker.StoryID(5), 0)
	w.press("3")
	add("New story in the Icebox, above S-3", "in the Icebox")
	w.standsAt(intent.PaneIcebox, tracker.StoryID(6), 0)
	w.press("1")
	add("New story in the Icebox", "from the tickets")
	w.press("u", "2")
	w.see("Undone: ")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Running, top of the unstarted, above the cursor, Waiting" {
		t.Errorf("the Backlog holds %s", got)
	}
	if got := cardNames(w.board().Icebox); got != "in the Icebox, Later" {
		t.Errorf("the Icebox holds %s", got)
	}
}
