package stories

import (
	"context"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/wording"
)

// Preview returns which private comments a use case would send: those that Rehearse finds,
// as they would be sent. It fails as the use case would.
func (s *Service) Preview(ctx context.Context, do func(context.Context, tracker.StoryUseCases) error) ([]tracker.Preview, error) {
	queued, err := s.Rehearse(ctx, do)
	if err != nil {
		return nil, err
	}
	return previews(s.Zendesk, queued), nil
}

func previews(zendesk tracker.Zendesk, queued []tracker.Delivery) []tracker.Preview {
	var deliveries []tracker.Preview
	for _, d := range queued {
		deliveries = addPreview(zendesk, deliveries, d)
	}
	return deliveries
}

// addPreview adds a private comment. One that says the same to another ticket is one with it.
func addPreview(zendesk tracker.Zendesk, deliveries []tracker.Preview, d tracker.Delivery) []tracker.Preview {
	text := strings.ReplaceAll(d.Text, tracker.Reference(d.StoryID, d.Operation), d.StoryID.String()+"·"+wording.PreviewReference)
	n := tracker.Preview{Tickets: []tracker.TicketID{d.Ticket.ID}, HTML: zendesk.CommentHTML(text), Opens: d.Opens}
	i := slices.IndexFunc(deliveries, func(p tracker.Preview) bool { return p.HTML == n.HTML && p.Opens == n.Opens })
	if i < 0 {
		return append(deliveries, n)
	}
	deliveries[i].Tickets = append(deliveries[i].Tickets, d.Ticket.ID)
	return deliveries
}
