package search

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
)

// Sort puts tickets that are in the view's order into another one.
func Sort(o tracker.TicketOrder, tickets []tracker.TicketRow) {
	var order func(a, b *tracker.TicketRow) int
	switch o {
	case tracker.OrderNewest:
		order = func(a, b *tracker.TicketRow) int { return b.CreatedAt.Compare(a.CreatedAt) }
	case tracker.OrderOldest:
		order = func(a, b *tracker.TicketRow) int { return a.CreatedAt.Compare(b.CreatedAt) }
	case tracker.OrderUpdated:
		order = func(a, b *tracker.TicketRow) int { return b.UpdatedAt.Compare(a.UpdatedAt) }
	case tracker.OrderPriority:
		place := placesOf(fieldPriority)
		order = func(a, b *tracker.TicketRow) int { return cmp.Compare(place(a.Priority), place(b.Priority)) }
	case tracker.OrderStatus:
		place := placesOf(fieldStatus)
		order = func(a, b *tracker.TicketRow) int {
			return cmp.Compare(place(string(a.Status)), place(string(b.Status)))
		}
	case tracker.OrderSLA:
		order = func(a, b *tracker.TicketRow) int { return bySLA(a.SLA, b.SLA) }
	case tracker.OrderWaiting:
		order = func(a, b *tracker.TicketRow) int { return earlier(a.WaitingSince(), b.WaitingSince()) }
	case tracker.OrderRequester:
		order = func(a, b *tracker.TicketRow) int { return byName(a.Requester, b.Requester) }
	case tracker.OrderOrganization:
		order = func(a, b *tracker.TicketRow) int { return byName(a.Organization, b.Organization) }
	default:
		return
	}
	slices.SortStableFunc(tickets, func(a, b tracker.TicketRow) int { return order(&a, &b) })
}

// bySLA compares targets by their breach: those that run or are breached come
// first, then those that are paused, then tickets without one.
func bySLA(a, b tracker.SLA) int {
	place := func(s tracker.SLA) int {
		switch {
		case s.Metric == "":
			return 2
		case s.Paused:
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(place(a), place(b)), earlier(a.BreachAt, b.BreachAt))
}

// earlier compares times; one that is not known comes last.
func earlier(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// placesOf tells the place of a value among those that a field of tickets can
// have, behind them for any other.
func placesOf(field string) func(value string) int {
	fields := searchFields(Tickets)
	values := fields[slices.IndexFunc(fields, func(f searchField) bool { return f.name == field })].values
	return func(value string) int {
		if i := slices.Index(values, value); i >= 0 {
			return i
		}
		return len(values)
	}
}

// byName compares names as people do, whatever their case; an empty one comes last.
func byName(a, b string) int {
	if (a == "") != (b == "") {
		return len(b) - len(a)
	}
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}
