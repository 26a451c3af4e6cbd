package search

import (
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/alike"
	"storydesk/tracker/kind"
)

// TicketOrders lists the orders of tickets as people choose among them.
func TicketOrders() []tracker.TicketOrder {
	return []tracker.TicketOrder{
		tracker.OrderView, tracker.OrderNewest, tracker.OrderOldest, tracker.OrderUpdated, tracker.OrderPriority,
		tracker.OrderSLA, tracker.OrderWaiting, tracker.OrderRequester, tracker.OrderOrganization, tracker.OrderStatus,
	}
}

// OrdersOf lists the orders that a list of tickets can be put into: not those by what
// Zendesk does not tell of any of them, and not those by what tickets of its kind do not have.
func OrdersOf(l tracker.TicketList) []tracker.TicketOrder {
	if !kind.Of(l.Integration).Status {
		return []tracker.TicketOrder{tracker.OrderView, tracker.OrderNewest, tracker.OrderOldest, tracker.OrderRequester}
	}
	return slices.DeleteFunc(TicketOrders(), func(o tracker.TicketOrder) bool {
		return o == tracker.OrderSLA && !l.TellsSLA() || o == tracker.OrderWaiting && !l.TellsProgress()
	})
}

// ParseTicketOrder reads an order's name; empty is the view's. CodeInvalid,
// field "sort".
func ParseTicketOrder(text string) (tracker.TicketOrder, error) {
	o := tracker.TicketOrder(strings.ToLower(strings.TrimSpace(text)))
	switch {
	case o == "":
		return tracker.OrderView, nil
	case slices.Contains(TicketOrders(), o):
		return o, nil
	}
	return "", tracker.Invalid("sort", "%q is not a ticket order: use %s%s", text, tracker.OneOf(TicketOrders()), alike.DidYouMean(string(o), TicketOrders()))
}
