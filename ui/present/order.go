package present

import (
	"fmt"

	"storydesk/tracker"
	"storydesk/tracker/search"
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
		return "by name, none last"
	case tracker.OrderStatus:
		return "from new to closed"
	}
	return ""
}

// DemandHelp says what comes first in an order of stories that tickets ask for.
func DemandHelp(o search.StoryOrder) string {
	switch o {
	case search.StoriesByOrganizations:
		return "most organisations first"
	case search.StoriesByTickets:
		return "most tickets first"
	case search.StoriesByWaiting:
		return "longest waiting customer first"
	case search.StoriesByBoard:
	}
	return ""
}

// DemandFact says the order of the Demand pane in its title, empty for the usual one.
func DemandFact(o search.StoryOrder) string {
	switch o {
	case search.StoriesByTickets:
		return " · by tickets"
	case search.StoriesByWaiting:
		return " · by waiting time"
	case search.StoriesByOrganizations, search.StoriesByBoard:
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
