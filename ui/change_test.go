package ui_test

import (
	"context"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/pane"
)

// Changes happen in their order, whatever becomes of the commands of those who
// asked for them.
func TestAChangeWaitsForNobodysCommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	done := make(chan string, 3)
	change := func(name string) func(context.Context) pane.Done {
		return func(context.Context) pane.Done {
			done <- name
			return pane.Done{}
		}
	}
	w.do(func(h *pane.Host) tea.Cmd {
		h.Change(change("first"))
		h.ChangeAwaited(change("second"))
		return nil
	})
	w.do(func(h *pane.Host) tea.Cmd {
		h.ChangeStories(change("third"))
		return nil
	})
	w.Until("nothing waits any more", func() bool { return !w.Model.Host().Busy() })
	close(done)
	var got []string
	for name := range done {
		got = append(got, name)
	}
	if !slices.Equal(got, []string{"first", "second", "third"}) {
		t.Errorf("done: %q", got)
	}
	if w.Model.Host().Asking() {
		t.Error("keys still wait for a change that has ended")
	}
}

// What a change said is gone once the next one has ended, which undo would take back instead.
func TestTheNextChangeEndsWhatTheLastOneSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40)
	w.Press("2", "s")
	w.See("S-1 is started · u undo")
	w.Press("e").Write(" soon").Press("enter")
	w.Until("the name is saved", func() bool { return w.board().Backlog[0].Name == "Rotate the keys soon" })
	w.Idle()
	if said := w.Said(); said != nil {
		t.Errorf("%q is still said", said.Text)
	}
}
