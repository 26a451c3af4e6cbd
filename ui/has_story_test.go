package ui_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// linkedTicket is a board whose first ticket, #1042, has the story S-1 in the Icebox.
func linkedTicket(t *testing.T) *world {
	t.Helper()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Single sign-on", tracker.Icebox, 1)
	w.Story("Another", tracker.Backlog, 1)
	if _, err := w.Service.Stories.LinkTickets(t.Context(), []tracker.StoryID{1}, w.In, []tracker.TicketID{1042}); err != nil {
		t.Fatal(err)
	}
	w.Start(140, 30)
	return w
}

const threeWays = "#1042 has S-1 (unscheduled).  a another story  g go to S-1  l link to a story  esc cancel"

// Whatever is to be done with a ticket that has a story, one question has all answers.
func TestATicketWithAStoryIsAskedAboutOnce(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"b", "i", "B", "I", "m"} {
		t.Run(key, func(t *testing.T) {
			t.Parallel()
			w := linkedTicket(t)
			w.Press(key)
			w.See(threeWays)
			w.Press("g")
			w.See("Single sign-on")
			if w.OnBoard() {
				t.Error("g does not open the story")
			}
			w.Press("esc", key, "l")
			w.See("Link #1042 to a story")
			w.Press("esc", key, "esc")
			w.Idle()
			if got := len(w.board().Backlog) + len(w.board().Icebox); got != 2 || w.Sight().Board.Moving {
				t.Errorf("there are %d stories, moving %v", got, w.Sight().Board.Moving)
			}
		})
	}
}

// The keys that decide go on to the next ticket once another story was asked for; what
// is moved has its place chosen then, and is not asked about again.
func TestAnotherStoryOfATicket(t *testing.T) {
	t.Parallel()
	w := linkedTicket(t)
	tickets := w.Part(intent.PaneTickets).Rows
	w.Press("b", "a")
	w.See("Story S-3 created from #1042")
	w.Idle()
	if at := w.Part(intent.PaneTickets).Selected; at != tickets[1] {
		t.Errorf("the cursor is on %v", at)
	}
	w.Press("k", "m")
	w.See("#1042 has 2 stories.  a another story  g go to one")
	w.Press("a")
	w.See("#1042 → Backlog")
	w.Press("G", "enter")
	w.See("Story S-4 created from #1042")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Login loops on SSO, Another, Login loops on SSO" {
		t.Errorf("the Backlog holds %s", got)
	}
	// Of several stories one is chosen.
	w.Press("1", "g", "b", "g")
	w.See("Stories of #1042")
	w.Press("enter")
	w.See("S-1")
	w.Idle()
	if w.OnBoard() {
		t.Error("no story is open")
	}
}
