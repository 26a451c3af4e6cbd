package ui

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
)

// ticketsOf are the tickets of a story.
func (w *world) ticketsOf(id tracker.StoryID) []tracker.TicketID {
	w.t.Helper()
	var ids []tracker.TicketID
	for _, l := range w.read(id).Story.Tickets {
		ids = append(ids, l.Ticket.ID)
	}
	return ids
}

// A ticket finds its story by words or by number, and a story its ticket.
func TestLinkWhileTyping(t *testing.T) {
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
			w := newWorld(t).withTickets(usual()...)
			w.story("Export", tracker.Icebox, 1)
			w.story("Dark mode for reports", tracker.Icebox, 1)
			w.story("Old", tracker.Icebox, 1, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept)
			outside := ticketOf(77, tracker.TicketOpen, 0, "Not in the view")
			outside.Host = "acme.zendesk.com"
			w.account.tickets = append(slices.Clone(w.account.tickets), outside)
			w.start(140, 30)
			w.press(test.focus, "L").write(test.typed).press("enter")
			w.see(" linked to ")
			w.idle()
			if got := w.ticketsOf(test.story); !slices.Equal(got, []tracker.TicketID{test.ticket}) {
				t.Errorf("%s has %v; the screen:\n%s", test.story, got, w.screen())
			}
			w.press("u")
			w.see("Undone: ")
			if got := w.ticketsOf(test.story); len(got) != 0 {
				t.Errorf("after undo %s has %v", test.story, got)
			}
		})
	}
}

func TestLinkToWhatDoesNotExist(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(1).start(140, 30)
	w.press("L").write("99")
	w.see("the story with this number")
	w.press("enter")
	w.see("there is no story S-99")
	w.press("3", "L").write("4711")
	w.see("a ticket of Support that is not loaded yet")
	w.press("enter")
	w.see("acme.zendesk.com has no ticket #4711")
}

// A ticket whose like is there becomes a story all the same, at once; L then
// ties it to the other one and takes the new one away.
func TestLinkInsteadOfTheStoryJustMade(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("SSO login loop", tracker.Icebox, 1)
	w.start(140, 30)
	w.press("b")
	w.see("S-2 created · L links to S-1 “SSO login loop” instead · u undo")
	w.idle()
	w.press("L")
	w.see("Link #1042 to a story instead of S-2")
	w.see("Similar")
	w.press("enter")
	w.see("Linked to S-1; S-2 removed · u undo")
	w.idle()
	if got := w.ticketsOf(1); !slices.Equal(got, []tracker.TicketID{1042}) {
		t.Errorf("S-1 has %v", got)
	}
	if got := w.board().Backlog; len(got) != 0 {
		t.Errorf("the Backlog holds %s", cardNames(got))
	}
	// The next change ends the offer.
	w.press("j", "b")
	w.see("Story S-3 created from #1039")
	w.idle()
	w.press("2", "p", "1")
	w.see("S-3: 1 point ")
	w.idle()
	w.press("1", "L")
	w.see("Link #1039 to a story ━")
}

func TestMarkedStoriesAreLinkedAndUnlinked(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(3).start(140, 30)
	w.press("3", "ctrl+a", "L").write("1042").press("enter")
	w.see("S-1, S-2 and S-3 linked to #1042")
	w.idle()
	w.press("ctrl+a", "U")
	w.see("Unlink which ticket from 3 stories?")
	w.press("enter")
	w.see("#1042 unlinked · u undo")
	w.idle()
	w.press("u")
	w.see("Undone: 3 stories unlinked")
	if got := w.ticketsOf(3); len(got) != 1 {
		t.Errorf("S-3 has %v", got)
	}
}

// What is typed before the stories are read is a search, not a command.
func TestLinkTakesWhatIsTypedAtOnce(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("Dark mode", tracker.Icebox, 1)
	w.start(140, 30)
	w.press("L").write("dark")
	w.see("S-1         Dark mode")
	w.press("esc")
	if !w.onBoard() {
		t.Error("it stays open")
	}
}

// The tickets that look like a story come first, those that it has excepted.
func TestLinkOffersTicketsThatLookAlike(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.story("The login on SSO loops", tracker.Icebox, 1)
	w.start(140, 30).press("3", "L")
	w.see("Similar")
	w.see("Other tickets")
	w.press("enter")
	w.see("S-1 linked to #1042")
	w.idle()
	w.press("L")
	w.see("S-1 unscheduled")
	if strings.Contains(w.screen(), "Similar") {
		t.Errorf("the ticket that it is linked to is offered again:\n%s", w.screen())
	}
}

// U on a ticket unlinks it, on the board and in its detail, and asks from which
// of several stories.
func TestTicketIsUnlinked(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(2).start(140, 30)
	w.press("U")
	w.see("#1042 has no linked story")
	w.press("3", "ctrl+a", "L").write("1042").press("enter")
	w.see("S-1 and S-2 linked to #1042")
	w.idle()
	w.press("1", "U")
	w.see("Unlink #1042 from which story?")
	w.write("S-2").press("enter")
	w.see("Unlink #1042 from S-2?")
	w.press("y")
	w.see("S-2 unlinked from #1042 · u undo")
	w.idle()
	if got := w.ticketsOf(2); len(got) != 0 {
		t.Errorf("S-2 has %v", got)
	}
	w.press("enter")
	w.see("Stories 1")
	w.press("U")
	w.see("Unlink #1042 from S-1?")
	w.press("y")
	w.see("Stories 0")
	w.press("U")
	w.see("#1042 has no linked story")
	w.press("esc", "space", "space", "U")
	w.see("Unlink one ticket at a time; 2 are marked")
}
