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
func (n *creator) ask(first bool) tea.Cmd {
	return n.GoTo(intent.NewStory{Place: n.selection.NewPlace(first)})
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
