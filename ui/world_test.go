package ui_test

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// world is the driver with what the tests of this package do besides.
type world struct{ *uitest.World }

// newWorld makes an empty installation whose clock stands still.
func newWorld(t testing.TB) *world {
	t.Helper()
	return &world{uitest.New(t)}
}

// WithTickets adds an integration whose view holds some tickets, and reads it.
func (w *world) WithTickets(tickets ...tracker.Ticket) *world {
	w.T.Helper()
	w.World.WithTickets(tickets...)
	return w
}

// Start opens the program on a screen of the given size and waits for the board.
func (w *world) Start(width, height int) *world {
	w.T.Helper()
	w.World.Start(width, height)
	return w
}

// Press presses keys, named as Bubble Tea names them.
func (w *world) Press(keys ...string) *world {
	w.T.Helper()
	w.World.Press(keys...)
	return w
}

// Write types a text.
func (w *world) Write(text string) *world {
	w.T.Helper()
	w.World.Write(text)
	return w
}

// detailRead waits until the detail on top has been read.
func (w *world) detailRead() {
	w.T.Helper()
	w.Until("the detail is read", func() bool {
		p, ok := w.Top().(pane.Worker)
		return ok && !w.OnBoard() && !p.Working()
	})
}

// focused is what the focused part of the board shows.
func (w *world) focused() board.PartSight { return w.Part(w.focus()) }

// focus is the focused part of the board.
func (w *world) focus() intent.PaneName { return w.Sight().Board.Focus }

// selected is the key of the row with the cursor, marks how many are marked.
func (w *world) selected() any { return w.focused().Selected }

func (w *world) marks() int { return len(w.focused().Marked) }

// rows are the keys of the rows of a part.
func (w *world) rows(part intent.PaneName) []any { return w.Part(part).Rows }

// widths are the widths of the board's parts.
func (w *world) widths() layout.Shares { return w.Sight().Board.Widths }

// moving is true while something is being moved on the board.
func (w *world) moving() bool { return w.Sight().Board.Moving }

// stack are stories of the Icebox named Row 1 to Row n.
func (w *world) stack(n int) *world {
	w.T.Helper()
	for i := range n {
		w.Story(fmt.Sprintf("Row %d", i+1), tracker.Icebox, -1)
	}
	return w
}

// do does something that a pane would.
func (w *world) do(work func(*pane.Host) tea.Cmd) {
	w.T.Helper()
	w.Run(w.Model.Do(work))
}
