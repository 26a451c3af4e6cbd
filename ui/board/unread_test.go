package board_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/layout"
	"storydesk/ui/uitest"
)

// A ticket is new until it was on the screen or something was done to it, and again when
// it changes. The title counts.
func TestTicketsAreNewUntilTheyAreLookedAt(t *testing.T) {
	t.Parallel()
	w := uitest.New(t).WithTickets(uitest.Usual()...)
	w.Preview(layout.PreviewHidden)
	w.Start(140, 30)
	w.Shows("4 · 4 new")
	isNew := func(number string) bool { return strings.Contains(strings.Split(w.Row(number), number)[0], "•") }
	if !isNew("#1042") || !isNew("#1028") {
		t.Fatalf("tickets are not marked as new:\n%s", w.Screen())
	}
	w.Press("j", "enter")
	w.See("Conversation")
	w.Until("the ticket is read", func() bool {
		detail, ok := w.Top().(interface{ Working() bool })
		return ok && !detail.Working()
	})
	w.Press("esc")
	w.See("4 · 3 new")
	if isNew("#1039") || !isNew("#1042") {
		t.Errorf("a ticket whose detail was open:\n%s", w.Screen())
	}
	w.Press("k", "b")
	w.See("4 · 2 new")
	if isNew("#1042") {
		t.Errorf("a ticket that became a story:\n%s", w.Screen())
	}
	w.Press("j", "o")
	w.See("4 · 1 new")
	w.Idle()
	w.Account.List[1].UpdatedAt = w.Account.List[1].UpdatedAt.Add(time.Hour)
	w.Press("r")
	w.See("4 · 2 new")
	if !isNew("#1039") {
		t.Errorf("a ticket that changed since:\n%s", w.Screen())
	}
}

// The preview marks a ticket as seen when the cursor has rested on it, not when it passes.
func TestThePreviewMarksAsSeen(t *testing.T) {
	t.Parallel()
	w := uitest.New(t).WithTickets(uitest.Usual()...)
	w.Preview(layout.PreviewShown)
	w.Start(160, 30)
	w.See("4 · 3 new")
	w.Press("j", "j", "j")
	w.See("4 · 2 new")
	w.Idle()
	list, err := w.Service.Views.Tickets(t.Context(), w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, ticket := range list.Tickets {
		if want := ticket.ID != 1042 && ticket.ID != 1028; ticket.Unread != want {
			t.Errorf("%s is new: %v, want %v", tracker.TicketID(ticket.ID), ticket.Unread, want)
		}
	}
}
