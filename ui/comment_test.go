package ui

import (
	"fmt"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
)

// commentingMarked opens the composer for the marked stories, with its draft.
func (w *world) commentingMarked() *command.CommentPane {
	w.t.Helper()
	w.press("c")
	p, ok := w.top().(*command.CommentPane)
	if !ok {
		w.t.Fatalf("c opens no composer:\n%s", w.screen())
	}
	w.until("the draft and the stories are read", func() bool { return p.Settled() })
	return p
}

// commentOnAll writes a comment on all stories of the Backlog.
func (w *world) commentOnAll() {
	w.press("2", "ctrl+a")
	w.commentingMarked()
	w.write("Fixed in 4.2.1.").press("enter").write("Thank you")
}

// comments are the texts of the comments on the first n stories.
func (w *world) comments(n int) string {
	w.t.Helper()
	var list []string
	for id := range n {
		for _, c := range w.read(tracker.StoryID(id + 1)).Comments {
			list = append(list, fmt.Sprintf("S-%d %s", id+1, c.Text))
		}
	}
	return strings.Join(list, ", ")
}

// A comment of several lines goes to all marked stories after one question, and
// is taken back with one undo.
func TestCommentOnMarkedStories(t *testing.T) {
	w := markedBoard(t)
	w.commentingMarked()
	w.shows("Comment on 3 stories")
	w.shows("2 tickets")
	w.shows("New comment · sends a private comment to #1042, #1039")
	w.press("ctrl+s")
	w.shows("write a comment first")
	w.write("Fixed in 4.2.1.").press("enter").write("Thank you").press("ctrl+y")
	w.see("Preview: comment on S-1, S-2 and S-3")
	w.see("To #1042, #1039 · private comment")
	w.see("Thank you")
	w.press("esc", "ctrl+s")
	w.see("Comment on 3 stories? 2 private comments will be sent to #1042 and #1039")
	w.press("n")
	w.idle()
	w.shows("Thank you")
	if got := w.comments(3); got != "" {
		t.Errorf("after no: %s", got)
	}
	w.press("ctrl+s", "y")
	w.see("3 stories have the comment · u undo")
	w.idle()
	const text = "Fixed in 4.2.1.\nThank you"
	if got := w.comments(3); got != "S-1 "+text+", S-2 "+text+", S-3 "+text {
		t.Errorf("after yes: %s", got)
	}
	if !w.onBoard() || w.marks() != 0 {
		t.Errorf("the composer or the marks stay:\n%s", w.screen())
	}
	if saved, err := w.svc.Settings.Draft(t.Context(), command.MarkedCommentKey); saved != "" || err != nil {
		t.Errorf("sent, and %q is still saved (%v)", saved, err)
	}
	w.press("u")
	w.see("Undone: comment on 3 stories")
	w.idle()
	if got := w.comments(3); got != "" {
		t.Errorf("after undo: %s", got)
	}
}

// What was begun outlives esc and the program, whichever stories are marked then.
func TestCommentOnMarkedStoriesIsSaved(t *testing.T) {
	w := markedBoard(t)
	w.commentingMarked()
	w.write("Half a").press("esc")
	w.see("Draft saved · c on marked stories continues it")
	w.commentingMarked()
	w.shows("Draft, not sent")
	w.write(" thought")
	w.send(dialog.DraftDue{Key: command.MarkedCommentKey})
	w.until("the draft is saved", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), command.MarkedCommentKey)
		return err == nil && text == "Half a thought"
	})
	w.crash(command.MarkedCommentKey)
	w.press("2", "g", "space", "space")
	w.commentingMarked()
	w.shows("Comment on 2 stories")
	if line := strings.TrimRight(w.row("Half a"), "┃ "); !strings.HasSuffix(line, "┃ Half a thought") {
		t.Errorf("the draft is %q", line)
	}
	w.send(dialog.TextEdited{Key: command.MarkedCommentKey, Text: "A whole\nthought"})
	w.press("ctrl+s", "y")
	w.see("2 stories have the comment")
	if got := w.comments(3); got != "S-1 A whole\nthought, S-2 A whole\nthought" {
		t.Errorf("comments: %s", got)
	}
}

// A story that is deleted meanwhile is left out.
func TestCommentOnMarkedStoriesThatAreDeleted(t *testing.T) {
	w := markedBoard(t)
	w.commentingMarked()
	w.write("Fixed")
	if err := w.svc.Stories.DeleteStories(t.Context(), []tracker.StoryID{2}, false); err != nil {
		t.Fatal(err)
	}
	w.see("left out because deleted: S-2")
	w.shows("Comment on 2 stories")
	w.press("ctrl+s", "y")
	w.see("2 stories have the comment")
	if got := w.read(3).Comments; len(got) != 1 || got[0].Text != "Fixed" {
		t.Errorf("comments: %+v", got)
	}
}

// Many tickets are counted, and those that receive nothing are listed with the reason.
func TestCommentThatDoesNotGoEverywhere(t *testing.T) {
	tickets := usual()
	w := newWorld(t).withTickets(tickets...)
	for _, t := range tickets {
		w.linked(t.ID)
	}
	w.start(140, 30).press("2", "ctrl+a")
	w.commentingMarked()
	w.shows("sends a private comment to 4 tickets")
	w.write("Fixed").press("ctrl+s")
	w.see("Comment on 4 stories? 4 private comments will be sent to 4 tickets")
	w.press("n")
	if _, err := w.svc.Accounts.SetIntegrationActive(t.Context(), w.in.ID, false); err != nil {
		t.Fatal(err)
	}
	w.see("stays in storydesk · no integration sends it")
	w.see("stays in storydesk · #1042: Support is off")
	w.exact(140, 30)
}
