package tracker

import "time"

// Demand is how much customers want a story, as far as its linked tickets tell.
type Demand struct {
	// Tickets are how many there are, Organizations how many organisations they are from.
	Tickets, Organizations int
	// WaitingSince is since when the customer has waited who has waited longest; zero
	// where none waits.
	WaitingSince time.Time
	// ToAnswer counts the tickets that are still open, pending or on hold although all
	// their stories are accepted.
	ToAnswer int
}
