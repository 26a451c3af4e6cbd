package board

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/stories"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// moving is tickets or stories on the way to another place, by keys or by the
// mouse: both end in the same drop. All is known by identity, so that a refresh
// meanwhile changes nothing.
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
	// refusal is why what is there takes nothing, empty for no reason to tell.
	refusal string
	rest    rest
}

// Moves tells whether something is being moved.
func (b *Board) Moves() bool { return b.moving != nil }

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

// pick begins to move a row, or says why it cannot be moved.
func (b *Board) pick(g intent.Grab) (reason string) {
	b.fold()
	if !b.reach(g.Row) {
		return fmt.Sprintf("%v is not on the board", g.Row.Key)
	}
	m := &moving{before: b.view, to: b.home(0), dragged: g.Dragged, selected: map[intent.PaneName]tracker.StoryID{}}
	if t, ok := b.ticket(); ok {
		b.pickTickets(m, g, t)
	} else if c, ok := b.story(); !ok {
		return "nothing is selected here"
	} else if reason := b.pickStories(m, g, c); reason != "" {
		return reason
	}
	for _, c := range b.columns() {
		m.selected[c.Name], _ = c.List.Selected()
	}
	b.moving = m
	if m.dragged {
		m.out = true // until the mouse is over a column
		return ""
	}
	b.aimAt(m.to, b.startAt())
	return ""
}

func (b *Board) pickTickets(m *moving, g intent.Grab, t row.Ticket) {
	m.tickets = []tracker.TicketID{t.ID}
	if g.Along(b.tickets.List.Marked(t.ID)) {
		m.tickets = b.chosen(t)
	}
	b.tickets.Dimmed = m.tickets
}

// pickStories picks stories up, or says why one of them cannot be moved.
func (b *Board) pickStories(m *moving, g intent.Grab, c tracker.Card) (reason string) {
	m.stories = []tracker.Card{c}
	if g.Along(b.column().List.Marked(c.ID)) {
		m.stories = b.subjects()
	}
	if reason := command.Cannot(b.Host, tracker.Move, m.stories...); reason != "" {
		return reason
	}
	m.to, m.moves = b.home(m.stories[0].ID), make(map[tracker.StoryID]bool, len(m.stories))
	for _, c := range m.stories {
		m.moves[c.ID] = true
	}
	b.dim(present.IDsOf(m.stories)...)
	return ""
}

// startAt is where the drop line stands first: where the first story is, or at the
// first place in the column that would take it.
func (b *Board) startAt() int {
	c := b.columnOf(b.moving.to)
	for i := range c.Shown {
		if b.moving.moves[c.ShownKey(i)] {
			return i
		}
	}
	for at := range len(c.Shown) + 1 {
		if _, reason := b.place(at); reason == "" {
			return at
		}
	}
	return 0
}

// aimAt shows the drop line in a column, before its at-th row.
func (b *Board) aimAt(part intent.PaneName, at int) {
	m := b.moving
	if m.to != part {
		b.endLine(m.to)
	}
	m.to, m.out = part, false
	b.view.Focus, b.view.Column = part, part
	b.columnOf(part).Line(max(0, at))
}

// endLine takes the drop line out of a column and selects what was selected.
func (b *Board) endLine(part intent.PaneName) {
	c := b.columnOf(part)
	if c.DropAt < 0 {
		return
	}
	c.Line(-1)
	if key := b.moving.selected[part]; key != 0 {
		c.List.Pick(key)
	}
}

// moveAct does an action while something is being moved.
func (b *Board) moveAct(id intent.ActionID) (tea.Cmd, bool) {
	m := b.moving
	c := b.columnOf(m.to)
	switch id {
	case intent.ActDown:
		b.aimAt(m.to, c.DropAt+1)
	case intent.ActUp:
		b.aimAt(m.to, c.DropAt-1)
	case intent.ActTop:
		b.aimAt(m.to, 0)
	case intent.ActBottom:
		b.aimAt(m.to, len(c.Shown))
	case intent.ActLeft:
		b.switchTo(intent.PaneBacklog)
	case intent.ActRight:
		b.switchTo(intent.PaneIcebox)
	case intent.ActDrop, intent.ActOpen:
		return b.drop(), true
	case intent.ActCancel:
		b.endMove()
		return nil, true
	default:
		return nil, false
	}
	const dropLine = tracker.StoryID(0)
	b.columnOf(m.to).List.SelectKey(dropLine) // with rows to spare beyond it
	return nil, true
}

// switchTo shows the drop line in the other column.
func (b *Board) switchTo(part intent.PaneName) {
	if b.moving.to != part || b.moving.out {
		b.aimAt(part, 0)
		b.aimAt(part, b.startAt())
	}
}

// endMove leaves everything as it was.
func (b *Board) endMove() {
	m := b.moving
	b.endLine(m.to)
	b.dim()
	b.tickets.Dimmed = nil
	b.moving = nil
	b.view = m.before
}

// dim shows stories as being moved, wherever they stand.
func (b *Board) dim(stories ...tracker.StoryID) {
	for _, c := range b.stories {
		c.Dimmed = stories
	}
}

