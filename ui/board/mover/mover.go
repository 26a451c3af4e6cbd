// Package mover moves tickets or stories on the board to another place, by keys or by
// the mouse: both end in the same drop.
//
// Invariants:
//   - All is known by identity, so that a refresh meanwhile changes nothing.
//   - It changes no story: it says where something was dropped.
package mover

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/position"
	"storydesk/ui/board/columns"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// Mover moves what is selected, with what is marked.
type Mover struct {
	*pane.Host
	selection columns.Selection
	// moving is what is being moved, nil when nothing is.
	moving *moving
}

// New makes a mover that moves nothing yet.
func New(h *pane.Host, s columns.Selection) *Mover { return &Mover{Host: h, selection: s} }

// moving is tickets or stories on the way to another place.
type moving struct {
	// tickets are what is moved, or stories as they were seen last.
	tickets []tracker.TicketID
	stories []tracker.Card
	// moves are the ids of those stories.
	moves map[tracker.StoryID]bool
	// before is what was shown when it was picked up, to the column that shows
	// the drop line.
	before layout.View
	to     intent.PaneName
	// selected is the story that was selected in each column before.
	selected map[intent.PaneName]tracker.StoryID
	// dragged is true when the mouse moves it; out is then true while the mouse
	// is where nothing can be dropped.
	dragged, out bool
	// current is true where the drop line is in Current when it stands at the line between
	// what people chose for that and the rest of the Backlog.
	current bool
	// refusal is why what is there takes nothing, empty where nothing is said.
	refusal string
	rest    rest
}

// name is what is moved, as people write it.
func (m *moving) name() string {
	switch {
	case len(m.tickets) > 1:
		return present.TicketCount(len(m.tickets))
	case len(m.tickets) == 1:
		return m.tickets[0].String()
	case len(m.stories) > 1:
		return present.StoryCount(len(m.stories))
	}
	return m.stories[0].ID.String()
}

// Dropped is where something was dropped.
type Dropped struct {
	// Tickets or stories are what was moved, both empty where nothing changes.
	Tickets []tracker.TicketID
	Stories []tracker.Card
	Part    intent.PaneName
	Place   tracker.Place
}

// Moving reports whether something is being moved.
func (m *Mover) Moving() bool { return m.moving != nil }

// Dragging reports whether something is being moved by the mouse.
func (m *Mover) Dragging() bool { return m.moving != nil && m.moving.dragged }

// AimsAt reports whether something would be dropped in a part now.
func (m *Mover) AimsAt(part intent.PaneName) bool {
	return m.moving != nil && !m.moving.out && m.moving.to == part
}

// Pick begins to move a row, or says why it cannot be moved.
func (m *Mover) Pick(g intent.Grab) (reason string) {
	s := m.selection
	if !s.Reach(g.Row) {
		return fmt.Sprintf("%v is not on the board", g.Row.Key)
	}
	now := &moving{before: s.View, to: s.Home(0), dragged: g.Dragged, selected: map[intent.PaneName]tracker.StoryID{}}
	if t, ok := s.Ticket(); ok {
		m.pickTickets(now, g, t)
	} else if c, ok := s.Story(); !ok {
		return columns.NoneSelected
	} else if reason := m.pickStories(now, g, c); reason != "" {
		return reason
	}
	for _, c := range s.Drops() {
		now.selected[c.Name], _ = c.List.Selected()
	}
	m.moving = now
	now.current = len(now.stories) > 0 && now.stories[0].State == tracker.Planned
	if now.dragged {
		now.out = true // until the mouse is over a column
		return ""
	}
	m.aimAt(now.to, m.startAt())
	return ""
}

func (m *Mover) pickTickets(now *moving, g intent.Grab, t row.Ticket) {
	now.tickets = []tracker.TicketID{t.ID}
	from := m.selection.Panel()
	if g.Along(from.List.Marked(t.ID)) {
		now.tickets = m.selection.Chosen(t)
	}
	from.Dimmed = now.tickets
}

