package ui

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
)

// linked makes a story of tickets of the world's view.
func (w *world) linked(tickets ...tracker.TicketID) tracker.Story {
	w.t.Helper()
	st, err := trackertest.One(w.svc.Stories.AddFromTickets(w.t.Context(), tracker.FromTickets{
		Integration: w.in.ID, Tickets: tickets, Place: tracker.Place{Column: tracker.Backlog},
	}))
	if err != nil {
		w.t.Fatal(err)
	}
	return st
}

// detail opens the detail of a story by its number.
func (w *world) detail(id tracker.StoryID) *world {
	w.t.Helper()
	w.press("#").write(id.String()).press("enter")
	w.until("the story is read", func() bool {
		p, ok := w.top().(*story.Pane)
		return ok && p.Settled()
	})
	return w
}

// story reads a story.
func (w *world) read(id tracker.StoryID) tracker.StoryDetail {
	w.t.Helper()
	d, err := w.svc.Stories.Story(w.t.Context(), id)
	if err != nil {
		w.t.Fatal(err)
	}
	return d
}

func TestStoryCommentIsSent(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1039, 1042)
	w.start(120, 40).detail(st.ID)
	w.see("None yet. c writes one.")
	w.press("c")
	w.see("sends a private comment to #1039, #1042")
	w.press("ctrl+s")
	w.see("write a comment first")
	w.write("Fixed in 4.2.1").press("ctrl+s")
	w.see("Comments 1")
	w.see("◷ #1039 sending in 4 s")
	w.see("◷ #1042 sending in 4 s · u undo")
	w.until("the composer is closed", func() bool { return !w.typesInto(keymap.ScopeComposer) })
	d := w.read(st.ID)
	if len(d.Comments) != 1 || d.Comments[0].Text != "Fixed in 4.2.1" || len(d.Deliveries) != 2 {
		t.Fatalf("comments %v, %d deliveries", d.Comments, len(d.Deliveries))
	}
	if text, err := w.svc.Settings.Draft(t.Context(), story.CommentKey(st.ID)); err != nil || text != "" {
		t.Errorf("draft = %q, %v; want none after sending", text, err)
	}
}

func TestStoryCommentStaysWhereNothingIsLinked(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(80, 24).detail(st.ID)
	w.press("c")
	w.see("stays in storydesk: no ticket is linked")
}

func TestStoryDraftSurvives(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(100, 30).detail(st.ID)
	w.press("c").write("half a thou")
	w.press("esc")
	w.see("Draft, not sent")
	w.until("the draft is saved", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "half a thou"
	})

	w.start(100, 30).detail(st.ID)
	w.see("half a thou")
	w.press("c").write("ght")
	// Closing the program saves it too, without leaving the composer first.
	w.press("ctrl+c")
	w.until("the draft is saved", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "half a thought"
	})
}

func TestStoryDraftIsSavedWhileTyping(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(100, 30).detail(st.ID)
	w.press("c").write("typing")
	w.until("a pause saves the draft", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "typing"
	})
	if !w.typesInto(keymap.ScopeComposer) {
		t.Error("keeping the draft closed the composer")
	}
}

func TestStoryCommentFailsAndIsSaved(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(100, 30).detail(st.ID)
	w.press("c").write("too late")
	if err := w.svc.Stories.DeleteStories(t.Context(), []tracker.StoryID{st.ID}, false); err != nil {
		t.Fatal(err)
	}
	w.press("ctrl+s")
	w.see("S-1 was deleted")
	w.press("esc", "esc")
	w.until("the text is saved", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "too late"
	})
}

func TestStoryCommentFromEditor(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(100, 30).detail(st.ID)
	w.press("c").write("as it was")
	w.send(dialog.TextEdited{Key: story.CommentKey(st.ID), Text: "as it was", Err: errors.New("editor vi: exit status 1")})
	w.see("exit status 1")
	w.see("as it was")
	w.send(dialog.TextEdited{Key: story.CommentKey(st.ID), Text: "written\nanew"})
	w.see("anew")
	w.send(dialog.TextEdited{Key: story.CommentKey(99), Text: "of another story"})
	if strings.Contains(w.screen(), "of another story") {
		t.Error("an edited text reached another story")
	}
	w.until("the text is saved", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), story.CommentKey(st.ID))
		return err == nil && text == "written\nanew"
	})
}

func TestStoryPasteIsPlain(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(100, 30).detail(st.ID)
	w.press("c")
	w.send(tea.PasteMsg{Content: "line one\nline \x1b]52;c;aGk=\atwo"})
	w.press("ctrl+s")
	w.see("Comments 1")
	if d := w.read(st.ID); d.Comments[0].Text != "line one\nline two" {
		t.Errorf("comment = %q", d.Comments[0].Text)
	}
}