// drop puts what is moved at the drop line. Where that is impossible it says
// why; keys go on then, the mouse has let go.
func (b *Board) drop() tea.Cmd {
	m := b.moving
	if m.out {
		b.endMove()
		if m.refusal != "" {
			return b.Refuse(m.refusal)
		}
		return nil
	}
	c := b.columnOf(m.to)
	to, reason := b.place(c.DropAt)
	if reason != "" {
		if m.dragged {
			b.endMove()
		}
		return b.Refuse(reason)
	}
	stays := b.stays()
	b.endMove()
	switch {
	case stays:
		return nil
	case len(m.stories) == 0:
		b.view.Column = m.to
		return b.toStory(m.tickets, to)
	}
	return tea.Batch(b.focus(m.to), b.moveTo(m.stories, to))
}

// moveTo puts stories at a place. Several whose tickets hear of it are asked
// about first.
func (b *Board) moveTo(cards []tracker.Card, to tracker.Place) tea.Cmd {
	if len(cards) == 1 {
		return command.MoveStory(b.Host, cards[0].ID, to, fmt.Sprintf("%s moved", cards[0].ID))
	}
	deed := moveDeed(cards, to, "moved")
	told := func(c tracker.Card) bool {
		return c.Tickets > 0 && (c.State == tracker.Unscheduled) != (to.Column == tracker.Icebox)
	}
	if slices.ContainsFunc(cards, told) {
		return command.AskBulk(b.Host, deed)
	}
	return command.CarryOut(b.Host, deed)
}

// moveDeed puts several stories at a place; said is what they did then.
func moveDeed(cards []tracker.Card, to tracker.Place, said string) command.Bulk {
	ids := present.IDsOf(cards)
	count := present.StoryCount(len(ids))
	return command.Bulk{
		Stories: ids, Reveal: true,
		Ask:  fmt.Sprintf("Move %s to the %s", count, layout.Title(intent.PartOf(to.Column))),
		Said: count + " " + said,
		Do: func(ctx context.Context, s *stories.Service) error {
			_, err := s.MoveStories(ctx, ids, to)
			return err
		},
	}
}

// stays tells whether the drop line stands among the stories that are moved, so
// that dropping them would change nothing.
func (b *Board) stays() bool {
	m, c := b.moving, b.columnOf(b.moving.to)
	first, end := -1, -1
	for i := range c.Shown {
		if !m.moves[c.ShownKey(i)] {
			continue
		}
		if first < 0 {
			first = i
		}
		end = i + 1
	}
	return first >= 0 && end-first == len(m.stories) && c.DropAt >= first && c.DropAt <= end
}

// followMoved finds the stories that are moved again after a refresh. When one
// can no longer be moved all are let go.
func (b *Board) followMoved() tea.Cmd {
	m := b.moving
	if m == nil || len(m.stories) == 0 {
		return nil
	}
	now := make([]tracker.Card, len(m.stories))
	for i, was := range m.stories {
		reason := fmt.Sprintf("%s was deleted", was.ID)
		for _, c := range b.columns() {
			if r, ok := c.Find(was.ID); ok {
				now[i] = r.Card
				reason = command.Cannot(b.Host, tracker.Move, r.Card)
			}
		}
		if reason != "" {
			b.endMove()
			return b.Warn(reason)
		}
	}
	m.stories = now
	return nil
}

// place is where what is moved would go if it were dropped before the at-th
// row of the target, or why it cannot go there.
func (b *Board) place(at int) (tracker.Place, string) {
	m := b.moving
	column := tracker.Icebox
	if m.to == intent.PaneBacklog {
		column = tracker.Backlog
	}
	group, err := tracker.GroupIn(column, m.stories...)
	if err != nil {
		return tracker.Place{}, err.Error()
	}
	c := b.columnOf(m.to)
	// The neighbours, without what is moved.
	above, below := at-1, at
	for above >= 0 && m.moves[c.ShownKey(above)] {
		above--
	}
	for below < len(c.Shown) && m.moves[c.ShownKey(below)] {
		below++
	}
	to, err := tracker.PlaceBetween(neighbour(c, above), neighbour(c, below), group)
	return to, b.Reason(err)
}

// neighbour is the card at a place among the rows shown, nil beyond the ends.
func neighbour(c *storyColumn, at int) *tracker.Card {
	if at < 0 || at >= len(c.Shown) {
		return nil
	}
	return &c.All[c.Shown[at]].Card
}

// moveHint says what dropping would do now.
func (b *Board) moveHint() string {
	m := b.moving
	switch {
	case m.refusal != "" && m.out:
		return fmt.Sprintf("%s: %s", m.name(), m.refusal)
	case m.out:
		return m.name() + " stays where it is"
	}
	c := b.columnOf(m.to)
	_, reason := b.place(c.DropAt)
	if reason != "" {
		return fmt.Sprintf("%s: %s", m.name(), reason)
	}
	where := "at the end"
	if below := neighbour(c, c.DropAt); below != nil {
		where = "above " + below.ID.String()
	}
	switch {
	case len(c.Shown) == 0:
		where = "the first"
	case b.stays():
		where = "where it is"
	}
	hint := fmt.Sprintf("%s → %s, %s", m.name(), layout.Title(m.to), where)
	if m.dragged {
		hint += "   release drops"
	}
	return hint
}
