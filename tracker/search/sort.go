package search

import (
	"cmp"
	"slices"
	"strings"

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
	case tracker.OrderRequester:
		order = func(a, b *tracker.TicketRow) int { return byName(a.Requester, b.Requester) }
	case tracker.OrderOrganization:
		order = func(a, b *tracker.TicketRow) int { return byName(a.Organization, b.Organization) }
	default:
		return
	}
	slices.SortStableFunc(tickets, func(a, b tracker.TicketRow) int { return order(&a, &b) })
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