func TestStoryMovesAlongInDetail(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, -1)
	w.start(120, 40).detail(st.ID)
	w.press("s")
	w.see("needs an estimate first")
	w.press("p").write("2")
	w.see("s Start")
	w.press("s")
	w.see("s Finish")
	w.press("s")
	w.see("s Deliver")
	w.press("s")
	w.see("x Reject")
	w.press("x").write("It loops").press("enter")
	w.see("s Restart")
	w.see("It loops")
	w.see("rejected")
	if d := w.read(st.ID); d.Story.State != tracker.Rejected || len(d.Comments) != 1 {
		t.Errorf("state %s, comments %v", d.Story.State, d.Comments)
	}
}

func TestStoryLinksInDetail(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("U")
	w.see("has no linked ticket")
	w.press("L").write("7777").press("enter")
	w.see("no ticket #7777")
	w.press("L").write("1042").press("enter")
	w.see("S-1 linked to #1042")
	w.press("L").write("#1039").press("enter")
	w.see("Tickets 2")
	w.press("o")
	w.see("Which ticket?")
	w.press("down", "enter")
	w.see("Opened https://acme.zendesk.com/agent/tickets/1039")
	if len(w.opened) != 1 {
		t.Errorf("opened %v", w.opened)
	}
	w.press("U")
	w.see("Unlink which ticket?")
	w.press("enter", "y")
	w.see("Tickets 1")
}

func TestStoryUnlinkAsksAgainForUnsentComments(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1042)
	if _, err := w.svc.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "on its way", ""); err != nil {
		t.Fatal(err)
	}
	w.start(120, 40).detail(st.ID)
	w.press("U", "y")
	w.see("1 private comment not sent")
	w.press("down", "enter")
	w.see("Tickets 0")
	if d := w.read(st.ID); d.Deliveries[0].State != tracker.DeliveryDropped {
		t.Errorf("the comment is %s", d.Deliveries[0].State)
	}
}

func TestStoryDeletedClosesDetail(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("D", "y")
	w.until("the board is back", func() bool { return w.onBoard() })
}

func TestStoryCountdownMoves(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	var passed atomic.Int64
	w.svc.Now = func() time.Time { return testNow().Add(time.Duration(passed.Load())) }
	st := w.linked(1042)
	w.start(120, 40)
	if _, err := w.svc.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "on its way", ""); err != nil {
		t.Fatal(err)
	}
	w.detail(st.ID)
	w.see("sending in 4 s")
	for left := 3; left > 0; left-- {
		passed.Add(int64(time.Second))
		w.send(pane.Ticked{})
		w.shows(fmt.Sprintf("sending in %d s", left))
	}
}

// A comment that was sent is shown whole, with its delivery's state, however
// long the story is.
func TestSentCommentIsInSight(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1039)
	long := strings.Repeat("A line of a long description.\n", 60)
	if _, err := w.svc.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Description: &long}); err != nil {
		t.Fatal(err)
	}
	w.start(50, 20).detail(st.ID)
	w.press("c").write("Found it: the cursor is closed too early, and nobody had looked there before. Fixed.").press("ctrl+s")
	w.see("sending in")
	w.shows("Fixed.")
}

// Who waits for a ticket is shown short its subject and long their names.
func TestTicketShowsWhoWaits(t *testing.T) {
	tickets := usual()
	tickets[0].Subject, tickets[0].Organization, tickets[0].Requester = "Refund", "Bellwether Bakery Co-operative of the North", "Noah Whitcombe"
	w := newWorld(t).withTickets(tickets...)
	st := w.linked(1042)
	w.start(100, 30).detail(st.ID)
	w.see("waits 2h ┃")
	w.shows("Bellwether Bakery Co-operative of the North · Noah Whitcombe")
}

// A story that is started in the Icebox is selected in the Backlog, where it
// goes, and takes the focus along; the Icebox keeps a cursor of its own.
func TestStartedStoryIsSelectedInTheBacklog(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"One", "Two"} {
		w.story(name, tracker.Backlog, 1)
	}
	w.story("Three", tracker.Icebox, 1)
	w.story("Four", tracker.Icebox, 1)
	w.start(140, 30)
	w.press("2", "G", "3", "g", "s")
	w.see("S-3 is started")
	w.idle()
	if at := w.part(intent.PaneBacklog).Selected; at != tracker.StoryID(3) {
		t.Errorf("%v is selected in the Backlog", at)
	}
	if at := w.part(intent.PaneIcebox).Selected; at != tracker.StoryID(4) || w.focus() != intent.PaneBacklog {
		t.Errorf("%v is selected in the Icebox, the focus is in %s", at, w.focus())
	}
}

// A table in a description has its columns below each other, as in a
// conversation.
func TestTablesInADescriptionAreAligned(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	text := "plan | seats\nTeam | 5\nEnterprise | 1,200"
	if _, err := w.svc.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Description: &text}); err != nil {
		t.Fatal(err)
	}
	w.start(120, 40).detail(st.ID)
	w.shows("plan       | seats")
	w.shows("Team       | 5")
}
