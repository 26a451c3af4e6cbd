package search

import (
	"cmp"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/alike"
)

// StoryOrder is an order of stories.
type StoryOrder string

// The orders.
const (
	// StoriesByBoard is that of the board.
	StoriesByBoard StoryOrder = "board"
	// The others go by [tracker.Demand], the most first. Stories that are equal in one stay in the
	// board's order.
	StoriesByTickets       StoryOrder = "tickets"
	StoriesByOrganizations StoryOrder = "organisations"
	StoriesByWaiting       StoryOrder = "waiting"
)

// StoryOrders lists the orders as people choose among them.
func StoryOrders() []StoryOrder {
	return []StoryOrder{StoriesByBoard, StoriesByTickets, StoriesByOrganizations, StoriesByWaiting}
}

// DemandOrders lists those that stories which tickets ask for can be put into, the usual
// one first.
func DemandOrders() []StoryOrder {
	return []StoryOrder{StoriesByOrganizations, StoriesByTickets, StoriesByWaiting}
}

// Sort puts stories into an order.
func (o StoryOrder) Sort(cards []tracker.Card) {
	slices.SortStableFunc(cards, func(a, b tracker.Card) int { return o.Compare(a.Demand, b.Demand) })
}

// ParseStoryOrder reads an order's name; empty is the board's. CodeInvalid, field "sort".
func ParseStoryOrder(text string) (StoryOrder, error) {
	o := StoryOrder(strings.ToLower(strings.TrimSpace(text)))
	switch {
	case o == "":
		return StoriesByBoard, nil
	case slices.Contains(StoryOrders(), o):
		return o, nil
	}
	return "", tracker.Invalid("sort", "%q is not an order of stories: use %s%s", text, tracker.OneOf(StoryOrders()), alike.DidYouMean(string(o), StoryOrders()))
}

// Compare compares two stories' demand in an order; the first comes before the second
// where it is negative.
func (o StoryOrder) Compare(a, b tracker.Demand) int {
	switch o {
	case StoriesByTickets:
		return cmp.Compare(b.Tickets, a.Tickets)
	case StoriesByOrganizations:
		return cmp.Compare(b.Organizations, a.Organizations)
	case StoriesByWaiting:
		if a.WaitingSince.IsZero() || b.WaitingSince.IsZero() {
			return b.WaitingSince.Compare(a.WaitingSince) // the zero time comes last
		}
		return a.WaitingSince.Compare(b.WaitingSince)
	case StoriesByBoard:
	}
	return 0
}

// ByDemand returns the stories that nobody has accepted and that tickets ask for: those
// of the most organisations first, then those of the most tickets, then the one whose
// customer has waited longest.
func ByDemand(cards []tracker.Card) []tracker.Card {
	wanted := slices.DeleteFunc(slices.Clone(cards), func(c tracker.Card) bool { return c.State == tracker.Accepted || c.Demand.Tickets == 0 })
	slices.SortStableFunc(wanted, func(a, b tracker.Card) int {
		order := 0
		for _, o := range DemandOrders() {
			order = cmp.Or(order, o.Compare(a.Demand, b.Demand))
		}
		return order
	})
	return wanted
}
