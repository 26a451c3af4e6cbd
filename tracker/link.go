package tracker

// Unreached is a linked ticket that its stories' changes do not reach.
type Unreached struct {
	Ticket TicketID
	// Reason is why, such as "the integration was removed".
	Reason string
}
