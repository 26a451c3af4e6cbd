package ui_test

import (
	"context"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

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
