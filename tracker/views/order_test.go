package views_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
)

func TestTicketOrders(t *testing.T) {
	row := func(id tracker.TicketID, made, changed int, priority, status, requester, organization string) tracker.TicketRow {
		r := tracker.TicketRow{Ticket: tracker.Ticket{
			Priority: priority, Status: tracker.TicketStatus(status), Requester: requester, Organization: organization,
			CreatedAt: time.Unix(int64(made), 0), UpdatedAt: time.Unix(int64(changed), 0),
		}}
		r.ID = id
		return r
	}
	view := []tracker.TicketRow{
		row(1, 30, 40, "low", "open", "Zoe", ""), row(2, 10, 50, "", "new", "adam", "Acme"),
		row(3, 20, 45, "urgent", "of our own", "", "acme"), row(4, 20, 20, "high", "closed", "Bea", "Globex"),
	}
	for order, want := range map[tracker.TicketOrder]string{
		tracker.OrderView: "1 2 3 4", tracker.OrderNewest: "1 3 4 2", tracker.OrderOldest: "2 3 4 1", tracker.OrderUpdated: "2 3 1 4",
		tracker.OrderPriority: "3 4 1 2", tracker.OrderStatus: "2 1 4 3", tracker.OrderRequester: "2 4 1 3", tracker.OrderOrganization: "2 3 4 1",
	} {
		rows := append([]tracker.TicketRow(nil), view...)
		search.Sort(order, rows)
		var got []string
		for _, r := range rows {
			got = append(got, fmt.Sprint(int(r.ID)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", order, got, want)
		}
	}
}

func TestTicketOrderIsRemembered(t *testing.T) {
	w := world{trackertest.New(t)}
	order := func() tracker.TicketOrder {
		o, err := w.Engine.Views.TicketOrder(t.Context(), w.In.ID)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for _, o := range []tracker.TicketOrder{tracker.OrderPriority, tracker.OrderView} {
		if err := w.Engine.Views.SetTicketOrder(t.Context(), w.In.ID, o); err != nil || order() != o {
			t.Errorf("%s came back as %s, %v", o, order(), err)
		}
	}
	key := fmt.Sprintf("ticket_order_%d", w.In.ID)
	if kept, err := w.Engine.Settings.Setting(t.Context(), key); err != nil || kept != "" {
		t.Errorf("the view's order is kept as %q, %v", kept, err)
	}
	if err := w.Engine.Settings.SaveSetting(t.Context(), key, "by mood"); err != nil || order() != tracker.OrderView {
		t.Errorf("an unknown order is %s, %v", order(), err)
	}
	if _, err := tracker.ParseTicketOrder("by mood"); trackertest.AsError(t, err).Field != "sort" {
		t.Errorf("by mood: %v", err)
	}
}
