package present

import (
	"cmp"
	"fmt"

	"storydesk/tracker"
	"storydesk/ui/draw"
)

// EventBy says on which ticket something was written, by whom, and that it is private
// where it is: "#1039 Noah Whitlock, private".
func EventBy(e tracker.TicketEvent) string {
	by := e.Ticket.ID.String() + " " + cmp.Or(draw.Line(e.Author), "somebody")
	if !e.Public {
		by += ", private"
	}
	return by
}

// EventChange says what changed on a ticket.
func EventChange(e tracker.TicketEvent) string {
	now := cmp.Or(draw.Line(e.New), "none")
	switch {
	case e.Kind == tracker.EventSatisfaction:
		return "rated " + now + " by the customer"
	case e.Old == "":
		return fmt.Sprintf("%s %s", e.Kind, now)
	}
	return fmt.Sprintf("%s %s → %s", e.Kind, draw.Line(e.Old), now)
}
