package tracker

import (
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
	// OrderSLA begins with what is breached or will be next; paused targets, then
	// tickets without one come last.
	OrderSLA TicketOrder = "sla"
	// OrderWaiting begins with the customer who has waited longest.
	OrderWaiting TicketOrder = "waiting"
	// OrderRequester and OrderOrganization go by name; tickets without one come last.
	OrderRequester    TicketOrder = "requester"
	OrderOrganization TicketOrder = "organisation"
	// OrderStatus goes from new to closed.
	OrderStatus TicketOrder = "status"
)

// TicketOrders lists the orders as people choose among them.
func TicketOrders() []TicketOrder {
	return []TicketOrder{
		OrderView, OrderNewest, OrderOldest, OrderUpdated, OrderPriority, OrderSLA, OrderWaiting, OrderRequester, OrderOrganization, OrderStatus,
	}
}

// Orders lists the orders that the list can be put into: not those by what
// Zendesk does not tell of any of its tickets.
func (l TicketList) Orders() []TicketOrder {
	return slices.DeleteFunc(TicketOrders(), func(o TicketOrder) bool {
		return o == OrderSLA && !l.TellsSLA() || o == OrderWaiting && !l.TellsProgress()
	})
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
	return "", Invalid("sort", "%q is not a ticket order: use %s%s", text, OneOf(TicketOrders()), DidYouMean(string(o), TicketOrders()))
}