// pickStories picks stories up, or says why one of them cannot be moved.
func (m *Mover) pickStories(now *moving, g intent.Grab, c tracker.Card) (reason string) {
	now.stories = []tracker.Card{c}
	if g.Along(m.selection.Focused().List.Marked(c.ID)) {
		now.stories = m.selection.Subjects()
	}
	if reason := command.Cannot(m.Host, tracker.Move, now.stories...); reason != "" {
		return reason
	}
	now.to, now.moves = m.selection.Home(now.stories[0].ID), make(map[tracker.StoryID]bool, len(now.stories))
	for _, c := range now.stories {
		now.moves[c.ID] = true
	}
	m.dim(present.IDsOf(now.stories)...)
	return ""
}

// target is the column that shows the drop line.
func (m *Mover) target() *columns.StoryColumn { return m.selection.Of(m.moving.to) }

// startAt is where the drop line stands first: where the first story is, or at the
// first place in the column that would take it.
func (m *Mover) startAt() int {
	c := m.target()
	for i := range c.Shown {
		if m.moving.moves[c.ShownKey(i)] {
			return i
		}
	}
	for at := range len(c.Shown) + 1 {
		if _, reason := m.place(at); reason == "" {
			return at
		}
	}
	return 0
}

// aimAt shows the drop line in a column, before its at-th row.
func (m *Mover) aimAt(part intent.PaneName, at int) {
	now := m.moving
	if now.to != part {
		m.endLine(now.to)
	}
	now.to, now.out = part, false
	m.selection.View.Focus, m.selection.View.Column = part, part
	c := m.selection.Of(part)
	c.DropOver = now.current && m.spot(c).atLine(min(at, len(c.Shown)))
	c.Line(max(0, at))
}

// endLine takes the drop line out of a column and selects what was selected.
func (m *Mover) endLine(part intent.PaneName) {
	c := m.selection.Of(part)
	if c.DropAt < 0 {
		return
	}
	c.DropOver = false
	c.Line(-1)
	if key := m.moving.selected[part]; key != 0 {
		c.List.Pick(key)
	}
}

// Step moves the drop line by rows, down when positive. The end of Current is a step
// from the place below it where people choose what Current holds.
func (m *Mover) Step(by int) {
	now, c := m.moving, m.target()
	if m.spot(c).atLine(c.DropAt) && now.current == (by > 0) {
		m.lineAt(m.spot(c).beyond(by), by < 0)
		return
	}
	m.lineAt(c.DropAt+by, by > 0)
}

// LineAtTop puts the drop line above the first row of its column.
func (m *Mover) LineAtTop() { m.lineAt(0, true) }

// LineAtEnd puts the drop line below the last row of its column.
func (m *Mover) LineAtEnd() { m.lineAt(len(m.target().Shown), false) }

// lineAt puts the drop line before the at-th row of its column; at the line of Current,
// on one side of that.
func (m *Mover) lineAt(at int, current bool) {
	m.moving.current = current
	m.aimAt(m.moving.to, at)
	m.roomAround()
}

// LineIn puts the drop line into another column.
func (m *Mover) LineIn(part intent.PaneName) {
	m.switchTo(part)
	m.roomAround()
}

// roomAround scrolls until some rows beyond the drop line are in sight.
func (m *Mover) roomAround() {
	const dropLine = tracker.StoryID(0)
	m.target().List.SelectKey(dropLine)
}

// switchTo shows the drop line in another column.
func (m *Mover) switchTo(part intent.PaneName) {
	if m.moving.to != part || m.moving.out {
		m.aimAt(part, 0)
		m.aimAt(part, m.startAt())
	}
}

// End leaves everything as it was.
func (m *Mover) End() {
	m.endLine(m.moving.to)
	m.dim()
	m.selection.Tickets.Dimmed, m.selection.Answer.Dimmed = nil, nil
	m.selection.View = m.moving.before
	m.moving = nil
}

