package present

import (
	"fmt"

	"storydesk/tracker"
)

// Each is what of says of each thing in a list.
func Each[T, R any](list []T, of func(T) R) []R {
	all := make([]R, len(list))
	for i, thing := range list {
		all[i] = of(thing)
	}
	return all
}

// IDsOf lists the ids of stories.
func IDsOf(cards []tracker.Card) []tracker.StoryID {
	return Each(cards, func(c tracker.Card) tracker.StoryID { return c.ID })
}

// SeenOf names stories as they were seen.
func SeenOf(cards []tracker.Card) []tracker.Seen {
	return Each(cards, func(c tracker.Card) tracker.Seen { return tracker.Seen{ID: c.ID, Version: c.Version} })
}

// NamesOf writes ids.
func NamesOf[ID fmt.Stringer](ids []ID) []string { return Each(ids, ID.String) }

// TicketsIn lists the tickets of links.
func TicketsIn(links []tracker.Link) []tracker.TicketID {
	return Each(links, func(l tracker.Link) tracker.TicketID { return l.Ticket.ID })
}
