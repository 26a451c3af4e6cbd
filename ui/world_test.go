package ui

import (
	"fmt"
	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// world is the driver with what the tests of this package do besides.
//
// detailRead waits until the detail on top has been read.
func (w *world) detailRead() {
	w.t.Helper()
	w.until("the detail is read", func() bool {
		p, ok := w.top().(pane.Worker)
		return ok && !w.onBoard() && !p.Working()
	})
}

// focused is what the focused part of the board shows.
func (w *world) focused() board.PartSight { return w.part(w.focus()) }

// focus is the focused part of the board.
func (w *world) focus() intent.PaneName { return w.sight().Board.Focus }

// selected is the key of the row with the cursor, marks how many are marked.
func (w *world) selected() any { return w.focused().Selected }

func (w *world) marks() int { return len(w.focused().Marked) }

// rows are the keys of the rows of a part.
func (w *world) rows(part intent.PaneName) []any { return w.part(part).Rows }

// widths are the widths of the board's parts.
func (w *world) widths() layout.Shares { return w.sight().Board.Widths }

// moving is true while something is being moved on the board.
func (w *world) moving() bool { return w.sight().Board.Moving }

// stack are stories of the Icebox named Row 1 to Row n.
func (w *world) stack(n int) *world {
	w.t.Helper()
	for i := range n {
		w.story(fmt.Sprintf("Row %d", i+1), tracker.Icebox, -1)
	}
	return w
}

// do does something that a pane would.
func (w *world) do(work func(*pane.Host) tea.Cmd) {
	w.t.Helper()
	w.run(w.model.Do(work))
}
