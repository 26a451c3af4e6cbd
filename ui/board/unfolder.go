package board

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/board/inplace"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/present"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/theme"
)

// unfolder opens a story in place, under its row.
type unfolder struct {
	*host
	selection columns.Selection
	// open is the story that is open in place, nil for none.
	open *unfolded
	// planned says for when it is planned.
	planned present.Planned
}

// unfolded is the story that is open in place.
type unfolded struct {
	part  intent.PaneName
	id    tracker.StoryID
	asked int
	// detail is nil until the story was read.
	detail *tracker.StoryDetail
	// width is what the lines were laid out for, 0 when they must be again; planned is
	// for when the story was planned then.
	width   int
	planned string
	// revealed is true once the lines were scrolled into sight.
	revealed bool
}

// unfoldedRead brings the story that is open in place.
type unfoldedRead struct {
	asked  int
	detail tracker.StoryDetail
	err    error
}

// unfold opens the selected story in place, or closes it.
func (u *unfolder) unfold() tea.Cmd {
	c, ok := u.selection.Story()
	was, part := u.open, u.selection.View.Focus
	u.fold()
	if !ok || was != nil && was.id == c.ID && was.part == part {
		return nil
	}
	u.open = &unfolded{part: part, id: c.ID}
	return u.read()
}

// fold closes what is open in place.
func (u *unfolder) fold() {
	if u.open == nil {
		return
	}
	if c := u.selection.Of(u.open.part); c != nil {
		c.SetInset(nil)
	}
	u.open = nil
}

// shows reports whether a story is open that has been read.
func (u *unfolder) shows() bool { return u.open != nil && u.open.detail != nil }

// spun lays the lines out again: they may say now that the story is being read.
func (u *unfolder) spun() {
	if u.open != nil {
		u.open.width = 0
	}
}

// read reads the story that is open in place, if any.
func (u *unfolder) read() tea.Cmd {
	if u.open == nil {
		return nil
	}
	u.open.asked = u.Next()
	asked, id, service := u.open.asked, u.open.id, u.Service
	return u.Do(func(ctx context.Context) tea.Msg {
		detail, err := service.Stories.Story(ctx, id)
		return unfoldedRead{asked, detail, err}
	})
}

// took takes the story that was read. One that is gone is closed.
func (u *unfolder) took(msg unfoldedRead) tea.Cmd {
	switch {
	case u.open == nil || u.open.asked != msg.asked:
	case msg.err == nil:
		u.open.detail, u.open.width = &msg.detail, 0
	case tracker.CodeOf(msg.err) == tracker.CodeNotFound:
		u.fold()
	default:
		return u.Fail(msg.err)
	}
	return nil
}

// layOut puts the open story's lines under its row, if that is in this column and
// they do not stand there yet.
func (u *unfolder) layOut(c *columns.StoryColumn, width int) {
	o := u.open
	if o == nil || o.part != c.Name {
		return
	}
	planned := u.planned.For(o.id, u.Plan)
	if o.width == width && o.planned == planned {
		return
	}
	o.width, o.planned = width, planned
	lines := [][]draw.Run{{{Role: theme.Muted, Text: setting.When(u.Slow(), "loading…")}}}
	if o.detail != nil {
		lines = inplace.Lines(*o.detail, planned, u.Keys, actUnfold, max(1, width-insetMargin))
	}
	c.SetInset(&table.Inset[tracker.StoryID]{
		Under: o.id, Lines: lines, Version: uint64(u.Next()), //nolint:gosec // only compared
		Key: func(line int) tracker.StoryID { return tracker.StoryID(-1 - line) },
	})
	if o.detail != nil && !o.revealed {
		o.revealed = true
		c.List.Reveal(c.Inset.At + 1 + len(lines))
	}
}

// insetMargin is what stands left and right of an open story's lines, in cells.
const insetMargin = 5
