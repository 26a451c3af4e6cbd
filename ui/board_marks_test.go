package ui_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// Rows are marked through one filter after another: esc clears the filter first,
// and the marks only then.
func TestMarksThroughSeveralFilters(t *testing.T) {
	t.Parallel()
	w := uitest.New(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("/").Write("login").Press("enter", "space", "esc", "/").Write("refund").Press("enter", "space")
	w.Shows("1/2 marked · 1 of 4")
	w.Press("esc")
	w.Shows("2 marked · 4")
	w.Press("b", "e")
	w.See("2 stories created from 2 tickets")
	w.Idle()
	stored, err := w.Service.Stories.Columns(t.Context(), w.Project.ID)
	if err != nil {
		t.Fatal(err)
	}
	if b := stored.Backlog; len(b) != 2 || b[0].Name != "Login loops on SSO" || b[1].Name != "Refund page 404" {
		t.Errorf("the Backlog holds %+v", b)
	}
	w.Press("space", "esc")
	if n := len(w.Part(intent.PaneBacklog).Marked) + len(w.Part(intent.PaneTickets).Marked); n != 0 {
		t.Errorf("%d marks stay", n)
	}
	before := w.Screen()
	w.Press("esc").Idle()
	if after := w.Screen(); after != before {
		t.Errorf("esc changed the screen:\n%s", after)
	}
}

// Marks on what is hidden are counted apart and outlive a refresh.
func TestMarksOutliveARefresh(t *testing.T) {
	t.Parallel()
	w := uitest.New(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("space", "G", "space")
	w.Account.List = append([]tracker.Ticket{uitest.Ticket(2000, tracker.TicketNew, 0, "Just in")}, w.Account.List[:3]...)
	w.Account.List[0].Host = "acme.zendesk.com"
	w.Press("r")
	w.See("#2000")
	w.See("1 marked · 4") // the other one has left the view
	w.Idle()
	w.Send(uitest.Size(60, 20))
	w.Shows("1 marked · 4")
}

// Where two panes have room, marks are counted beside the name of the third one.
func TestMarksAreCountedBesideTheTab(t *testing.T) {
	t.Parallel()
	w := uitest.New(t).WithTickets(uitest.Usual()...)
	for range 3 {
		w.Story("Alpha", tracker.Backlog, 1)
	}
	w.Start(80, 24).Press("2", "space", "space")
	w.Shows("3 Icebox ━━━ 2 marked ━")
	w.Press("esc")
	w.Shows("3 Icebox ━━━━━━━━━━ 3 ━")
}
