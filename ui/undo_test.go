package ui

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
)

// standsAt fails unless the board has the focus on a part, the cursor on a row
// and marks on so many.
func (w *world) standsAt(part intent.PaneName, key any, marks int) {
	w.t.Helper()
	if w.focus() != part || w.selected() != key || w.marks() != marks {
		w.t.Errorf("the focus is on %s, the cursor on %v, %d are marked; want %s, %v and %d\n%s", w.focus(), w.selected(), w.marks(), part, key, marks, w.screen())
	}
}

// After undo and redo of a move of several stories the focus is where they are,
// the cursor on the first, and they are marked.
func TestUndoOfABulkMoveShowsTheStories(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(5).start(140, 30)
	w.press("3", "j", "space", "j", "space", "b", "y") // 2 and 4
	w.see("2 stories are in the Backlog")
	w.idle()
	w.press("1", "G", "u")
	w.see("Undone: 2 stories")
	w.idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 2)
	w.press("/").write("Row 2").press("enter", "1", "ctrl+r")
	w.see("Redone: 2 stories")
	w.idle()
	w.standsAt(intent.PaneBacklog, tracker.StoryID(2), 2)
	w.press("u")
	w.idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 2) // and the filter, which hides one, is cleared
	w.press("b", "y")
	w.see("2 stories are in the Backlog")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Row 2, Row 4" {
		t.Errorf("the Backlog holds %s", got)
	}
}

// One story that was taken back is selected, and not marked.
func TestUndoOfAMoveSelectsTheStory(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(3).start(140, 30)
	w.press("3", "j", "b")
	w.see("S-2 is in the Backlog")
	w.idle()
	w.press("1", "u")
	w.see("Undone: S-2")
	w.idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 0)
}

// A story that was removed gives the focus back to its tickets, marked as they
// were; one that is made again takes it.
func TestUndoOfACreationShowsTheTickets(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("j", "space", "space", "b", "o")
	w.see("Story S-1 created")
	w.idle()
	w.press("2", "u")
	w.see("Undone: S-1 removed")
	w.idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1039), 2)
	w.press("ctrl+r")
	w.see("Redone: S-1 created")
	w.idle()
	w.standsAt(intent.PaneBacklog, tracker.StoryID(1), 0)
	w.press("1")
	w.standsAt(intent.PaneTickets, tracker.TicketID(1039), 0)

	w.press("g", "i")
	w.see("Story S-2 created")
	w.idle()
	w.press("3", "u")
	w.see("Undone: S-2 removed")
	w.idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1042), 0)
}

// Undo of links and comments finds what they were about.
func TestUndoOfLinksAndComments(t *testing.T) {
	w := markedBoard(t)
	w.press("c").write("Fixed").press("ctrl+s", "y")
	w.see("3 stories have the comment")
	w.idle()
	w.press("1", "u")
	w.see("Undone: comment on 3 stories")
	w.idle()
	w.standsAt(intent.PaneBacklog, tracker.StoryID(1), 3)

	w.press("1", "G", "space", "k", "space", "L").write("S-3").press("enter")
	w.see("linked to S-3")
	w.idle()
	w.press("u")
	w.see("Undone: S-3 linked")
	w.idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1031), 2)
}

// What is taken back of another integration's tickets is shown in its panel, and
// marks belong to the panel that they were made in.
func TestMarksBelongToTheirPanel(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	d := tracker.NewIntegrationDraft(w.project.ID)
	d.Name, d.URL, d.Email, d.Secret, d.SecretInDatabase, d.View = "Wholesale", "globex", "ada@acme.com", "secret", true, "26"
	sales, err := w.svc.Accounts.AddIntegration(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for i := range w.account.tickets { // the other account has tickets with the same numbers
		w.account.tickets[i].Host = "globex.zendesk.com"
	}
	if err := w.svc.Views.RefreshView(t.Context(), sales.ID); err != nil {
		t.Fatal(err)
	}
	w.start(140, 30)
	w.press("j", "space", "space", "]")
	w.idle()
	w.shows("Wholesale: ")
	if n := w.marks(); n != 0 {
		t.Errorf("%d tickets of the other account are marked", n)
	}
	w.press("[")
	w.idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1028), 2)
	w.press("b", "o")
	w.see("Story S-1 created")
	w.idle()
	w.press("]")
	w.idle()
	w.press("u")
	w.see("Undone: S-1 removed")
	w.until("the panel is back", func() bool { return w.sight().Board.Panel == w.in.ID })
	w.idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1039), 2)
}

// The text of a comment that was taken back before it was sent is the draft of
// the next one, and no draft any more when the comment is made again.
func TestUndoOfACommentKeepsItsText(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("c").write("Found it").press("ctrl+s")
	w.see("comment on S-1 saved")
	w.idle()
	w.press("u")
	w.see("Undone: comment on S-1; its text is a draft")
	w.see("Draft, not sent · c continues it")
	w.press("ctrl+r")
	w.see("Redone: S-1 commented")
	w.until("the draft is discarded", func() bool { return !strings.Contains(w.screen(), "Draft, not sent") })
	w.press("u")
	w.see("Undone: comment on S-1; its text is a draft")
	w.idle()
	w.press("c").write(": the cursor").press("ctrl+s")
	w.see("comment on S-1 saved")
	w.idle()
	if got := w.comments(1); got != "S-1 Found it: the cursor" {
		t.Errorf("comments: %s", got)
	}
	w.press("c").write("Another").press("esc")
	w.idle()
	w.press("u")
	w.see("Undone: comment on S-1; there is another draft, ctrl+r brings it back")
	if saved, err := w.svc.Settings.Draft(t.Context(), "comment/S-1"); err != nil || saved != "Another" {
		t.Errorf("%q is the draft, %v", saved, err)
	}
}
