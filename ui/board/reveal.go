package board

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// reveal is what is to be selected where it stands now: a story that was made
// or moved, or what was taken back or made again.
type reveal struct {
	// asked tells readings that began after it was asked for from earlier ones.
	asked   int
	stories []tracker.StoryID
	// tickets are those that were freed.
	tickets []tracker.Link
	// back asks for the focus, and for marks where there are several.
	back bool
}

// follow takes what came of a use case: the marks of what it was done to have
// served, and what it made or moved is selected when it has been read.
func (b *Board) follow(msg pane.Done) tea.Cmd {
	of := command.OutcomeOf(msg)
	if msg.Err == nil {
		b.unmark(of)
	}
	asked, ended := b.StoryChanges()
	switch back := of.Undone; {
	case msg.Err == nil && of.Reveal && b.strayed < asked:
		b.revealing = &reveal{asked: b.Next(), stories: []tracker.StoryID{of.Story}}
	case msg.Err == nil && len(back.Stories)+len(back.Unlinked) > 0:
		b.revealing = &reveal{asked: b.Next(), stories: back.Stories, tickets: back.Unlinked, back: true}
	case of.Story == 0:
		if msg.Stories && b.covered == ended-1 {
			b.covered = ended // it failed, and no story is read
		}
		return nil
	}
	return b.read(tracker.HintStories)
}

// stray keeps the cursor where the user has just moved it: what a change made or
// moved is no longer selected when it has been read.
func (b *Board) stray() {
	b.strayed, _ = b.StoryChanges()
	if b.revealing != nil && !b.revealing.back {
		b.revealing = nil
	}
}

// reveals is the request that a reading answers which begins now, 0 for none.
func (b *Board) reveals(kinds tracker.Hint) int {
	if b.revealing == nil || !kinds.Has(tracker.HintStories) {
		return 0
	}
	return b.revealing.asked
}

// revealed selects what was to be shown, if the reading that ended began after
// that was asked for.
func (b *Board) revealed(msg boardRead) tea.Cmd {
	r := b.revealing
	if r == nil || r.asked != msg.reveals || b.moving != nil {
		return nil
	}
	b.revealing = nil
	if !r.back {
		c := b.selectStory(r.stories[0])
		return tea.Batch(b.tintSelected(c), b.goAlong(c, r.stories[0]))
	}
	if len(r.tickets) > 0 && (len(r.stories) == 0 || b.view.Focus == intent.PaneTickets) {
		return b.showFreed(r)
	}
	return b.showStories(r.stories)
}

// selectStory selects a story where it stands and returns its column, nil when
// it is in none.
func (b *Board) selectStory(id tracker.StoryID) *storyColumn {
	var found *storyColumn
	for _, c := range b.columns() {
		if c.Reveal(id) {
			found = c
			if b.view.Focus == intent.PaneTickets {
				b.view.Column = c.Name
			}
		}
	}
	return found
}

// goAlong moves the focus with a story that was started and so left the focused
// part: the next key is meant for that story, not for another one.
func (b *Board) goAlong(c *storyColumn, id tracker.StoryID) tea.Cmd {
	from := b.column()
	if c == nil || from == nil {
		return nil
	}
	if _, stays := from.Find(id); stays {
		return nil
	}
	if row, ok := c.Find(id); !ok || row.Card.State != tracker.Started {
		return nil
	}
	return b.focus(c.Name)
}

// showStories focuses the part where stories are, the focused one before all
// others, and marks them where there are several.
func (b *Board) showStories(ids []tracker.StoryID) tea.Cmd {
	parts := b.columns()
	if c := b.column(); c != nil {
		parts = append([]*storyColumn{c}, parts...)
	}
	for _, c := range parts {
		if b.revealIn(c, ids...) {
			c.MarkOnly(ids)
			return tea.Batch(b.focus(c.Name), b.tintSelected(c))
		}
	}
	return nil
}

// revealIn selects the topmost of some stories in a part. What a search does not
// find is not in its part.
func (b *Board) revealIn(c *storyColumn, ids ...tracker.StoryID) bool {
	if !b.record(c.Name).Searched {
		return c.Reveal(ids...)
	}
	top, shown := c.Topmost(ids)
	return shown > 0 && c.List.SelectKey(top)
}

// showFreed focuses the tickets that are free again, in the panel where they
// are, and marks them where there are several.
func (b *Board) showFreed(r *reveal) tea.Cmd {
	panel := r.tickets[0].IntegrationID
	if panel != b.panel && slices.Contains(present.ActivePanels(b.integrations), panel) {
		b.revealing = r
		return tea.Batch(b.showPanel(panel), b.read(tracker.HintStories))
	}
	ids := present.TicketsIn(r.tickets)
	if panel != b.panel || !b.tickets.Reveal(ids...) {
		return nil
	}
	b.tickets.MarkOnly(ids)
	return b.focus(intent.PaneTickets)
}

// tintTime is how long a row is tinted at its new place.
const tintTime = 600 * time.Millisecond

// untinted tells that a row has been tinted long enough.
type untinted struct{ tint int }

// tintSelected tints the selected row of a column, unless nothing is to move by
// itself.
func (b *Board) tintSelected(c *storyColumn) tea.Cmd {
	if c == nil || b.Calm {
		return nil
	}
	b.untint()
	c.Tinted, _ = c.List.Selected()
	b.tint = b.Next()
	ends := untinted{b.tint}
	return tea.Tick(tintTime, func(time.Time) tea.Msg { return ends })
}

func (b *Board) untint() {
	for _, c := range b.stories {
		c.Tinted = 0
	}
}
