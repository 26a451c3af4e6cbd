package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/uitest"
)

// commentingMarked opens the composer for the marked stories, with its draft.
func (w *world) commentingMarked() *command.CommentPane {
	w.T.Helper()
	w.Press("c")
	p, ok := w.Top().(*command.CommentPane)
	if !ok {
		w.T.Fatalf("c opens no composer:\n%s", w.Screen())
	}
	w.Until("the draft and the stories are read", func() bool { return p.Settled() })
	return p
}

// commentOnAll writes a comment on all stories of the Backlog.
func (w *world) commentOnAll() {
	w.Press("2", "ctrl+a")
	w.commentingMarked()
	w.Write("Fixed in 4.2.1.").Press("enter").Write("Thank you")
}

// comments are the texts of the comments on the first n stories.
func (w *world) comments(n int) string {
	w.T.Helper()
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
	t.Parallel()
	w := markedBoard(t)
	w.commentingMarked()
	w.Shows("Comment on 3 stories")
	w.Shows("2 tickets")
	w.Shows("New comment · sends a private comment to #1042, #1039")
	w.Press("ctrl+s")
	w.Shows("write a comment first")
	w.Write("Fixed in 4.2.1.").Press("enter").Write("Thank you").Press("ctrl+y")
	w.See("Preview: comment on S-1, S-2 and S-3")
	w.See("To #1042, #1039 · private comment")
	w.See("Thank you")
	w.Press("esc", "ctrl+s")
	w.See("Comment on 3 stories? 2 private comments will be sent to #1042 and #1039")
	w.Press("n")
	w.Idle()
	w.Shows("Thank you")
	if got := w.comments(3); got != "" {
		t.Errorf("after no: %s", got)
	}
	w.Press("ctrl+s", "y")
	w.See("3 stories have the comment · u undo")
	w.Idle()
	const text = "Fixed in 4.2.1.\nThank you"
	if got := w.comments(3); got != "S-1 "+text+", S-2 "+text+", S-3 "+text {
		t.Errorf("after yes: %s", got)
	}
	if !w.OnBoard() || w.marks() != 0 {
		t.Errorf("the composer or the marks stay:\n%s", w.Screen())
	}
	if saved, err := w.Service.Settings.Draft(t.Context(), command.MarkedCommentKey); saved != "" || err != nil {
		t.Errorf("sent, and %q is still saved (%v)", saved, err)
	}
	w.Press("u")
	w.See("Undone: comment on 3 stories")
	w.Idle()
	if got := w.comments(3); got != "" {
		t.Errorf("after undo: %s", got)
	}
}

// What was begun outlives esc and the program, whichever stories are marked then.
func TestCommentOnMarkedStoriesIsSaved(t *testing.T) {
	t.Parallel()
	w := markedBoard(t)
	w.commentingMarked()
	w.Write("Half a").Press("esc")
	w.See("Draft saved · c on marked stories continues it")
	w.commentingMarked()
	w.Shows("Draft, not sent")
	w.Write(" thought")
	w.Send(dialog.DraftDue{Key: command.MarkedCommentKey})
	w.Until("the draft is saved", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), command.MarkedCommentKey)
		return err == nil && text == "Half a thought"
	})
	w.crash(command.MarkedCommentKey)
	w.Press("2", "g", "space", "space")
	w.commentingMarked()
	w.Shows("Comment on 2 stories")
	if line := strings.TrimRight(w.Row("Half a"), "┃ "); !strings.HasSuffix(line, "┃ Half a thought") {
		t.Errorf("the draft is %q", line)
	}
	w.Send(dialog.TextEdited{Key: command.MarkedCommentKey, Text: "A whole\nthought"})
	w.Press("ctrl+s", "y")
	w.See("2 stories have the comment")
	if got := w.comments(3); got != "S-1 A whole\nthought, S-2 A whole\nthought" {
		t.Errorf("comments: %s", got)
	}
}

// A story that is deleted meanwhile is left out.
func TestCommentOnMarkedStoriesThatAreDeleted(t *testing.T) {
	t.Parallel()
	w := markedBoard(t)
	w.commentingMarked()
	w.Write("Fixed")
	if err := w.Service.Stories.DeleteStories(t.Context(), []tracker.StoryID{2}, false); err != nil {
		t.Fatal(err)
	}
	w.See("left out because deleted: S-2")
	w.Shows("Comment on 2 stories")
	w.Press("ctrl+s", "y")
	w.See("2 stories have the comment")
	if got := w.read(3).Comments; len(got) != 1 || got[0].Text != "Fixed" {
		t.Errorf("comments: %+v", got)
	}
}

// Many tickets are counted, and those that receive nothing are listed with the reason.
func TestCommentThatDoesNotGoEverywhere(t *testing.T) {
	t.Parallel()
	tickets := uitest.Usual()
	w := newWorld(t).WithTickets(tickets...)
	for _, t := range tickets {
		w.linked(t.ID)
	}
	w.Start(140, 30).Press("2", "ctrl+a")
	w.commentingMarked()
	w.Shows("sends a private comment to 4 tickets")
	w.Write("Fixed").Press("ctrl+s")
	w.See("Comment on 4 stories? 4 private comments will be sent to 4 tickets")
	w.Press("n")
	if _, err := w.Service.Accounts.SetIntegrationActive(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	w.See("stays in storydesk · no integration sends it")
	w.See("stays in storydesk · #1042: Support is off")
	w.exact(140, 30)
}
