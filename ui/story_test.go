package ui_test

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/story"
	"storydesk/ui/uitest"
)

// linked makes a story of tickets of the world's view.
func (w *world) linked(tickets ...tracker.TicketID) tracker.Story {
	w.T.Helper()
	st, err := trackertest.One(w.Service.Stories.AddFromTickets(w.T.Context(), tracker.FromTickets{
		Integration: w.In.ID, Tickets: tickets, Place: tracker.Place{Column: tracker.Backlog},
	}))
	if err != nil {
		w.T.Fatal(err)
	}
	return st
}

// detail opens the detail of a story by its number.
func (w *world) detail(id tracker.StoryID) *world {
	w.T.Helper()
	w.Press("#").Write(id.String()).Press("enter")
	w.Until("the story is read", func() bool {
		p, ok := w.Top().(*story.Pane)
		return ok && p.Settled()
	})
	return w
}

// story reads a story.
func (w *world) read(id tracker.StoryID) tracker.StoryDetail {
	w.T.Helper()
	d, err := w.Service.Stories.Story(w.T.Context(), id)
	if err != nil {
		w.T.Fatal(err)
	}
	return d
}

func TestStoryCommentIsSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.linked(1039, 1042)
	w.Start(120, 40).detail(st.ID)
	w.See("None yet. c writes one.")
	w.Press("c")
	w.See("sends a private comment to #1039, #1042")
	w.Press("ctrl+s")
	w.See("write a comment first")
	w.Write("Fixed in 4.2.1").Press("ctrl+s")
	w.See("Comments 1")
	w.See("◷ #1039 sending in 4 s")
	w.See("◷ #1042 sending in 4 s · u undo")
	w.Until("the composer is closed", func() bool { return !w.typesInto(keymap.ScopeComposer) })
	d := w.read(st.ID)
	if len(d.Comments) != 1 || d.Comments[0].Text != "Fixed in 4.2.1" || len(d.Deliveries) != 2 {
		t.Fatalf("comments %v, %d deliveries", d.Comments, len(d.Deliveries))
	}
	if text, err := w.Service.Settings.Draft(t.Context(), story.CommentKey(st.ID)); err != nil || text != "" {
		t.Errorf("draft = %q, %v; want none after sending", text, err)
	}
}

func TestStoryCommentStaysWhereNothingIsLinked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(80, 24).detail(st.ID)
	w.Press("c")
	w.See("stays in storydesk: no ticket is linked")
}

func TestStoryDraftSurvives(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(100, 30).detail(st.ID)
	w.Press("c").Write("half a thou")
	w.Press("esc")
	w.See("Draft, not sent")
	w.Until("the draft is saved", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "half a thou"
	})

	w.Start(100, 30).detail(st.ID)
	w.See("half a thou")
	w.Press("c").Write("ght")
	// Closing the program saves it too, without leaving the composer first.
	w.Press("ctrl+c")
	w.Until("the draft is saved", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "half a thought"
	})
}

func TestStoryDraftIsSavedWhileTyping(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(100, 30).detail(st.ID)
	w.Press("c").Write("typing")
	w.Until("a pause saves the draft", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "typing"
	})
	if !w.typesInto(keymap.ScopeComposer) {
		t.Error("keeping the draft closed the composer")
	}
}

func TestStoryCommentFailsAndIsSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(100, 30).detail(st.ID)
	w.Press("c").Write("too late")
	if err := w.Service.Stories.DeleteStories(t.Context(), []tracker.StoryID{st.ID}, false); err != nil {
		t.Fatal(err)
	}
	w.Press("ctrl+s")
	w.See("S-1 was deleted")
	w.Press("esc", "esc")
	w.Until("the text is saved", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "too late"
	})
}

func TestStoryCommentFromEditor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(100, 30).detail(st.ID)
	w.Press("c").Write("as it was")
	w.Send(dialog.TextEdited{Key: story.CommentKey(st.ID), Text: "as it was", Err: errors.New("editor vi: exit status 1")})
	w.See("exit status 1")
	w.See("as it was")
	w.Send(dialog.TextEdited{Key: story.CommentKey(st.ID), Text: "written\nanew"})
	w.See("anew")
	w.Send(dialog.TextEdited{Key: story.CommentKey(99), Text: "of another story"})
	if strings.Contains(w.Screen(), "of another story") {
		t.Error("an edited text reached another story")
	}
	w.Until("the text is saved", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "written\nanew"
	})
}

func TestStoryPasteIsPlain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(100, 30).detail(st.ID)
	w.Press("c")
	w.Send(tea.PasteMsg{Content: "line one\nline \x1b]52;c;aGk=\atwo"})
	w.Press("ctrl+s")
	w.See("Comments 1")
	if d := w.read(st.ID); d.Comments[0].Text != "line one\nline two" {
		t.Errorf("comment = %q", d.Comments[0].Text)
	}
}

