package zendesk

import (
	"context"
	"iter"
	"net/url"

	"storydesk/tracker"
	"storydesk/zendesk/wire"
)

// Log reads the conversation log of a ticket a hundred events at a time.
func (d *account) Log(ctx context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	c := ticketCall(id, "/conversation_log")
	c.query = url.Values{"sort": {"-created_at"}}
	c.subject = "the messages of " + c.subject
	return func(yield func(tracker.CommentPage, error) bool) {
		for l, err := range pages[wire.LogListing](ctx, d, c, "") {
			if err == nil {
				err = d.require(c, l.Events != nil, "events")
			}
			if err != nil {
				yield(tracker.CommentPage{}, err)
				return
			}
			page := tracker.CommentPage{More: l.More()}
			for _, e := range *l.Events {
				if comment, says := e.Value.Translate(); says {
					page.Comments = append(page.Comments, comment)
				}
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}
