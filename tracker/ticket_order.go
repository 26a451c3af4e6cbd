package tracker

import (
	"cmp"
	"slices"
	"strings"
)

// TicketOrder is an order of an integration's tickets.
type TicketOrder string

// The orders. Tickets that are equal in one stay in the view's order.
const (
	// OrderView is that of the view in Zendesk.
	OrderView TicketOrder = "view"
	// OrderNewest and OrderOldest go by when a ticket was made, OrderUpdated by
	// its last change, the latest first.
	OrderNewest  TicketOrder = "newest"
	OrderOldest  TicketOrder = "oldest"
	OrderUpdated TicketOrder = "updated"
	// OrderPriority begins with the urgent ones.
	OrderPriority TicketOrder = "priority"
	// OrderRequester and OrderOrganization go by name; tickets without one come last.
	OrderRequester    TicketOrder = "requester"
	OrderOrganization TicketOrder = "organisation"
	// OrderStatus goes from new to closed.
	OrderStatus TicketOrder = "status"
)

// TicketOrders lists the orders as people choose among them.
func TicketOrders() []TicketOrder {
	return []TicketOrder{
		OrderView, OrderNewest, OrderOldest, OrderUpdated, OrderPriority, OrderRequester, OrderOrganization, OrderStatus,
	}
}

// ParseTicketOrder reads an order's name; empty is the view's. CodeInvalid,
// field "sort".
func ParseTicketOrder(text string) (TicketOrder, error) {
	o := TicketOrder(strings.ToLower(strings.TrimSpace(text)))
	switch {
	case o == "":
		return OrderView, nil
	case slices.Contains(TicketOrders(), o):
		return o, nil
	}
	return "", Invalid("sort", "%q is not a ticket order: use %s", text, alternatives(plain(TicketOrders())))
}

// Sort sorts tickets that are in the view's order.
func (o TicketOrder) Sort(tickets []TicketRow) {
	var order func(a, b *TicketRow) int
	switch o {
	case OrderNewest:
		order = func(a, b *TicketRow) int { return b.CreatedAt.Compare(a.CreatedAt) }
	case OrderOldest:
		order = func(a, b *TicketRow) int { return a.CreatedAt.Compare(b.CreatedAt) }
	case OrderUpdated:
		order = func(a, b *TicketRow) int { return b.UpdatedAt.Compare(a.UpdatedAt) }
	case OrderPriority:
		place := placesOf(fieldPriority)
		order = func(a, b *TicketRow) int { return cmp.Compare(place(a.Priority), place(b.Priority)) }
	case OrderStatus:
		place := placesOf(fieldStatus)
		order = func(a, b *TicketRow) int { return cmp.Compare(place(string(a.Status)), place(string(b.Status))) }
	case OrderRequester:
		order = func(a, b *TicketRow) int { return byName(a.Requester, b.Requester) }
	case OrderOrganization:
		order = func(a, b *TicketRow) int { return byName(a.Organization, b.Organization) }
	default:
		return
	}
	slices.SortStableFunc(tickets, func(a, b TicketRow) int { return order(&a, &b) })
}

// placesOf tells the place of a value among those that a field of tickets can
// have, behind them for any other.
func placesOf(field string) func(value string) int {
	fields := searchFields(SearchTickets)
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
