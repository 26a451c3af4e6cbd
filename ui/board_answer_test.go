package ui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/intent"
	"storydesk/ui/setting"
	"storydesk/ui/uitest"
)

// accept makes a story of tickets and takes it through all states.
func (w *world) accept(tickets ...tracker.TicketID) tracker.Story {
	w.T.Helper()
	st := w.linked(tickets...)
	if _, err := w.Service.Stories.Estimate(w.T.Context(), []tracker.Seen{{ID: st.ID}}, new(2.0)); err != nil {
		w.T.Fatal(err)
	}
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept} {
		if _, err := w.Service.Stories.Transition(w.T.Context(), []tracker.Seen{{ID: st.ID}}, a, ""); err != nil {
			w.T.Fatal(err)
		}
	}
	return st
}

// refreshed reads the view again.
func (w *world) refreshed() *world {
	w.T.Helper()
	if err := w.Service.Views.RefreshView(w.T.Context(), w.In.ID); err != nil {
		w.T.Fatal(err)
	}
	return w
}

// waitingSince notes since when the customers of tickets wait, by their place in the view.
func (w *world) waitingSince(hours ...int) *world {
	w.T.Helper()
	for i, h := range hours {
		w.Account.List[i].Progress = tracker.Progress{Told: true, RepliedAt: uitest.Now().Add(-time.Duration(h) * time.Hour)}
	}
	return w.refreshed()
}

// To answer shows the tickets that are not solved although all their stories are accepted,
// those first that wait longest, with their stories; all that can be done to a ticket can
// be done to them there.
func TestToAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(
		uitest.Ticket(5, tracker.TicketOpen, 5*time.Hour, "Login loops"), uitest.Ticket(4, tracker.TicketPending, 5*time.Hour, "Export is empty"),
		uitest.Ticket(3, tracker.TicketHold, 5*time.Hour, "Refund page 404"), uitest.Ticket(2, tracker.TicketOpen, 5*time.Hour, "Dark mode"))
	w.waitingSince(2, 1, 9, 1)
	st := w.accept(5, 4, 3)
	w.linked(2)
	w.Start(120, 30).Press("7")
	w.Until("the tickets stand there, those first that wait longest", func() bool {
		rows := w.rows(intent.PaneAnswer)
		return len(rows) == 3 && rows[0] == tracker.TicketID(3) && rows[1] == tracker.TicketID(5) && rows[2] == tracker.TicketID(4)
	})
	w.Idle()
	first, name := w.Row("Refund page 404"), w.read(st.ID).Story.Name
	for _, want := range []string{"9h", st.ID.String()} {
		if !strings.Contains(first, want) {
			t.Errorf("%q is not in %q", want, first)
		}
	}
	w.Press("t", "3", "w", "7") // without two other panes there is room for the story's name
	w.Idle()
	if row := w.Row("Refund page 404"); !strings.Contains(row, st.ID.String()+" "+name[:5]) {
		t.Errorf("the row does not name the story %q: %q", name, row)
	}
	w.Press("enter").See("Refund page 404")
	if got := w.Sight().Layers; got != 2 {
		t.Fatalf("%d layers are open", got)
	}
	w.Press("esc", "X", "enter").See("#3 dismissed")
	w.Until("the ticket has left", func() bool { return len(w.rows(intent.PaneAnswer)) == 2 })
	w.Press("u")
	w.Until("it is back and selected", func() bool { return len(w.rows(intent.PaneAnswer)) == 3 && w.selected() == tracker.TicketID(3) })
	w.Press("/").Write("status:pending").Press("enter")
	w.Until("the filter shows one", func() bool { return len(w.rows(intent.PaneAnswer)) == 1 })
	w.Shows("1 of 3")
	w.Press("esc", "/").Write("nobody").Press("enter").See("No ticket matches")
	w.Press("esc", "ctrl+a")
	if n := w.marks(); n != 3 {
		t.Errorf("%d tickets are marked", n)
	}
}

// A ticket that has left the view is to be answered still, and is opened from there.
func TestToAnswerOutsideTheView(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.accept(1039)
	w.Start(120, 30).Press("7")
	w.Until("it stands there", func() bool { return len(w.rows(intent.PaneAnswer)) == 1 })
	list := w.Account.List
	w.Account.Change(func([]tracker.Ticket) []tracker.Ticket { return append(list[:1:1], list[2:]...) })
	w.refreshed()
	w.Until("it has left the view", func() bool { return len(w.rows(intent.PaneTickets)) == len(list)-1 })
	if rows := w.rows(intent.PaneAnswer); len(rows) != 1 || rows[0] != tracker.TicketID(1039) {
		t.Fatalf("to answer are %v", rows)
	}
	w.Press("enter").See("Export CSV is empty")
	if n := w.Sight().Layers; n != 2 {
		t.Errorf("%d layers are open", n)
	}
	w.Press("esc")
	list[1].Status, list[1].UpdatedAt = tracker.TicketSolved, uitest.Now()
	w.Account.Change(func([]tracker.Ticket) []tracker.Ticket { return list })
	w.refreshed()
	w.See("Empty. Tickets stand here")
}

// Demand shows the stories that nobody has accepted and that tickets ask for.
func TestDemand(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.accept(1039)
	st := w.linked(1042)
	w.Start(120, 30).Press("8")
	w.Until("Demand has its story", func() bool {
		rows := w.rows(intent.PaneDemand)
		return len(rows) == 1 && rows[0] == st.ID
	})
}

// Demand is sorted by organisations, by tickets or by the customer who waits longest, as
// the config file says until another order is chosen, which is remembered.
func TestDemandIsSorted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var list []tracker.Ticket
	for i, organization := range []string{"Initech", "Initech", "Initech", "Globex", "Umbrella", "Initech"} {
		one := uitest.Ticket(tracker.TicketID(10+i), tracker.TicketOpen, 20*time.Hour, "Ticket")
		one.Organization = organization
		list = append(list, one)
	}
	w.WithTickets(list...).waitingSince(1, 2, 3, 4, 5, 9)
	tickets, organizations, waiting := w.linked(10, 11, 12).ID, w.linked(13, 14).ID, w.linked(15).ID
	w.Start(120, 30).Press("8")
	order := func(want ...any) {
		t.Helper()
		w.Until("the stories are in order", func() bool { return slices.Equal(w.rows(intent.PaneDemand), want) })
	}
	order(organizations, tickets, waiting)
	w.Shows("org.")
	w.Press("S").See("Sort Demand by")
	w.Write("tickets").Press("enter")
	order(tickets, organizations, waiting)
	w.Shows("8 Demand · by tickets")
	w.Press("S").See("most tickets first")
	w.Write("waiting").Press("enter")
	order(waiting, organizations, tickets)
	w.Shows("by waiting time")
	w.Idle()
	if saved := w.setting(setting.Demand); saved != "waiting" {
		t.Errorf("saved is %q", saved)
	}
	w.Start(120, 30).Press("8")
	order(waiting, organizations, tickets)
	for _, want := range []string{"wait", " 9h"} {
		w.Shows(want)
	}
	w.Press("7", "S").See("To answer begins with the ticket that waits longest")
	if err := w.Service.Settings.SaveSetting(t.Context(), setting.Demand, ""); err != nil {
		t.Fatal(err)
	}
	w.Options.Config = config.Config{Sort: map[string]string{"demand": "tickets"}}
	w.Start(120, 30)
	order(tickets, organizations, waiting)
}
