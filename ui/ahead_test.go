package ui

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/story"
)

// These panes let keys wait.
var _ = []pane.Waiter{(*board.Board)(nil), (*story.Pane)(nil), (*command.CommentPane)(nil)}

// What is typed while a text is being saved means what it would mean afterwards.
func TestTypingAhead(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("enter").write(" soon").press("enter", "a").write("Write the docs").press("enter").write("Tell support").press("enter", "esc", "c")
	w.write("Done").press("ctrl+s", "enter").write(" first").press("enter")
	w.see("[ ] Tell support first")
	w.idle()
	w.see("Tasks 0/2")
	w.see("Comments 1")
	if b := w.board(); len(b.Backlog) != 1 || b.Backlog[0].Name != "Rotate the keys soon" {
		t.Errorf("the Backlog has %s", cardNames(b.Backlog))
	}
}

// A key reaches a story that is still being read.
func TestTypingAheadOfTheReading(t *testing.T) {
	w := newWorld(t)
	w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40)
	w.press("2", "enter", "a").write("Write the docs").press("enter")
	w.see("Tasks 0/1")
	w.idle()
	w.press("esc", "esc", "e").write(" soon").press("enter")
	w.see("Rotate the keys soon")
}

// What is typed before the first row is there acts on it.
func TestTypingAheadOfTheFirstRow(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.press("3", "n").write("Rotate the keys").press("enter", "enter", "enter").write(" soon").press("enter")
	w.see("Rotate the keys soon")
}

// A story is started by a key that came before its points were saved; one that
// has none still says so.
func TestTypingAheadOfThePoints(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, -1)
	w.start(120, 40)
	w.press("2", "s")
	w.shows("S-1 needs an estimate first: p")
	w.press("p", "2", "s")
	w.see("S-1 is started")
	w.idle()
	w.press("n").write("Write the docs").press("enter", "enter", "s")
	w.see("S-2 needs an estimate first: p")
	w.press("p", "3", "s")
	w.see("S-2 is started")
	if one, two := w.read(st.ID).Story, w.read(2).Story; *one.Estimate != 2 || *two.Estimate != 3 || two.State != tracker.Started {
		t.Errorf("%+v, %+v", one, two)
	}
}

// What is typed before a list is there chooses from it.
func TestTypingAheadOfAList(t *testing.T) {
	w := newWorld(t)
	if _, err := w.svc.Projects.AddProject(t.Context(), tracker.NewProject("Zebra")); err != nil {
		t.Fatal(err)
	}
	w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40)
	w.press("2", "P").write("zeb").press("enter")
	w.see("Project Zebra")
	w.press("P").write("acme").press("enter")
	w.see("Rotate the keys")
	w.idle()
	w.press("2", "#", "1", "enter", "e").write(" soon").press("enter")
	w.see("Rotate the keys soon")
}

// What was typed in the belief that a text would be saved is discarded when it
// was not.
func TestTypingAheadOfAFailure(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("enter")
	for range st.Name {
		w.press("backspace")
	}
	w.press("enter", "i", "q")
	w.see("name")
	w.idle()
	if b := w.board(); len(b.Backlog) != 1 || w.quit || w.sight().Leaving {
		t.Errorf("the Backlog has %s; left %v", cardNames(b.Backlog), w.quit)
	}
}

// The cursor stays where the user moved it after a change, whenever the change
// is saved and read.
func TestCursorStaysWhereItWasMovedAfterAChange(t *testing.T) {
	for name, early := range map[string]bool{"before it is saved": true, "before it is read": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			for _, name := range []string{"Rotate the keys", "Write the docs", "Tell support"} {
				w.story(name, tracker.Backlog, 1)
			}
			w.start(120, 40).press("2", "j", "s")
			if !early {
				w.see("S-2 is started")
			}
			w.press("j")
			at := w.part(intent.PaneBacklog).Selected
			if at == 2 {
				t.Fatal("j does not move the cursor")
			}
			w.idle()
			w.standsAt(intent.PaneBacklog, at, 0)
		})
	}
}

// A key that is pressed again before the change is read acts on what the story
// has become.
func TestTypingAheadOfTheNextState(t *testing.T) {
	for name, saved := range map[string]bool{"before it is saved": false, "before it is read": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			st := w.story("Rotate the keys", tracker.Backlog, 1)
			w.start(120, 40).press("2", "s")
			if saved {
				w.see("S-1 is started")
			}
			w.press("s")
			w.see("S-1 is finished")
			w.idle()
			w.press("s", "s")
			w.see("S-1 is accepted")
			if got := w.read(st.ID).Story.State; got != tracker.Accepted {
				t.Errorf("the story is %s", got)
			}
		})
	}
}

// A story that is started in the Icebox takes the cursor along to the Backlog.
func TestTheCursorGoesAlongWithAStartedStory(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"Rotate the keys", "Write the docs"} {
		w.story(name, tracker.Icebox, 1)
	}
	w.start(120, 40).press("3", "s", "s")
	w.see("S-1 is finished")
	w.idle()
	w.standsAt(intent.PaneBacklog, tracker.StoryID(1), 0)
	if st := w.read(2).Story; st.State != tracker.Unscheduled {
		t.Errorf("the story below is %s", st.State)
	}
	w.press("3", "b").idle()
	w.standsAt(intent.PaneIcebox, nil, 0)
}
