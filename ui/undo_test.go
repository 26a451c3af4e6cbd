package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// standsAt fails unless the board has the focus on a part, the cursor on a row
// and marks on so many.
func (w *world) standsAt(part intent.PaneName, key any, marks int) {
	w.T.Helper()
	if w.focus() != part || w.selected() != key || w.marks() != marks {
		w.T.Errorf("the focus is on %s, the cursor on %v, %d are marked; want %s, %v and %d\n%s", w.focus(), w.selected(), w.marks(), part, key, marks, w.Screen())
	}
}

// After undo and redo of a move of several stories the focus is where they are,
// the cursor on the first, and they are marked.
func TestUndoOfABulkMoveShowsTheStories(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(5).Start(140, 30)
	w.Press("3", "j", "space", "j", "space", "b", "y") // 2 and 4
	w.See("2 stories are in the Backlog")
	w.Idle()
	w.Press("1", "G", "u")
	w.See("Undone: 2 stories")
	w.Idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 2)
	w.Press("/").Write("Row 2").Press("enter", "1", "ctrl+r")
	w.See("Redone: 2 stories")
	w.Idle()
	w.standsAt(intent.PaneBacklog, tracker.StoryID(2), 2)
	w.Press("u")
	w.Idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 2) // and the filter, which hides one, is cleared
	w.Press("b", "y")
	w.See("2 stories are in the Backlog")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Row 2, Row 4" {
		t.Errorf("the Backlog holds %s", got)
	}
}

// One story that was taken back is selected, and not marked.
func TestUndoOfAMoveSelectsTheStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(3).Start(140, 30)
	w.Press("3", "j", "b")
	w.See("S-2 is in the Backlog")
	w.Idle()
	w.Press("1", "u")
	w.See("Undone: S-2")
	w.Idle()
	w.standsAt(intent.PaneIcebox, tracker.StoryID(2), 0)
}

// A story that was removed gives the focus back to its tickets, marked as they
// were; one that is made again takes it.
func TestUndoOfACreationShowsTheTickets(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("j", "space", "space", "b", "o")
	w.See("Story S-1 created")
	w.Idle()
	w.Press("2", "u")
	w.See("Undone: S-1 removed")
	w.Idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1039), 2)
	w.Press("ctrl+r")
	w.See("Redone: S-1 created")
	w.Idle()
	w.standsAt(intent.PaneBacklog, tracker.StoryID(1), 0)
	w.Press("1")
	w.standsAt(intent.PaneTickets, tracker.TicketID(1039), 0)

	w.Press("g", "i")
	w.See("Story S-2 created")
	w.Idle()
	w.Press("3", "u")
	w.See("Undone: S-2 removed")
	w.Idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1042), 0)
}

// Undo of links and comments finds what they were about.
func TestUndoOfLinksAndComments(t *testing.T) {
	t.Parallel()
	w := markedBoard(t)
	w.Press("c").Write("Fixed").Press("ctrl+s", "y")
	w.See("3 stories have the comment")
	w.Idle()
	w.Press("1", "u")
	w.See("Undone: comment on 3 stories")
	w.Idle()
	w.standsAt(intent.PaneBacklog, tracker.StoryID(1), 3)

	w.Press("1", "G", "space", "k", "space", "L").Write("S-3").Press("enter")
	w.See("linked to S-3")
	w.Idle()
	w.Press("u")
	w.See("Undone: S-3 linked")
	w.Idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1031), 2)
}

// What is taken back of another integration's tickets is shown in its panel, and
// marks belong to the panel that they were made in.
func TestMarksBelongToTheirPanel(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	d := tracker.NewIntegrationDraft(w.Project.ID)
	d.Name, d.URL, d.Email, d.Secret, d.SecretInDatabase, d.View = "Wholesale", "globex", "ada@acme.com", "secret", true, "26"
	sales, err := w.Service.Accounts.AddIntegration(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	for i := range w.Account.List { // the other account has tickets with the same numbers
		w.Account.List[i].Host = "globex.zendesk.com"
	}
	if err := w.Service.Views.RefreshView(t.Context(), sales.ID); err != nil {
		t.Fatal(err)
	}
	w.Start(140, 30)
	w.Press("j", "space", "space", "]")
	w.Idle()
	w.Shows("Wholesale: ")
	if n := w.marks(); n != 0 {
		t.Errorf("%d tickets of the other account are marked", n)
	}
	w.Press("[")
	w.Idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1028), 2)
	w.Press("b", "o")
	w.See("Story S-1 created")
	w.Idle()
	w.Press("]")
	w.Idle()
	w.Press("u")
	w.See("Undone: S-1 removed")
	w.Until("the panel is back", func() bool { return w.Sight().Board.Panel == w.In.ID })
	w.Idle()
	w.standsAt(intent.PaneTickets, tracker.TicketID(1039), 2)
}

// The text of a comment that was taken back before it was sent is the draft of
// the next one, and no draft any more when the comment is made again.
func TestUndoOfACommentKeepsItsText(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("c").Write("Found it").Press("ctrl+s")
	w.See("comment on S-1 saved")
	w.Idle()
	w.Press("u")
	w.See("Undone: comment on S-1; its text is a draft")
	w.See("Draft, not sent · c continues it")
	w.Press("ctrl+r")
	w.See("Redone: S-1 commented")
	w.Until("the draft is discarded", func() bool { return !strings.Contains(w.Screen(), "Draft, not sent") })
	w.Press("u")
	w.See("Undone: comment on S-1; its text is a draft")
	w.Idle()
	w.Press("c").Write(": the cursor").Press("ctrl+s")
	w.See("comment on S-1 saved")
	w.Idle()
	if got := w.comments(1); got != "S-1 Found it: the cursor" {
		t.Errorf("comments: %s", got)
	}
	w.Press("c").Write("Another").Press("esc")
	w.Idle()
	w.Press("u")
	w.See("Undone: comment on S-1; there is another draft, ctrl+r brings it back")
	if saved, err := w.Service.Settings.Draft(t.Context(), "comment/S-1"); err != nil || saved != "Another" {
		t.Errorf("%q is the draft, %v", saved, err)
	}
}
