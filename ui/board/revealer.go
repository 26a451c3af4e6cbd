package board

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// revealer selects what a change made or moved, once that has been read.
type revealer struct {
	*host
	selection columns.Selection
	panel     *panel
	reader    *reader
	viewer    *viewer
	// revealing is what is to be selected, nil for nothing.
	revealing *reveal
	// strayed is the change that was asked for last when the user moved the cursor
	// among the stories.
	strayed int
	// tint is the generation of the row that is tinted.
	tint int
}

// reveal is what is to be selected where it stands now: a story that was made or
// moved, or what an undo or redo changed.
type reveal struct {
	// asked is when it was asked for: readings that began earlier do not show it.
	asked   int
	stories []tracker.StoryID
	// from is the part that had the focus.
	from intent.PaneName
	// tickets are those that were unlinked, or put aside and brought back.
	tickets []tracker.Link
	// back asks for the focus, and for marks where there are several.
	back bool
}

// follow takes what came of a change: what it made or moved is selected when it
// has been read.
func (r *revealer) follow(msg pane.Done) tea.Cmd {
	of := command.OutcomeOf(msg)
	asked, ended := r.StoryChanges()
	switch back := of.Undone; {
	case msg.Err == nil && of.Reveal && r.strayed < asked:
		r.revealing = &reveal{asked: r.Next(), stories: []tracker.StoryID{of.Story}, from: r.selection.View.Focus}
	case msg.Err == nil && len(back.Stories)+len(back.Unlinked)+len(back.Tickets) > 0:
		for _, id := range back.Tickets { // they are those of a panel
			back.Unlinked = append(back.Unlinked, tracker.Link{Ticket: tracker.TicketKey{ID: id}, IntegrationID: r.panel.id})
		}
		r.revealing = &reveal{asked: r.Next(), stories: back.Stories, tickets: back.Unlinked, back: true}
	case of.Story == 0:
		if msg.Stories && r.reader.covered == ended-1 {
			r.reader.cover(ended) // it failed, and no story is read
		}
		if msg.Err == nil && len(of.Tickets) > 0 {
			return r.reader.read(tracker.HintTickets) // they were put aside
		}
		return nil
	}
	return r.reader.read(tracker.HintStories)
}

// stray keeps the cursor where the user has just moved it: what a change made or
// moved is no longer selected when it has been read.
func (r *revealer) stray() {
	r.strayed, _ = r.StoryChanges()
	if r.revealing != nil && !r.revealing.back {
		r.revealing = nil
	}
}

// reveal selects what was to be selected, if a reading of stories that has ended
// began after that was asked for.
func (r *revealer) reveal(msg boardRead) tea.Cmd {
	want := r.revealing
	if want == nil || !msg.request.Kinds.Has(tracker.HintStories) || msg.begun < want.asked {
		return nil
	}
	r.revealing = nil
	if !want.back {
		c := r.selection.SelectStory(want.stories[0])
		return tea.Batch(r.tintSelected(c), r.goAlong(c, want))
	}
	if len(want.tickets) > 0 && (len(want.stories) == 0 || r.selection.Focused() == nil) {
		return r.showUnlinked(want)
	}
	return r.showStories(want.stories)
}

// goAlong moves the focus with a story that was started and so left the focused
// part: the next key is meant for that story, not for another one. It leaves the
// focus where the user has moved it since.
func (r *revealer) goAlong(c *columns.StoryColumn, want *reveal) tea.Cmd {
	from, id := r.selection.Focused(), want.stories[0]
	if c == nil || from == nil || from.Name != want.from {
		return nil
	}
	if _, stays := from.Find(id); stays {
		return nil
	}
	if row, ok := c.Find(id); !ok || row.Card.State != tracker.Started {
		return nil
	}
	return r.viewer.focus(c.Name)
}

// showStories focuses the part where stories are, the focused one before all
// others, and marks them where there are several.
func (r *revealer) showStories(ids []tracker.StoryID) tea.Cmd {
	parts := r.selection.Drops()
	if c := r.selection.Focused(); c != nil {
		parts = append([]*columns.StoryColumn{c}, parts...)
	}
	for _, c := range parts {
		if r.selection.Reveal(c, ids...) {
			c.MarkOnly(ids)
			return tea.Batch(r.viewer.focus(c.Name), r.tintSelected(c))
		}
	}
	return nil
}

// showUnlinked focuses the tickets that were unlinked, in the panel where they
// are, and marks them where there are several.
func (r *revealer) showUnlinked(want *reveal) tea.Cmd {
	in := want.tickets[0].IntegrationID
	if in != r.panel.id && slices.Contains(r.panel.active(), in) {
		r.revealing = want
		return tea.Batch(r.viewer.showPanel(in), r.reader.read(tracker.HintStories))
	}
	ids := present.TicketsIn(want.tickets)
	if in != r.panel.id {
		return nil
	}
	for _, c := range []*columns.TicketColumn{r.selection.Panel(), r.selection.Tickets} {
		if c.Reveal(ids...) {
			c.MarkOnly(ids)
			return r.viewer.focus(c.Name)
		}
	}
	return nil
}

// tintTime is how long a row is tinted at its new place.
const tintTime = 600 * time.Millisecond

// untinted says that a row has been tinted long enough.
type untinted struct{ tint int }

// tintSelected tints the selected row of a column, unless nothing is to move by
// itself.
func (r *revealer) tintSelected(c *columns.StoryColumn) tea.Cmd {
	if c == nil || r.ReducedMotion {
		return nil
	}
	r.untint()
	c.Tinted, _ = c.List.Selected()
	r.tint = r.Next()
	ends := untinted{r.tint}
	return tea.Tick(tintTime, func(time.Time) tea.Msg { return ends })
}

// untinted ends the tint of a row, unless another one is tinted by now.
func (r *revealer) untinted(msg untinted) {
	if msg.tint == r.tint {
		r.untint()
	}
}

func (r *revealer) untint() {
	for _, c := range r.selection.Stories {
		c.Tinted = 0
	}
}
