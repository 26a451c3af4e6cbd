package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
)

// sorted lists the numbers of tickets in an order.
func sorted(o tracker.TicketOrder, view []tracker.TicketRow) string {
	rows := slices.Clone(view)
	search.Sort(o, rows)
	var ids []string
	for _, r := range rows {
		ids = append(ids, fmt.Sprint(int(r.ID)))
	}
	return strings.Join(ids, " ")
}

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
		if got := sorted(order, view); got != want {
			t.Errorf("%s: %v, want %s", order, got, want)
		}
	}
}

func at(hour int) time.Time { return time.Unix(0, 0).Add(time.Duration(hour) * time.Hour) }

func TestTicketsBySLA(t *testing.T) {
	t.Parallel()
	slas := []tracker.SLA{
		{}, {Told: true}, {Told: true, Metric: "requester_wait_time", Paused: true}, {Told: true, Metric: "next_reply_time", BreachAt: at(9)},
		{Told: true, Metric: "first_reply_time", BreachAt: at(3)}, {Told: true, Metric: "next_reply_time", BreachAt: at(9)},
		{Told: true, Metric: "next_reply_time", BreachAt: at(1), Paused: true},
	}
	view := make([]tracker.TicketRow, len(slas))
	for i, sla := range slas {
		view[i].ID, view[i].SLA = tracker.TicketID(i+1), sla
	}
	if got := sorted(tracker.OrderSLA, view); got != "5 4 6 7 3 1 2" {
		t.Errorf("by SLA: %s", got)
	}
}

func TestTicketsByWaiting(t *testing.T) {
	t.Parallel()
	row := func(id tracker.TicketID, status tracker.TicketStatus, replied int) tracker.TicketRow {
		r := tracker.TicketRow{Ticket: tracker.Ticket{Status: status, Progress: tracker.Progress{Told: true, RepliedAt: at(replied)}}}
		r.ID = id
		return r
	}
	view := []tracker.TicketRow{
		row(1, tracker.TicketPending, 1), row(2, tracker.TicketOpen, 7), row(3, tracker.TicketHold, 4), {Ticket: tracker.Ticket{Status: tracker.TicketOpen}},
		row(5, tracker.TicketNew, 7), row(6, tracker.TicketSolved, 2), row(7, "of our own", 6),
	}
	if got := sorted(tracker.OrderWaiting, view); got != "3 7 2 5 1 0 6" {
		t.Errorf("by waiting: %s", got)
	}
}

// Every order keeps all tickets, comes to the same when it is applied again, and
// leaves equal tickets in the view's order.
func TestOrdersAreStable(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.IntRange(0, 2)
		view := make([]tracker.TicketRow, rapid.IntRange(0, 12).Draw(t, "tickets"))
		for i := range view {
			r := &view[i]
			r.ID, r.Priority = tracker.TicketID(i), []string{"", "low", "urgent"}[few.Draw(t, "priority")]
			r.Status = []tracker.TicketStatus{tracker.TicketNew, tracker.TicketOpen, tracker.TicketPending}[few.Draw(t, "status")]
			r.Requester, r.Organization = []string{"", "Ada", "ada"}[few.Draw(t, "requester")], []string{"", "Acme", "Navy"}[few.Draw(t, "organisation")]
			r.CreatedAt, r.UpdatedAt, r.Progress.RepliedAt = at(few.Draw(t, "made")), at(few.Draw(t, "changed")), at(few.Draw(t, "replied"))
			r.SLA = []tracker.SLA{{}, {Metric: "m", BreachAt: at(1)}, {Metric: "m", Paused: true}}[few.Draw(t, "SLA")]
		}
		o := rapid.SampledFrom(search.TicketOrders()).Draw(t, "order")
		once := slices.Clone(view)
		search.Sort(o, once)
		again := slices.Clone(once)
		search.Sort(o, again)
		seen := map[tracker.TicketID]bool{}
		for i := range once {
			seen[once[i].ID] = true
			if once[i].ID != again[i].ID {
				t.Fatalf("%s is not the same when it is applied again", o)
			}
			pair := []tracker.TicketRow{once[i], once[max(0, i-1)]}
			if search.Sort(o, pair); i > 0 && pair[0].ID == once[i].ID && once[i].ID < once[i-1].ID {
				t.Fatalf("%s: %d comes behind %d, and neither is before the other", o, once[i].ID, once[i-1].ID)
			}
		}
		if len(seen) != len(view) {
			t.Fatalf("%s leaves %d of %d tickets", o, len(seen), len(view))
		}
	})
}

// A wrong order is refused with the nearest one.
func TestOrdersThatThereAreNot(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"prioritty":    "did you mean priority?",
		"slas":         "did you mean sla?",
		"organization": "did you mean organisation?",
		"wait":         "did you mean waiting?",
		"mood":         "organisation or status",
	} {
		_, err := search.ParseTicketOrder(text)
		if e := trackertest.AsError(t, err); e.Field != "sort" || !strings.HasSuffix(e.Message, want) {
			t.Errorf("%s: %+v", text, e)
		}
	}
}

// An order by what Zendesk does not tell is not offered.
func TestOrdersThatAreOffered(t *testing.T) {
	t.Parallel()
	var list tracker.TicketList
	offered := func(o tracker.TicketOrder) bool { return slices.Contains(search.OrdersOf(list), o) }
	list.Tickets = make([]tracker.TicketRow, 2)
	if offered(tracker.OrderSLA) || offered(tracker.OrderWaiting) || !offered(tracker.OrderPriority) {
		t.Errorf("nothing told: %v", search.OrdersOf(list))
	}
	list.Tickets[1].SLA.Told = true
	if !offered(tracker.OrderSLA) || offered(tracker.OrderWaiting) {
		t.Errorf("SLAs told: %v", search.OrdersOf(list))
	}
	list.Tickets[0].Progress.Told = true
	if !slices.Equal(search.OrdersOf(list), search.TicketOrders()) {
		t.Errorf("all told: %v", search.OrdersOf(list))
	}
}
