package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// moving is a ticket or a story on its way to another place, by keys or by the
// mouse: both end in the same drop.
type moving struct {
	// ticket is what is moved, or story when that is not 0.
	ticket ticketRow
	story  tracker.StoryID
	state  tracker.State
	// from is where it was picked up, to the column that shows the drop line.
	from, to paneName
	// selected is the story that was selected in each column before.
	selected map[paneName]tracker.StoryID
}

// name is what is moved, as people write it.
func (m *moving) name() string {
	if m.story != 0 {
		return m.story.String()
	}
	return m.ticket.id.String()
}

// pick begins to move a row, or says why it cannot be moved.
func (b *board) pick(row selectRow) (reason string) {
	b.selectRow(row)
	m := &moving{from: row.part, to: b.view.column, selected: map[paneName]tracker.StoryID{}}
	if t, ok := b.ticket(); ok {
		m.ticket = t
		b.tickets.dimmed = t.id
	} else if c, ok := b.story(); ok {
		if reason := b.storyDisabled(actMove, c); reason != "" {
			return reason
		}
		m.story, m.state, m.to = c.ID, c.State, b.view.focus
		b.column().dimmed = c.ID
	} else {
		return "nothing is selected here"
	}
	for _, c := range []*column[tracker.StoryID, storyRow]{b.backlog, b.icebox} {
		m.selected[c.name], _ = c.list.Selected()
	}
	b.moving = m
	b.aimAt(m.to, b.startAt())
	return ""
}

// startAt is where the drop line stands first: where the story is, or at the
// first place in the column that would take it.
func (b *board) startAt() int {
	c := b.columnOf(b.moving.to)
	if i := c.indexOf(b.moving.story); b.moving.story != 0 && i >= 0 {
		return i
	}
	for at := range len(c.shown) + 1 {
		if _, reason := b.place(at); reason == "" {
			return at
		}
	}
	return 0
}

// aimAt shows the drop line in a column, before its at-th row.
func (b *board) aimAt(part paneName, at int) {
	m := b.moving
	if m.to != part {
		b.endLine(m.to)
	}
	m.to = part
	b.view.focus, b.view.column = part, part
	b.columnOf(part).line(max(0, at))
}

// endLine takes the drop line out of a column and selects what was selected.
func (b *board) endLine(part paneName) {
	c := b.columnOf(part)
	c.line(-1)
	if key := b.moving.selected[part]; key != 0 {
		c.list.SelectKey(key)
	}
}

// aim shows the drop line above a row that the mouse is over.
func (b *board) aim(row selectRow) {
	c := b.columnOf(row.part)
	if b.moving == nil || c == nil {
		return
	}
	key, ok := row.key.(tracker.StoryID)
	switch {
	case !ok:
		b.aimAt(row.part, len(c.shown))
	case key != 0: // the drop line itself has no story
		b.aimAt(row.part, c.indexOf(key))
	}
}

// moveAct does an action while something is being moved.
func (b *board) moveAct(id actionID) (tea.Cmd, bool) {
	m := b.moving
	c := b.columnOf(m.to)
	switch id {
	case actDown:
		b.aimAt(m.to, c.dropAt+1)
	case actUp:
		b.aimAt(m.to, c.dropAt-1)
	case actTop:
		b.aimAt(m.to, 0)
	case actBottom:
		b.aimAt(m.to, len(c.shown))
	case actLeft:
		b.switchTo(paneBacklog)
	case actRight:
		b.switchTo(paneIcebox)
	case actDrop:
		return b.drop(), true
	case actCancel:
		b.endMove()
	default:
		return nil, false
	}
	return nil, true
}

// switchTo shows the drop line in the other column.
func (b *board) switchTo(part paneName) {
	if b.moving.to != part {
		b.aimAt(part, 0)
		b.aimAt(part, b.startAt())
	}
}

// endMove leaves everything where it was.
func (b *board) endMove() {
	m := b.moving
	b.endLine(m.to)
	b.backlog.dimmed, b.icebox.dimmed, b.tickets.dimmed = 0, 0, 0
	b.moving = nil
	b.focus(m.from)
}

// drop puts what is moved at the drop line; where that is impossible it says
// why and goes on.
func (b *board) drop() tea.Cmd {
	m := b.moving
	if m == nil {
		return nil
	}
	to, reason := b.place(b.columnOf(m.to).dropAt)
	if reason != "" {
		return b.warn(reason)
	}
	b.endMove()
	if m.story == 0 {
		return b.toStory(m.ticket, to)
	}
	b.focus(m.to)
	return b.moveStory(m.story, to, fmt.Sprintf("%s moved", m.story))
}

// place is where what is moved would go if it were dropped before the at-th
// row of the target, or why it cannot go there.
func (b *board) place(at int) (tracker.Place, string) {
	m := b.moving
	group := tracker.GroupIcebox
	if m.to == paneBacklog {
		group = tracker.GroupUnstarted
		if m.story != 0 && m.state != tracker.Unscheduled {
			group = m.state.Group()
		}
	}
	c := b.columnOf(m.to)
	// The neighbours, without the story itself.
	above, below := at-1, at
	if above >= 0 && c.all[c.shown[above]].card.ID == m.story {
		above--
	}
	if below < len(c.shown) && c.all[c.shown[below]].card.ID == m.story {
		below++
	}
	return placeBetween(neighbour(c, above), neighbour(c, below), group)
}

// neighbour is the card at a place among the rows shown, nil beyond the ends.
func neighbour(c *column[tracker.StoryID, storyRow], at int) *tracker.Card {
	if at < 0 || at >= len(c.shown) {
		return nil
	}
	return &c.all[c.shown[at]].card
}

// placeBetween finds the place between two neighbours for a story of a group.
// Stories are ordered by hand within their group only.
func placeBetween(above, below *tracker.Card, group tracker.Group) (tracker.Place, string) {
	order := []tracker.Group{tracker.GroupAccepted, tracker.GroupInProgress, tracker.GroupUnstarted, tracker.GroupIcebox}
	rank := func(g tracker.Group) int { return slices.Index(order, g) }
	column := tracker.Backlog
	if group == tracker.GroupIcebox {
		column = tracker.Icebox
	}
	switch {
	case below != nil && below.State.Group() == group:
		return tracker.Place{Column: column, Before: below.ID}, ""
	case above != nil && above.State.Group() == group:
		return tracker.Place{Column: column, After: above.ID}, ""
	case below != nil && rank(below.State.Group()) < rank(group):
		return tracker.Place{}, fmt.Sprintf("%s is %s: what is not started stands below started work", below.ID, below.State)
	case above != nil && rank(above.State.Group()) > rank(group):
		return tracker.Place{}, fmt.Sprintf("%s is %s: started work stands above what is not started", above.ID, above.State)
	}
	return tracker.Place{Column: column}, ""
}

// moveHint says what dropping would do now.
func (b *board) moveHint() string {
	m := b.moving
	c := b.columnOf(m.to)
	_, reason := b.place(c.dropAt)
	if reason != "" {
		return fmt.Sprintf("%s: %s", m.name(), reason)
	}
	where := "at the end"
	if below := neighbour(c, c.dropAt); below != nil {
		where = "above " + below.ID.String()
	}
	if len(c.shown) == 0 {
		where = "the first"
	}
	return fmt.Sprintf("%s → %s, %s", m.name(), partTitle(m.to), where)
}

// partTitle is a part's name for people.
func partTitle(part paneName) string {
	switch part {
	case paneTickets:
		return "Tickets"
	case paneBacklog:
		return "Backlog"
	case paneIcebox:
		return "Icebox"
	default:
		return string(part)
	}
}
