package ui_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// S-14 is a story, #1042 a ticket, and a bare number what is on the board or, where that
// is neither, the story before the ticket.
func TestOpenByNumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("One", tracker.Icebox, -1)
	w.Start(140, 30)
	for text, want := range map[string]string{"#1031": "#1031", "1": "S-1", "s-1": "S-1", "1042": "#1042"} {
		w.Press("#").Write(text).Press("enter")
		w.See(want)
		if n := w.Sight().Layers; n != 2 {
			t.Errorf("%s opened %d layers", text, n)
		}
		w.Press("esc")
	}
	w.Press("#").Write("nonsense").Press("enter")
	w.See("is not a ticket or story number")
}

// What became of a ticket can be asked on every screen.
func TestOpenByNumberOnEveryScreen(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Story("One", tracker.Icebox, -1)
	for name, keys := range map[string][]string{
		"the deliveries": {"d"}, "the integrations": {","}, "a ticket": {"enter"}, "a story": {"3", "enter"},
	} {
		w.Start(140, 30).Press(keys...)
		w.Idle()
		if w.Sight().Layers != 2 {
			t.Fatalf("%s: %d layers", name, w.Sight().Layers)
		}
		w.Press("#").Write("#1039").Press("enter")
		w.See("Export CSV is empty")
		if n := w.Sight().Layers; n != 3 {
			t.Errorf("%s: %d layers", name, n)
		}
		w.Press("esc", "#").Write("S-1").Press("enter")
		w.See("S-1")
		w.Idle()
	}
}

// A number that is asked for beside a ticket is of that ticket's integration.
func TestNumbersBesideATicketAreOfItsIntegration(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	other := w.In
	other.ID, other.Name = 0, "Other"
	if err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.AddIntegration(&other) }); err != nil {
		t.Fatal(err)
	}
	w.Start(140, 30)
	w.visit(intent.OpenTicket{Integration: other.ID, ID: 1042}, "Login loops on SSO")
	w.Press("#").Write("#1039").Press("enter")
	w.See("Export CSV is empty")
	w.Idle()
	if on := w.Top().(pane.Pointing).Subject(); on.Integration != other.ID || on.Ticket != 1039 {
		t.Errorf("open is %+v, want ticket 1039 of integration %d", on, other.ID)
	}
}