func TestStoryMovesAlongInDetail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, -1)
	w.Start(120, 40).detail(st.ID)
	w.Press("s")
	w.See("needs an estimate first")
	w.Press("p").Write("2")
	w.See("s Start")
	w.Press("s")
	w.See("s Finish")
	w.Press("s")
	w.See("s Deliver")
	w.Press("s")
	w.See("x Reject")
	w.Press("x").Write("It loops").Press("enter")
	w.See("s Restart")
	w.See("It loops")
	w.See("rejected")
	if d := w.read(st.ID); d.Story.State != tracker.Rejected || len(d.Comments) != 1 {
		t.Errorf("state %s, comments %v", d.Story.State, d.Comments)
	}
}

func TestStoryLinksInDetail(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("U")
	w.See("has no linked ticket")
	w.Press("L").Write("7777").Press("enter")
	w.See("no ticket #7777")
	w.Press("L").Write("1042").Press("enter")
	w.See("S-1 linked to #1042")
	w.Press("L").Write("#1039").Press("enter")
	w.See("Tickets 2")
	w.Press("o")
	w.See("Which ticket?")
	w.Press("down", "enter")
	w.See("Opened https://acme.zendesk.com/agent/tickets/1039")
	if len(w.Opened) != 1 {
		t.Errorf("opened %v", w.Opened)
	}
	w.Press("U")
	w.See("Unlink which ticket?")
	w.Press("enter", "y")
	w.See("Tickets 1")
}

func TestStoryUnlinkAsksAgainForUnsentComments(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.linked(1042)
	if _, err := w.Service.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "on its way", ""); err != nil {
		t.Fatal(err)
	}
	w.Start(120, 40).detail(st.ID)
	w.Press("U", "y")
	w.See("1 private comment not sent")
	w.Press("down", "enter")
	w.See("Tickets 0")
	if d := w.read(st.ID); d.Deliveries[0].State != tracker.DeliveryDropped {
		t.Errorf("the comment is %s", d.Deliveries[0].State)
	}
}

func TestStoryDeletedClosesDetail(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("D", "y")
	w.Until("the board is back", func() bool { return w.OnBoard() })
}

func TestStoryCountdownMoves(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	var passed atomic.Int64
	w.Service.Now = func() time.Time { return uitest.Now().Add(time.Duration(passed.Load())) }
	st := w.linked(1042)
	w.Start(120, 40)
	if _, err := w.Service.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "on its way", ""); err != nil {
		t.Fatal(err)
	}
	w.detail(st.ID)
	w.See("sending in 4 s")
	for left := 3; left > 0; left-- {
		passed.Add(int64(time.Second))
		w.Send(pane.Ticked{})
		w.Shows(fmt.Sprintf("sending in %d s", left))
	}
}

// A comment that was sent is shown whole, with its delivery's state, however
// long the story is.
func TestSentCommentIsInSight(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.linked(1039)
	long := strings.Repeat("A line of a long description.\n", 60)
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Description: &long}); err != nil {
		t.Fatal(err)
	}
	w.Start(50, 20).detail(st.ID)
	w.Press("c").Write("Found it: the cursor is closed too early, and nobody had looked there before. Fixed.").Press("ctrl+s")
	w.See("sending in")
	w.Shows("Fixed.")
}

// Who waits for a ticket is shown short its subject and long their names.
func TestTicketShowsWhoWaits(t *testing.T) {
	t.Parallel()
	tickets := uitest.Usual()
	tickets[0].Subject, tickets[0].Organization, tickets[0].Requester = "Refund", "Bellwether Bakery Co-operative of the North", "Noah Whitcombe"
	w := newWorld(t).WithTickets(tickets...)
	st := w.linked(1042)
	w.Start(100, 30).detail(st.ID)
	w.See("waits 2h ┃")
	w.Shows("Bellwether Bakery Co-operative of the North · Noah Whitcombe")
}

// A story that is started in the Icebox is selected in the Backlog, where it
// goes, and takes the focus along; the Icebox keeps a cursor of its own.
func TestStartedStoryIsSelectedInTheBacklog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range []string{"One", "Two"} {
		w.Story(name, tracker.Backlog, 1)
	}
	w.Story("Three", tracker.Icebox, 1)
	w.Story("Four", tracker.Icebox, 1)
	w.Start(140, 30)
	w.Press("2", "G", "3", "g", "s")
	w.See("S-3 is started")
	w.Idle()
	if at := w.Part(intent.PaneBacklog).Selected; at != tracker.StoryID(3) {
		t.Errorf("%v is selected in the Backlog", at)
	}
	if at := w.Part(intent.PaneIcebox).Selected; at != tracker.StoryID(4) || w.focus() != intent.PaneBacklog {
		t.Errorf("%v is selected in the Icebox, the focus is in %s", at, w.focus())
	}
}

// A table in a description has its columns below each other, as in a
// conversation.
func TestTablesInADescriptionAreAligned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	text := "plan | seats\nTeam | 5\nEnterprise | 1,200"
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Description: &text}); err != nil {
		t.Fatal(err)
	}
	w.Start(120, 40).detail(st.ID)
	w.Shows("plan       | seats")
	w.Shows("Team       | 5")
}
