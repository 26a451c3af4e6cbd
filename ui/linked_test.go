package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// What is done to a ticket that has a story is done to the story, on the board and in
// the ticket's detail, and names it.
func TestStoryActionsOnATicket(t *testing.T) {
	t.Parallel()
	for name, open := range map[string][]string{"board": nil, "detail": {"enter"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := linkedTicket(t)
			w.Press(open...)
			if open != nil {
				w.detailRead()
			}
			w.See("s start S-1")
			w.Press("s")
			w.See("S-1 is started")
			w.See("s finish S-1")
			w.Press("p", "3")
			w.See("S-1: 3 points")
			w.Idle()
			w.Press("s")
			w.See("S-1 is finished")
			w.Press("s")
			w.See("S-1 is delivered")
			w.Press("x")
			w.See("Why is S-1 rejected?")
			w.Write("Still empty").Press("enter")
			w.See("S-1 is rejected")
			w.Press("c")
			w.See("New comment")
			w.Write("Looking again").Press("ctrl+s")
			w.See("comment on S-1 saved")
			w.Idle()
			d := w.read(1)
			if d.Story.State != tracker.Rejected || len(d.Comments) != 2 || *d.Story.Estimate != 3 {
				t.Errorf("S-1 is %+v with %d comments", d.Story, len(d.Comments))
			}
		})
	}
}

// A ticket without a story says what makes one, as before; so do marked ones of which
// one has none.
func TestStoryActionsNeedAStory(t *testing.T) {
	t.Parallel()
	w := linkedTicket(t)
	w.Press("j")
	if strings.Contains(w.Screen(), "start S-1") {
		t.Error("the footer offers the story of another ticket")
	}
	w.Press("s")
	w.See("This is a ticket. Press b or i to create a story from it")
	w.Press("ctrl+a", "s")
	w.See("has no story")
}

// Of several stories one is chosen, and refuses what it cannot do.
func TestOneOfSeveralStoriesOfATicket(t *testing.T) {
	t.Parallel()
	w := linkedTicket(t)
	if _, err := w.Service.Stories.LinkTickets(t.Context(), []tracker.StoryID{2}, w.In, []tracker.TicketID{1042}); err != nil {
		t.Fatal(err)
	}
	w.Press("r").Idle()
	w.Press("s")
	w.See("Which story of #1042?")
	w.Write("Another").Press("enter")
	w.See("S-2 is started")
	w.Idle()
	if got := w.states(); got != "Another started" {
		t.Errorf("the Backlog holds %s", got)
	}
	w.Press("x")
	w.See("only a delivered story can be rejected; S-1 is unscheduled")
}

// z opens the story where it stands.
func TestAStoryOfATicketOpensInPlace(t *testing.T) {
	t.Parallel()
	w := linkedTicket(t)
	w.Press("z")
	w.Until("the story is open in place", func() bool { return w.Sight().Board.Unfolded })
	if at := w.Sight().Board; at.Focus != intent.PaneIcebox || at.Parts[intent.PaneIcebox].Selected != tracker.StoryID(1) {
		t.Errorf("the cursor is on %v in %s", at.Parts[intent.PaneIcebox].Selected, at.Focus)
	}
}

// Marked tickets pass an action on to the story of each.
func TestStoryActionsOnMarkedTickets(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	for i, id := range []tracker.TicketID{1042, 1039} {
		st := w.Story("Story", tracker.Backlog, 1)
		if _, err := w.Service.Stories.LinkTickets(t.Context(), []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{id}); err != nil {
			t.Fatal(i, err)
		}
	}
	w.Start(140, 30)
	w.Press("space", "space", "s")
	w.See("Start 2 stories?")
	w.Press("y")
	w.See("2 stories started")
	w.Idle()
	if got := w.states(); got != "Story started, Story started" {
		t.Errorf("the Backlog holds %s", got)
	}
}
