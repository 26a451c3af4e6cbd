package ui_test

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

// ticketsOf are the tickets of a story.
func (w *world) ticketsOf(id tracker.StoryID) []tracker.TicketID {
	w.T.Helper()
	var ids []tracker.TicketID
	for _, l := range w.read(id).Story.Tickets {
		ids = append(ids, l.Ticket.ID)
	}
	return ids
}

// A ticket finds its story by words or by number, and a story its ticket.
func TestLinkWhileTyping(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		focus, typed string
		story        tracker.StoryID
		ticket       tracker.TicketID
	}{
		"ticket to story by words":      {"1", "dark mode", 2, 1042},
		"ticket to story by number":     {"1", "S-2", 2, 1042},
		"ticket to story, bare number":  {"1", "2", 2, 1042},
		"ticket to an accepted story":   {"1", "3", 3, 1042},
		"story to ticket by words":      {"3", "csv export", 1, 1039},
		"story to ticket by number":     {"3", "1031", 1, 1031},
		"story to ticket outside views": {"3", "#77", 1, 77},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).WithTickets(uitest.Usual()...)
			w.Story("Export", tracker.Icebox, 1)
			w.Story("Dark mode for reports", tracker.Icebox, 1)
			w.Story("Old", tracker.Icebox, 1, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept)
			outside := uitest.Ticket(77, tracker.TicketOpen, 0, "Not in the view")
			outside.Host = "acme.zendesk.com"
			w.Account.List = append(slices.Clone(w.Account.List), outside)
			w.Start(140, 30)
			w.Press(test.focus, "L").Write(test.typed).Press("enter")
			w.See(" linked to ")
			w.Idle()
			if got := w.ticketsOf(test.story); !slices.Equal(got, []tracker.TicketID{test.ticket}) {
				t.Errorf("%s has %v; the screen:\n%s", test.story, got, w.Screen())
			}
			w.Press("u")
			w.See("Undone: ")
			if got := w.ticketsOf(test.story); len(got) != 0 {
				t.Errorf("after undo %s has %v", test.story, got)
			}
		})
	}
}

func TestLinkToWhatDoesNotExist(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(1).Start(140, 30)
	w.Press("L").Write("99")
	w.See("the story with this number")
	w.Press("enter")
	w.See("there is no story S-99")
	w.Press("3", "L").Write("4711")
	w.See("a ticket of Support that is not loaded yet")
	w.Press("enter")
	w.See("acme.zendesk.com has no ticket #4711")
}

// A ticket whose like is there becomes a story all the same, at once; L then
// ties it to the other one and takes the new one away.
func TestLinkInsteadOfTheStoryJustMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("SSO login loop", tracker.Icebox, 1)
	w.Start(140, 30)
	w.Press("b")
	w.See("S-2 created · L links to S-1 “SSO login loop” instead · u undo")
	w.Idle()
	w.Press("L")
	w.See("Link #1042 to a story instead of S-2")
	w.See("Similar")
	w.Press("enter")
	w.See("Linked to S-1; S-2 removed · u undo")
	w.Idle()
	if got := w.ticketsOf(1); !slices.Equal(got, []tracker.TicketID{1042}) {
		t.Errorf("S-1 has %v", got)
	}
	if got := w.board().Backlog; len(got) != 0 {
		t.Errorf("the Backlog holds %s", cardNames(got))
	}
	// The next change ends the offer.
	w.Press("b")
	w.See("Story S-3 created from #1039")
	w.Idle()
	w.Press("2", "p", "1")
	w.See("S-3: 1 point ")
	w.Idle()
	w.Press("1", "k", "L")
	w.See("Link #1039 to a story ━")
}

func TestMarkedStoriesAreLinkedAndUnlinked(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(3).Start(140, 30)
	w.Press("3", "ctrl+a", "L").Write("1042").Press("enter")
	w.See("S-1, S-2 and S-3 linked to #1042")
	w.Idle()
	w.Press("ctrl+a", "U")
	w.See("Unlink which ticket from 3 stories?")
	w.Press("enter")
	w.See("#1042 unlinked · u undo")
	w.Idle()
	w.Press("u")
	w.See("Undone: 3 stories unlinked")
	if got := w.ticketsOf(3); len(got) != 1 {
		t.Errorf("S-3 has %v", got)
	}
}

// What is typed before the stories are read is a search, not a command.
func TestLinkTakesWhatIsTypedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("Dark mode", tracker.Icebox, 1)
	w.Start(140, 30)
	w.Press("L").Write("dark")
	w.See("S-1         Dark mode")
	w.Press("esc")
	if !w.OnBoard() {
		t.Error("it stays open")
	}
}

// The tickets that look like a story come first, those that it has excepted.
func TestLinkOffersTicketsThatLookAlike(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("The login on SSO loops", tracker.Icebox, 1)
	w.Start(140, 30).Press("3", "L")
	w.See("Similar")
	w.See("Other tickets")
	w.Press("enter")
	w.See("S-1 linked to #1042")
	w.Idle()
	w.Press("L")
	w.See("S-1 unscheduled")
	if strings.Contains(w.Screen(), "Similar") {
		t.Errorf("the ticket that it is linked to is offered again:\n%s", w.Screen())
	}
}

// U on a ticket unlinks it, on the board and in its detail, and asks from which
// of several stories.
func TestTicketIsUnlinked(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(2).Start(140, 30)
	w.Press("U")
	w.See("#1042 has no linked story")
	w.Press("3", "ctrl+a", "L").Write("1042").Press("enter")
	w.See("S-1 and S-2 linked to #1042")
	w.Idle()
	w.Press("1", "U")
	w.See("Unlink #1042 from which story?")
	w.Write("S-2").Press("enter")
	w.See("Unlink #1042 from S-2?")
	w.Press("y")
	w.See("S-2 unlinked from #1042 · u undo")
	w.Idle()
	if got := w.ticketsOf(2); len(got) != 0 {
		t.Errorf("S-2 has %v", got)
	}
	w.Press("enter")
	w.See("Stories 1")
	w.Press("U")
	w.See("Unlink #1042 from S-1?")
	w.Press("y")
	w.See("Stories 0")
	w.Press("U")
	w.See("#1042 has no linked story")
	w.Press("esc", "space", "space", "U")
	w.See("Unlink one ticket at a time; 2 are marked")
}
