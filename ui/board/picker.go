package board

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/board/mover"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// picker picks rows up and puts them down, where the mover says.
type picker struct {
	*pane.Host
	columns   *columns.Columns
	selection columns.Selection
	viewer    *viewer
	unfolder  *unfolder
	mover     *mover.Mover
	revealer  *revealer
	onStories *storyActions
	onTickets *ticketActions
	// agreed is a ticket with a story of which another is to be made, 0 for none.
	agreed tracker.TicketID
}

// handle does what is asked while something is moved. A click says where
// the drop line goes.
func (p *picker) handle(in intent.Intent) tea.Cmd {
	switch in := in.(type) {
	case intent.Aim:
		return p.mover.Aim(in)
	case intent.SelectRow:
		return p.mover.Aim(intent.Aim{Row: in})
	case intent.Drop:
		return p.drop()
	case intent.Scroll:
		p.selection.Scroll(in.Part, in.Rows)
	}
	return nil
}

// pick begins to move a row. A single ticket that has a story is asked about at once,
// before its place is chosen; the mouse has to be released first.
func (p *picker) pick(g intent.Grab) tea.Cmd {
	p.agreed = 0
	if _, epic := g.Row.Key.(tracker.EpicID); epic {
		return p.Refuse(p.Keys.Key(keymap.ScopeBoard, intent.ActMoveDown) + " and " + p.Keys.Key(keymap.ScopeBoard, intent.ActMoveUp) + " move an epic")
	}
	id, ok := g.Row.Key.(tracker.TicketID)
	from := p.columns.TicketsOf(g.Row.Part)
	if !ok || from == nil {
		return p.begin(g)
	}
	t, listed := from.Find(id)
	if !listed || g.Dragged || t.Linked.ID == 0 || g.Along(from.List.Marked(id)) && from.List.MarkCount() > 1 {
		return p.begin(g)
	}
	return p.onTickets.askHasStory(t, func() tea.Cmd {
		begun := p.begin(g)
		p.agreed = id
		return begun
	})
}

// begin begins to move a row, or says why it cannot be moved. A part that was hidden
// is shown for that.
func (p *picker) begin(g intent.Grab) tea.Cmd {
	p.unfolder.fold()
	if p.columns.Of(g.Row.Part) != nil {
		p.revealer.stray()
	}
	focused := p.viewer.focus(g.Row.Part)
	if reason := p.mover.Pick(g); reason != "" {
		return tea.Batch(focused, p.Refuse(reason))
	}
	return focused
}

// pickSelected begins to move what is selected, with what is marked.
func (p *picker) pickSelected() tea.Cmd {
	row := intent.SelectRow{Part: p.columns.View.Focus}
	if t, ok := p.selection.Ticket(); ok {
		row.Key = t.ID
	} else if c, ok := p.selection.Story(); ok {
		row.Key = c.ID
	}
	return p.pick(intent.Grab{Row: row})
}

// drop puts down what is being moved and does what that means.
func (p *picker) drop() tea.Cmd {
	d, reason := p.mover.Drop()
	switch {
	case reason != "":
		return p.Refuse(reason)
	case len(d.Stories) > 0:
		return tea.Batch(p.viewer.focus(d.Part), p.onStories.moveTo(d.Stories, d.Place))
	case len(d.Tickets) > 0:
		p.columns.View.Column = d.Part
		return p.onTickets.toStory(d.Tickets, d.Place, d.Tickets[0] == p.agreed, func() {})
	}
	return nil
}