// dim shows stories as being moved, wherever they stand.
func (m *Mover) dim(stories ...tracker.StoryID) {
	for _, c := range m.selection.Stories {
		c.Dimmed = stories
	}
}

// Drop puts what is moved at the drop line. Where that is impossible it says
// why; keys go on then, the mouse has let go.
func (m *Mover) Drop() (d Dropped, reason string) {
	now := m.moving
	if now.out {
		m.End()
		return Dropped{}, now.refusal
	}
	place, reason := m.place(m.target().DropAt)
	if reason != "" {
		if now.dragged {
			m.End()
		}
		return Dropped{}, reason
	}
	stays := m.stays()
	m.End()
	if stays {
		return Dropped{}, ""
	}
	return Dropped{now.tickets, now.stories, now.to, place}, ""
}

// stays reports whether the drop line stands among the stories that are moved, so
// that dropping them would change nothing.
func (m *Mover) stays() bool {
	now, c := m.moving, m.target()
	if m.spot(c).atLine(c.DropAt) && len(now.stories) > 0 && now.current != (now.stories[0].State == tracker.Planned) {
		return false // it goes into Current or out of it
	}
	first, end := -1, -1
	for i := range c.Shown {
		if !now.moves[c.ShownKey(i)] {
			continue
		}
		if first < 0 {
			first = i
		}
		end = i + 1
	}
	return first >= 0 && end-first == len(now.stories) && c.DropAt >= first && c.DropAt <= end
}

// Follow finds the stories that are moved again after a refresh. When one can no
// longer be moved all are let go.
func (m *Mover) Follow() tea.Cmd {
	if m.moving == nil || len(m.moving.stories) == 0 {
		return nil
	}
	now := make([]tracker.Card, len(m.moving.stories))
	for i, was := range m.moving.stories {
		reason := fmt.Sprintf("%s was deleted", was.ID)
		for _, c := range m.selection.Drops() {
			if r, ok := c.Find(was.ID); ok {
				now[i] = r.Card
				reason = command.Cannot(m.Host, tracker.Move, r.Card)
			}
		}
		if reason != "" {
			m.End()
			return m.Warn(reason)
		}
	}
	m.moving.stories = now
	return nil
}

// place is where what is moved would go if it were dropped before the at-th
// row of the target, or why it cannot go there.
func (m *Mover) place(at int) (tracker.Place, string) {
	now := m.moving
	column := tracker.Icebox
	if now.to == intent.PaneBacklog {
		column = tracker.Backlog
	}
	group, err := position.GroupIn(column, now.stories...)
	if err != nil {
		return tracker.Place{}, err.Error()
	}
	s := m.spot(m.target())
	above, below := s.beside(at)
	to, err := position.Between(above, below, group, s.side())
	return to, m.Reason(err)
}

// Hint says what dropping would do now, empty when nothing is moved.
func (m *Mover) Hint() string {
	now := m.moving
	switch {
	case now == nil:
		return ""
	case now.refusal != "" && now.out:
		return fmt.Sprintf("%s: %s", now.name(), now.refusal)
	case now.out:
		return now.name() + " stays where it is"
	}
	c := m.target()
	to, reason := m.place(c.DropAt)
	if reason != "" {
		return fmt.Sprintf("%s: %s", now.name(), reason)
	}
	where, title := "at the end", layout.Title(now.to)
	if _, below := m.spot(c).beside(c.DropAt); below != nil && !c.DropOver {
		where = "above " + below.ID.String()
	}
	if m.spot(c).inCurrent(to) {
		title = "Current"
	}
	switch {
	case len(c.Shown) == 0:
		where = "the first"
	case m.stays():
		where = "where it is"
	}
	hint := fmt.Sprintf("%s → %s, %s", now.name(), title, where)
	if now.dragged {
		hint += "   release drops"
	}
	return hint
}
