package present

import (
	"fmt"

	"storydesk/tracker"
)

// OrderHelp says what comes first in an order.
func OrderHelp(o tracker.TicketOrder) string {
	switch o {
	case tracker.OrderView:
		return "the view's order in Zendesk"
	case tracker.OrderNewest:
		return "newest first"
	case tracker.OrderOldest:
		return "longest waiting first"
	case tracker.OrderUpdated:
		return "last changed first"
	case tracker.OrderPriority:
		return "urgent first"
	case tracker.OrderSLA:
		return "next breach first"
	case tracker.OrderWaiting:
		return "longest without an answer first"
	case tracker.OrderRequester, tracker.OrderOrganization:
		return "by name, unassigned last"
	case tracker.OrderStatus:
		return "from new to closed"
	}
	return ""
}

// OrderFact says the order of tickets in their title, empty for the view's.
func OrderFact(o tracker.TicketOrder) string {
	switch o {
	case "", tracker.OrderView:
		return ""
	case tracker.OrderNewest, tracker.OrderOldest:
		return fmt.Sprintf(" · %s first", o)
	case tracker.OrderSLA:
		return " · by SLA"
	case tracker.OrderWaiting:
		return " · by waiting time"
	default:
		return fmt.Sprintf(" · by %s", o)
	}
}
