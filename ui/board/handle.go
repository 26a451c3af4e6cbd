package board

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
)

// Handle does what is asked of the board.
func (b *Board) Handle(in intent.Intent) (tea.Cmd, bool) {
	cmd, ok := b.handle(in)
	if followed := b.previewer.follow(); followed != nil {
		cmd = tea.Batch(cmd, followed)
	}
	return cmd, ok
}

func (b *Board) handle(in intent.Intent) (tea.Cmd, bool) {
	if s, ok := in.(intent.Scroll); ok && s.Part == intent.PanePreview {
		return b.previewer.scroll(s.Rows), true
	}
	if _, ok := in.(intent.Act); ok {
		return b.actions.Handle(b, in)
	}
	if b.Moves() {
		return b.picker.handle(in), true
	}
	switch in := in.(type) {
	case intent.SelectRow:
		return b.selectRow(in), true
	case intent.FocusPart:
		return b.viewer.focus(in.Part), true
	case intent.Scroll:
		b.selection.Scroll(in.Part, in.Rows)
	case intent.Grab:
		return b.picker.pick(in), true
	case intent.Divide:
		b.dividers.Divide(in)
	case intent.Divided:
		b.rememberShares()
	case intent.EstimateAs:
		return b.estimateAs(in), true
	default:
		return nil, false
	}
	return nil, true
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

// Step moves the cursor by a row, down when by is 1 and up when it is -1. It
// returns false where there is none.
func (b *Board) Step(by int) bool {
	before, move := b.selection.Key(), intent.ActDown
	if by < 0 {
		move = intent.ActUp
	}
	b.moveCursor(move)
	return b.selection.Key() != before
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
