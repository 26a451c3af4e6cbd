package ui

import (
	"fmt"
	"storydesk/ui/board"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// until takes messages until a state is reached.
func (w *world) until(what string, reached func() bool) {
	w.t.Helper()
	timeout := time.After(testTimeout)
	for !reached() {
		select {
		case msg := <-w.msgs:
			w.send(msg)
		case <-timeout:
			w.t.Fatalf("waited in vain until %s; the screen:\n%s", what, w.screen())
		}
	}
}

// idle waits until everything that was asked for has been done and read.
func (w *world) idle() {
	w.t.Helper()
	w.until("all is read", func() bool {
		return len(w.msgs) == 0 && w.sight().Settled
	})
}

// see waits until the screen shows a text.
func (w *world) see(text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("%q is shown", text), func() bool { return strings.Contains(w.screen(), text) })
}

// part is what a part of the board shows, focused what the focused one does.
func (w *world) part(name intent.PaneName) board.PartSight { return w.sight().Board.Parts[name] }

// sight is what the program shows besides the screen.
func (w *world) sight() Sight { return w.model.Sight() }

// top is the pane that has the keyboard.
func (w *world) top() pane.Pane { return w.sight().Top }

// onBoard reports whether the board has the keyboard.
func (w *world) onBoard() bool { return w.sight().OnBoard }

// said is what the footer says, nil for nothing.
func (w *world) said() *pane.Toast { return w.sight().Said }

// screen is the frame without colours.
func (w *world) screen() string { return ansi.Strip(w.frame()) }

// frame is what is drawn, with its colours.
func (w *world) frame() string { return w.model.View().Content }

// row is the first line of the screen that holds a text.
func (w *world) row(text string) string {
	for l := range strings.SplitSeq(w.screen(), "\n") {
		if strings.Contains(l, text) {
			return l
		}
	}
	return ""
}

// shows fails unless the screen shows a text now.
func (w *world) shows(text string) {
	w.t.Helper()
	if !strings.Contains(w.screen(), text) {
		w.t.Fatalf("the screen does not show %q:\n%s", text, w.screen())
	}
}

// find returns where a text stands on the screen.
func (w *world) find(text string) (x, y int) {
	w.t.Helper()
	for y, l := range strings.Split(w.screen(), "\n") {
		if before, _, ok := strings.Cut(l, text); ok {
			return len([]rune(before)), y
		}
	}
	w.t.Fatalf("%q is not on the screen:\n%s", text, w.screen())
	return 0, 0
}
