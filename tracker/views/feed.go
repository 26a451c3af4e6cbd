package views

import (
	"context"

	"storydesk/tracker"
)

// readFeed saves the items of a feed as they come. A feed is read anew from its beginning:
// where it broke off it cannot go on.
func readFeed(ctx context.Context, s *Service, r *viewReading) error {
	for page, err := range s.accounts.Items(ctx, r.in) {
		if err != nil {
			return err
		}
		for _, t := range page.Items {
			r.seen[t.ID] = true
		}
		err = s.Write(context.WithoutCancel(ctx), tracker.HintTickets, func(w tracker.Writer) error { return w.SaveTickets(r.fetch, page.Items) })
		if err != nil {
			return err
		}
	}
	r.fetch.Total = len(r.seen)
	return nil
}
