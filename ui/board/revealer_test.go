package board

import (
	"errors"
	"slices"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/board/reading"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// storiesRead is a reading of stories that begins now.
func (b *Board) storiesRead() boardRead {
	return boardRead{generation: b.reader.generation, begun: b.Next(), request: reading.Request{Kinds: tracker.HintStories}}
}

func moved(id tracker.StoryID) pane.Done {
	return pane.Done{Stories: true, What: command.Outcome{Story: id, Reveal: true}}
}

// What was moved is selected by a reading that began after the move, not by an
// earlier one.
func TestWhatWasMovedIsSelected(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 3)
	b.columns.Focus(intent.PaneIcebox)
	r := b.revealer
	r.ChangeStories(nil)
	earlier := b.storiesRead()
	r.follow(moved(3))
	r.reveal(earlier)
	if c, _ := b.selection.Story(); c.ID != 1 || r.revealing == nil {
		t.Errorf("an earlier reading selects %s", c.ID)
	}
	tickets := boardRead{begun: b.Next(), request: reading.Request{Kinds: tracker.HintTickets}}
	r.reveal(tickets)
	if r.revealing == nil {
		t.Error("a reading of tickets counts")
	}
	r.reveal(b.storiesRead())
	if c, _ := b.selection.Story(); c.ID != 3 || r.revealing != nil || b.columns.Of(intent.PaneIcebox).Tinted != 3 {
		t.Errorf("selected is %s", c.ID)
	}
	r.untinted(untinted{r.tint - 1})
	if b.columns.Of(intent.PaneIcebox).Tinted != 3 {
		t.Error("the end of an earlier tint ends this one")
	}
	r.untinted(untinted{r.tint})
	if b.columns.Of(intent.PaneIcebox).Tinted != 0 {
		t.Error("the tint does not end")
	}
}

// Who moves the cursor after the change keeps it where it is.
func TestCursorThatWasMovedStays(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 3)
	b.columns.Focus(intent.PaneIcebox)
	b.revealer.ChangeStories(nil)
	b.Handle(intent.SelectRow{Part: intent.PaneIcebox, Key: tracker.StoryID(2)})
	b.revealer.follow(moved(3))
	if b.revealer.revealing != nil {
		t.Error("it is to be revealed though the user moved on")
	}
	b.revealer.ChangeStories(nil)
	b.revealer.follow(moved(3))
	b.Handle(intent.SelectRow{Part: intent.PaneIcebox, Key: tracker.StoryID(2)})
	b.revealer.reveal(b.storiesRead())
	if c, _ := b.selection.Story(); c.ID != 2 {
		t.Errorf("selected is %s", c.ID)
	}
}

// A story that was started and left the focused part takes the focus with it.
func TestFocusGoesAlong(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 2)
	b.fill(intent.PaneBacklog, tracker.Started, 11, 2)
	b.columns.Focus(intent.PaneIcebox)
	b.revealer.ChangeStories(nil)
	b.revealer.follow(moved(12))
	b.revealer.reveal(b.storiesRead())
	if c, _ := b.selection.Story(); b.columns.View.Focus != intent.PaneBacklog || c.ID != 12 {
		t.Errorf("focused is %s on %s", b.columns.View.Focus, c.ID)
	}
}

// What an undo changed is focused and marked where there are several.
func TestUndoneIsShown(t *testing.T) {
	t.Parallel()
	b := bare()
	b.fill(intent.PaneIcebox, tracker.Unscheduled, 1, 3)
	b.fillTickets(3)
	b.panel.integrations = []tracker.Integration{{ID: 1, Active: true}}
	undone := func(u tracker.Undone) {
		b.revealer.follow(pane.Done{What: command.Outcome{Undone: u}})
		b.revealer.reveal(b.storiesRead())
	}
	undone(tracker.Undone{Stories: []tracker.StoryID{2, 3}})
	icebox := b.columns.Of(intent.PaneIcebox)
	if c, _ := b.selection.Story(); c.ID != 2 || !slices.Equal(icebox.Marks(), []tracker.StoryID{2, 3}) {
		t.Errorf("selected is %s, marked are %v", c.ID, icebox.Marks())
	}
	link := func(id tracker.TicketID) tracker.Link {
		return tracker.Link{IntegrationID: 1, Ticket: tracker.TicketKey{ID: id}}
	}
	undone(tracker.Undone{Unlinked: []tracker.Link{link(1043), link(1044)}})
	if got, _ := b.selection.Ticket(); got.ID != 1043 || !slices.Equal(b.columns.Tickets.Marks(), []tracker.TicketID{1043, 1044}) {
		t.Errorf("selected is %s, marked are %v", got.ID, b.columns.Tickets.Marks())
	}
}

// A change that failed is covered: no story is read for it.
func TestFailedChangeIsCovered(t *testing.T) {
	t.Parallel()
	b := bare()
	b.ChangeStories(nil)
	b.Ended(pane.Performed{Done: pane.Done{Stories: true}})
	b.revealer.follow(pane.Done{Stories: true, Err: errors.New("refused")})
	if b.reader.awaitsStories() || b.reader.reading {
		t.Error("it waits for stories")
	}
}
