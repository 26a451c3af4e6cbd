package tracker

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
