package board

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
)

// Handle does what is asked of the board.
func (b *Board) Handle(in intent.Intent) (tea.Cmd, bool) {
	if _, ok := in.(intent.Act); ok {
		return b.actions.Handle(b, in)
	}
	if b.Moves() {
		return b.handleMoving(in), true
	}
	switch in := in.(type) {
	case intent.SelectRow:
		return b.selectRow(in), true
	case intent.FocusPart:
		return b.viewer.focus(in.Part), true
	case intent.Scroll:
		b.selection.Scroll(in.Part, in.Rows)
	case intent.Grab:
		return b.pick(in), true
	case intent.Divide:
		b.dividers.divide(in)
	case intent.Divided:
		b.rememberShares()
	case intent.EstimateAs:
		return b.estimateAs(in), true
	default:
		return nil, false
	}
	return nil, true
}

// handleMoving does what is asked while something is moved. A click says where
// the drop line goes.
func (b *Board) handleMoving(in intent.Intent) tea.Cmd {
	switch in := in.(type) {
	case intent.Aim:
		return b.mover.Aim(in)
	case intent.SelectRow:
		return b.mover.Aim(intent.Aim{Row: in})
	case intent.Drop:
		return b.drop()
	case intent.Scroll:
		b.selection.Scroll(in.Part, in.Rows)
	}
	return nil
}

func (b *Board) selectRow(in intent.SelectRow) tea.Cmd {
	focused := b.viewer.focus(in.Part)
	if b.selection.Pick(in.Key) {
		b.revealer.stray()
	}
	return focused
}

func (b *Board) moveCursor(id intent.ActionID) {
	if b.selection.Move(id) {
		b.revealer.stray()
	}
}

// estimateAs gives a story the points that were clicked.
func (b *Board) estimateAs(in intent.EstimateAs) tea.Cmd {
	selected := b.selectRow(in.Row)
	c, ok := b.selection.Story()
	if !ok {
		return selected
	}
	return tea.Batch(selected, command.SaveEstimate(b.Commands, c, tracker.FormatPoints(in.Points)))
}

// pick begins to move a row, or says why it cannot be moved. A part that was hidden
// is shown for that.
func (b *Board) pick(g intent.Grab) tea.Cmd {
	b.unfolder.fold()
	if b.columns.Of(g.Row.Part) != nil {
		b.revealer.stray()
	}
	focused := b.viewer.focus(g.Row.Part)
	if reason := b.mover.Pick(g); reason != "" {
		return tea.Batch(focused, b.Refuse(reason))
	}
	return focused
}

// pickSelected begins to move what is selected, with what is marked.
func (b *Board) pickSelected() tea.Cmd {
	row := intent.SelectRow{Part: b.columns.View.Focus}
	if t, ok := b.selection.Ticket(); ok {
		row.Key = t.ID
	} else if c, ok := b.selection.Story(); ok {
		row.Key = c.ID
	}
	return b.pick(intent.Grab{Row: row})
}

// drop puts down what is being moved and does what that means.
func (b *Board) drop() tea.Cmd {
	d, reason := b.mover.Drop()
	switch {
	case reason != "":
		return b.Refuse(reason)
	case len(d.Stories) > 0:
		return tea.Batch(b.viewer.focus(d.Part), b.onStories.moveTo(d.Stories, d.Place))
	case len(d.Tickets) > 0:
		b.columns.View.Column = d.Part
		return b.onTickets.toStory(d.Tickets, d.Place)
	}
	return nil
}

// back leaves one thing: the story in place, else the filter, else the marks,
// which may have been made through several filters. Where there is none it stops
// the reading of the view.
func (b *Board) back() tea.Cmd {
	part := b.columns.View.Focus
	switch {
	case b.unfolder.open != nil:
		b.unfolder.fold()
	case b.filters.narrows(part):
		b.filters.clear(part)
	case b.selection.Marks() > 0:
		b.selection.ClearMarks()
	case b.panel.awaitsPages():
		return b.panel.stop()
	}
	return nil
}

// refresh reads the view of the panel from Zendesk.
func (b *Board) refresh() tea.Cmd {
	return tea.Batch(b.reader.read(tracker.HintAll), b.panel.refresh(b.panel.id))
}
