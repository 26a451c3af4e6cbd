package board

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
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
	// id tells this rest's ticks from those of an earlier one.
	id int
}

// rested tells that the mouse has rested long enough.
type rested struct{ ID int }

// handleMoving does what is asked while something is moved. A click says where
// the drop line goes.
func (b *Board) handleMoving(in intent.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.Act:
		return b.moveAct(in.ID)
	case intent.Aim:
		return b.aim(in), true
	case intent.SelectRow:
		return b.aim(intent.Aim{Row: in}), true
	case intent.Drop:
		return b.drop(), true
	case intent.Scroll:
		b.scroll(in)
	}
	return nil, true
}

// aim shows the drop line where the mouse is.
func (b *Board) aim(in intent.Aim) tea.Cmd {
	m := b.moving
	c := b.dropColumn(in.Row.Part)
	if c == nil || in.Tab {
		b.endLine(m.to)
		m.out, m.refusal = true, b.refusal(in.Row.Part)
		b.view.Focus = m.before.Focus
	} else {
		b.aimAt(in.Row.Part, lineFor(c, in))
	}
	return b.rest(in)
}

// refusal says why a part of stories takes nothing, empty for all others.
func (b *Board) refusal(part intent.PaneName) string {
	if b.columnOf(part) == nil || b.dropColumn(part) != nil {
		return ""
	}
	return "stories cannot be dropped on " + b.record(part).Title + "; drop on the Backlog or the Icebox"
}

// lineFor is the index at which the drop line comes to stand under the mouse.
func lineFor(c *storyColumn, in intent.Aim) int {
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
func (b *Board) rest(in intent.Aim) tea.Cmd {
	m := b.moving
	at, wait := rest{part: in.Row.Part, edge: in.Edge}, edgeDelay
	switch {
	case in.Tab && b.dropColumn(in.Row.Part) != nil:
		at.edge, wait = 0, tabDelay
	case in.Edge == 0 || b.dropColumn(in.Row.Part) == nil:
		m.rest = rest{}
		return nil
	}
	if m.rest.part == at.part && m.rest.edge == at.edge {
		return nil
	}
	at.id = b.Next()
	m.rest = at
	return at.tick(wait)
}

func (r rest) tick(wait time.Duration) tea.Cmd {
	return tea.Tick(wait, func(time.Time) tea.Msg { return rested{r.id} })
}

// rested shows a hidden column, or scrolls by a row and goes on until the end.
func (b *Board) rested(msg rested) tea.Cmd {
	m := b.moving
	if m == nil || m.rest.id != msg.ID || msg.ID == 0 {
		return nil
	}
	if m.rest.edge == 0 {
		b.switchTo(m.rest.part)
		return nil
	}
	c := b.columnOf(m.rest.part)
	before, _ := c.List.Visible()
	c.List.ScrollBy(m.rest.edge)
	first, _ := c.List.Visible()
	b.aimAt(m.rest.part, c.LineAtEdge(m.rest.edge))
	if first == before {
		return nil
	}
	return m.rest.tick(edgeInterval)
}
