package mover

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/intent"
)

// How long the mouse rests, while it drags, before something happens: at the
// edge of a column until that scrolls, between two rows of it then, and over
// the name of a hidden column until that is shown.
const (
	edgeDelay    = 300 * time.Millisecond
	edgeInterval = 60 * time.Millisecond
	tabDelay     = 400 * time.Millisecond
)

// rest is where the mouse rests while it drags: at an edge of a column (-1 the
// upper, 1 the lower), or over the column's name when edge is 0. The zero value
// is nowhere of interest.
type rest struct {
	part intent.PaneName
	edge int
	// id distinguishes this rest's ticks from those of an earlier one.
	id int
}

// Rested says that the mouse has rested long enough.
type Rested struct{ ID int }

// Aim shows the drop line where the mouse is.
func (m *Mover) Aim(in intent.Aim) tea.Cmd {
	now := m.moving
	c := m.selection.Drop(in.Row.Part)
	if c == nil || in.Tab {
		m.endLine(now.to)
		now.out, now.refusal = true, m.refusal(in.Row.Part)
		m.selection.View.Focus = now.before.Focus
	} else {
		m.aimAt(in.Row.Part, m.spot(c).sideFor(in, lineFor(c, in)))
	}
	return m.rest(in)
}

// refusal says why a part of stories takes nothing, empty for all others.
func (m *Mover) refusal(part intent.PaneName) string {
	if m.selection.Of(part) == nil || m.selection.Drop(part) != nil {
		return ""
	}
	return "stories cannot be dropped on " + m.selection.Record(part).Title + "; drop on the Backlog or the Icebox"
}

// lineFor is the index at which the drop line comes to stand under the mouse.
func lineFor(c *columns.StoryColumn, in intent.Aim) int {
	key, isRow := in.Row.Key.(tracker.StoryID)
	switch {
	case isRow && key == 0: // the drop line itself
		return c.DropAt
	case isRow:
		at := c.IndexOf(key)
		if c.DropAt >= 0 && at >= c.DropAt {
			at++ // the row moves up when the line above it goes
		}
		return at
	case in.Edge != 0:
		return c.LineAtEdge(in.Edge)
	}
	return len(c.Shown)
}

// rest begins to count the time when the mouse comes to an edge or a tab, and
// ends it when the mouse goes on.
func (m *Mover) rest(in intent.Aim) tea.Cmd {
	now := m.moving
	at, wait := rest{part: in.Row.Part, edge: in.Edge}, edgeDelay
	switch {
	case in.Tab && m.selection.Drop(in.Row.Part) != nil:
		at.edge, wait = 0, tabDelay
	case in.Edge == 0 || m.selection.Drop(in.Row.Part) == nil:
		now.rest = rest{}
		return nil
	}
	if now.rest.part == at.part && now.rest.edge == at.edge {
		return nil
	}
	at.id = m.Next()
	now.rest = at
	return at.tick(wait)
}

func (r rest) tick(wait time.Duration) tea.Cmd {
	return tea.Tick(wait, func(time.Time) tea.Msg { return Rested{r.id} })
}

// Rested shows a hidden column, or scrolls by a row and goes on until the end.
func (m *Mover) Rested(msg Rested) tea.Cmd {
	if m.moving == nil || m.moving.rest.id != msg.ID || msg.ID == 0 {
		return nil
	}
	at := m.moving.rest
	if at.edge == 0 {
		m.switchTo(at.part)
		return nil
	}
	c := m.selection.Of(at.part)
	before, _ := c.List.Visible()
	c.List.ScrollBy(at.edge)
	first, _ := c.List.Visible()
	m.aimAt(at.part, c.LineAtEdge(at.edge))
	if first == before {
		return nil
	}
	return at.tick(edgeInterval)
}
