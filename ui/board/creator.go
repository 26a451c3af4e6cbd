package board

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
)

// creator makes new stories where the cursor is.
type creator struct {
	*host
	selection columns.Selection
}

// ask opens the form of a new story. first is true on a first start, where nothing is
// shown.
func (n *creator) ask(first bool) tea.Cmd { return n.GoTo(intent.NewStory{Place: n.place(first)}) }

// place is where a new story goes: above the selected story where that is in the
// Icebox or not started yet in the Backlog, else to the top of what is not started,
// and from all other panes to the top of the Icebox.
func (n *creator) place(first bool) (to tracker.Place) {
	focus := n.selection.View.Focus
	to.Column = tracker.Icebox
	if focus == intent.PaneBacklog && !first {
		to.Column = tracker.Backlog
	}
	c, ok := n.selection.Story()
	if group := c.State.Group(); ok && n.selection.Drop(focus) != nil && (group == tracker.GroupIcebox || group == tracker.GroupUnstarted) {
		to.Before = c.ID
	}
	return to
}

// PlaceOnScreen is the row of the story above which a new one goes, or the upper edge of
// its column; the row with the cursor where neither is on the screen, and nothing on a
// first start.
func (o owners) PlaceOnScreen(to tracker.Place) draw.Rect {
	part := intent.PartOf(to.Column)
	at, shown := o.painter.rows[part]
	if !shown {
		part = o.columns.View.Focus
		at = o.painter.rows[part]
	}
	if shown && to.Before == 0 {
		return draw.Rect{X: at.X, Y: at.Y - 1, W: at.W, H: 1}
	}
	return at.Row(o.selection.CursorLine(part))
}
