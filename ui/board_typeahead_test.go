package ui_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/story"
	"storydesk/ui/uitest"
)

// These panes let keys wait.
var _ = []pane.Waiter{(*board.Board)(nil), (*story.Pane)(nil), (*command.CommentPane)(nil)}

// What is typed while a text is being saved means what it would mean afterwards.
func TestTypingAhead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("enter").Write(" soon").Press("enter", "a").Write("Write the docs").Press("enter").Write("Tell support").Press("enter", "esc", "c")
	w.Write("Done").Press("ctrl+s", "enter").Write(" first").Press("enter")
	w.See("[ ] Tell support first")
	w.Idle()
	w.See("Tasks 0/2")
	w.See("Comments 1")
	if b := w.board(); len(b.Backlog) != 1 || b.Backlog[0].Name != "Rotate the keys soon" {
		t.Errorf("the Backlog has %s", cardNames(b.Backlog))
	}
}

// A key reaches a story that is still being read.
func TestTypingAheadOfTheReading(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40)
	w.Press("2", "enter", "a").Write("Write the docs").Press("enter")
	w.See("Tasks 0/1")
	w.Idle()
	w.Press("esc", "esc", "e").Write(" soon").Press("enter")
	w.See("Rotate the keys soon")
}

// What is typed before the first row is there acts on it.
func TestTypingAheadOfTheFirstRow(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.Press("3", "n").Write("Rotate the keys").Press("enter", "enter", "enter").Write(" soon").Press("enter")
	w.See("Rotate the keys soon")
}

// A story is started by a key that came before its points were saved; one that
// has none still says so.
func TestTypingAheadOfThePoints(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, -1)
	w.Start(120, 40)
	w.Press("2", "s")
	w.Shows("S-1 needs an estimate first: p")
	w.Press("p", "2", "s")
	w.See("S-1 is started")
	w.Idle()
	w.Press("n").Write("Write the docs").Press("enter", "enter", "s")
	w.See("S-2 needs an estimate first: p")
	w.Press("p", "3", "s")
	w.See("S-2 is started")
	if one, two := w.read(st.ID).Story, w.read(2).Story; *one.Estimate != 2 || *two.Estimate != 3 || two.State != tracker.Started {
		t.Errorf("%+v, %+v", one, two)
	}
}

// What is typed before a list is there chooses from it.
func TestTypingAheadOfAList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.Service.Projects.AddProject(t.Context(), tracker.NewProject("Zebra")); err != nil {
		t.Fatal(err)
	}
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40)
	w.Press("2", "P").Write("zeb").Press("enter")
	w.See("Project Zebra")
	w.Press("P").Write("acme").Press("enter")
	w.See("Rotate the keys")
	w.Idle()
	w.Press("2", "#", "1", "enter", "e").Write(" soon").Press("enter")
	w.See("Rotate the keys soon")
}

// What was typed in the belief that a text would be saved is discarded when it
// was not.
func TestTypingAheadOfAFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("enter")
	for range st.Name {
		w.Press("backspace")
	}
	w.Press("enter", "i", "q")
	w.See("name")
	w.Idle()
	if b := w.board(); len(b.Backlog) != 1 || w.Quit || w.Sight().Leaving {
		t.Errorf("the Backlog has %s; left %v", cardNames(b.Backlog), w.Quit)
	}
}

// The cursor stays where the user moved it after a change, whenever the change
// is saved and read.
func TestCursorStaysWhereItWasMovedAfterAChange(t *testing.T) {
	t.Parallel()
	for name, early := range map[string]bool{"before it is saved": true, "before it is read": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			for _, name := range []string{"Rotate the keys", "Write the docs", "Tell support"} {
				w.Story(name, tracker.Backlog, 1)
			}
			w.Start(120, 40).Press("2", "j", "s")
			if !early {
				w.See("S-2 is started")
			}
			w.Press("j")
			at := w.Part(intent.PaneBacklog).Selected
			if at == 2 {
				t.Fatal("j does not move the cursor")
			}
			w.Idle()
			w.standsAt(intent.PaneBacklog, at, 0)
		})
	}
}

// A key that is pressed again before the change is read acts on what the story
// has become.
func TestTypingAheadOfTheNextState(t *testing.T) {
	t.Parallel()
	for name, saved := range map[string]bool{"before it is saved": false, "before it is read": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			st := w.Story("Rotate the keys", tracker.Backlog, 1)
			w.Start(120, 40).Press("2", "s")
			if saved {
				w.See("S-1 is started")
			}
			w.Press("s")
			w.See("S-1 is finished")
			w.Idle()
			w.Press("s", "s")
			w.See("S-1 is accepted")
			if got := w.read(st.ID).Story.State; got != tracker.Accepted {
				t.Errorf("the story is %s", got)
			}
		})
	}
}

// A story that is started in the Icebox takes the cursor along to the Backlog.
func TestTheCursorGoesAlongWithAStartedStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range []string{"Rotate the keys", "Write the docs"} {
		w.Story(name, tracker.Icebox, 1)
	}
	w.Start(120, 40).Press("3", "s", "s")
	w.See("S-1 is finished")
	w.Idle()
	w.standsAt(intent.PaneBacklog, tracker.StoryID(1), 0)
	if st := w.read(2).Story; st.State != tracker.Unscheduled {
		t.Errorf("the story below is %s", st.State)
	}
	w.Press("3", "b").Idle()
	w.standsAt(intent.PaneIcebox, nil, 0)
}
