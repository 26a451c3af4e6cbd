package command

import (
	"context"
	"fmt"

	"storydesk/tracker"
	"storydesk/ui/present"
)

// MaxBrowsed is how many tickets are opened in the browser at once.
const MaxBrowsed = 10

// DeliveriesOf chooses the private comments of stories to a ticket, to all tickets for
// none.
func DeliveriesOf(ids []tracker.StoryID, ticket tracker.TicketKey) []tracker.DeliveryQuery {
	return present.Each(ids, func(id tracker.StoryID) tracker.DeliveryQuery {
		return tracker.DeliveryQuery{Story: id, Ticket: ticket}
	})
}

// StoriesThere reads stories, without those that were deleted meanwhile.
func StoriesThere(ctx context.Context, service UseCases, ids []tracker.StoryID) ([]tracker.Story, error) {
	stories := make([]tracker.Story, 0, len(ids))
	for _, id := range ids {
		d, err := service.Stories.Story(ctx, id)
		switch {
		case err == nil:
			stories = append(stories, d.Story)
		case tracker.CodeOf(err) != tracker.CodeNotFound:
			return nil, err
		}
	}
	return stories, nil
}

// LinksOf are the links of stories, each ticket once.
func LinksOf(stories []tracker.Story) []tracker.Link {
	var links []tracker.Link
	known := map[tracker.TicketKey]bool{}
	for _, st := range stories {
		for _, l := range st.Tickets {
			if !known[l.Ticket] {
				known[l.Ticket] = true
				links = append(links, l)
			}
		}
	}
	return links
}

// TooManyToBrowse says that so many tickets are not opened at once.
func TooManyToBrowse(n int) string {
	return fmt.Sprintf("%d tickets are too many; mark %d or fewer to open them", n, MaxBrowsed)
}
