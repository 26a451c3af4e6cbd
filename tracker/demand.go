package tracker

import "time"

// Demand is how much customers want a story, as far as its linked tickets tell.
type Demand struct {
	// Tickets are how many there are, Organizations how many organisations they are from.
	Tickets, Organizations int
	// WaitingSince is since when the customer has waited who has waited longest; zero
	// where none waits.
	WaitingSince time.Time
	// ToAnswer counts the tickets whose stories are all accepted and that are in one of
	// StatusesToAnswer still.
	ToAnswer int
}

// StatusesToAnswer are those of tickets that are to be answered once all their stories
// are accepted: they were worked on and are not solved.
func StatusesToAnswer() []TicketStatus { return []TicketStatus{TicketOpen, TicketPending, TicketHold} }
