package stories

import "storydesk/tracker"

// NameFor is the name of a story that is made of a ticket.
func NameFor(t tracker.Ticket) string { return nameFor(t) }
