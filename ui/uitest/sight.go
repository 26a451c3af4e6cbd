package uitest

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"storydesk/ui"
	"storydesk/ui/board"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// Until takes messages until a state is reached.
func (w *World) Until(what string, reached func() bool) {
	w.T.Helper()
	timeout := time.After(Timeout)
	for !reached() {
		select {
		case msg := <-w.msgs:
			w.Send(msg)
		case <-timeout:
			w.T.Fatalf("waited in vain until %s; the screen:\n%s", what, w.Screen())
		}
	}
}

// Take takes what has come so far without waiting for more.
func (w *World) Take() {
	for len(w.msgs) > 0 {
		w.Send(<-w.msgs)
	}
}

// Idle waits until everything that was asked for has been done and read.
func (w *World) Idle() {
	w.T.Helper()
	w.Until("all is read", func() bool {
		return len(w.msgs) == 0 && w.Sight().Settled
	})
}

// See waits until the screen shows a text.
func (w *World) See(text string) {
	w.T.Helper()
	w.Until(fmt.Sprintf("%q is shown", text), func() bool { return strings.Contains(w.Screen(), text) })
}

// Part is what a part of the board shows, focused what the focused one does.
func (w *World) Part(name intent.PaneName) board.PartSight { return w.Sight().Board.Parts[name] }

// Sight is what the program shows besides the screen.
func (w *World) Sight() ui.Sight { return w.Model.Sight() }

// Top is the pane that has the keyboard.
func (w *World) Top() pane.Pane { return w.Sight().Top }

// OnBoard reports whether the board has the keyboard.
func (w *World) OnBoard() bool { return w.Sight().OnBoard }

// Said is what the footer says, nil for nothing.
func (w *World) Said() *pane.Toast { return w.Sight().Said }

// Screen is the frame without colours.
func (w *World) Screen() string { return ansi.Strip(w.Frame()) }

// Frame is what is drawn, with its colours.
func (w *World) Frame() string { return w.Model.View().Content }

// Row is the first line of the screen that holds a text.
func (w *World) Row(text string) string {
	for l := range strings.SplitSeq(w.Screen(), "\n") {
		if strings.Contains(l, text) {
			return l
		}
	}
	return ""
}

// Shows fails unless the screen shows a text now.
func (w *World) Shows(text string) {
	w.T.Helper()
	if !strings.Contains(w.Screen(), text) {
		w.T.Fatalf("the screen does not show %q:\n%s", text, w.Screen())
	}
}

// Find returns where a text stands on the screen.
func (w *World) Find(text string) (x, y int) {
	w.T.Helper()
	for y, l := range strings.Split(w.Screen(), "\n") {
		if before, _, ok := strings.Cut(l, text); ok {
			return len([]rune(before)), y
		}
	}
	w.T.Fatalf("%q is not on the screen:\n%s", text, w.Screen())
	return 0, 0
}
