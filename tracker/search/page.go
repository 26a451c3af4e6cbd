package search

import "storydesk/tracker"

// DeliveryPage is the beginning of a list of deliveries that were searched, the newest first.
type DeliveryPage struct {
	Deliveries []tracker.Delivery
	// More is true when older ones follow.
	More bool
	// All counts those in the states that were asked for, whatever else is searched.
	All int
}
