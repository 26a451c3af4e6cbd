package zendesk

import (
	"context"
	"fmt"
	"iter"
	"net/url"

	"storydesk/tracker"
	"storydesk/zendesk/wire"
)

// Comments reads a ticket's comments a hundred at a time, newest first.
func (d *account) Comments(ctx context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	c := ticketCall(id, "/comments")
	c.query = url.Values{"sort": {"-created_at"}, "include": {"users"}}
	c.subject = "the comments of " + c.subject
	return func(yield func(tracker.CommentPage, error) bool) {
		for l, err := range pages[wire.CommentListing](ctx, d, c, "") {
			if err == nil {
				err = d.require(c, l.Comments != nil, "comments")
			}
			if err != nil {
				yield(tracker.CommentPage{}, err)
				return
			}
			page := tracker.CommentPage{More: l.More()}
			for _, w := range *l.Comments {
				comment := w.Translate()
				comment.Author, comment.Role = wire.NameOf(l.Users, w.AuthorID), wire.RoleOf(l.Users, w.AuthorID)
				page.Comments = append(page.Comments, comment)
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// Audit reads the record of one update of a ticket.
func (d *account) Audit(ctx context.Context, id tracker.TicketID, audit tracker.AuditID) (tracker.Audit, error) {
	c := ticketCall(id, fmt.Sprintf("/audits/%d", audit))
	c.subject = fmt.Sprintf("audit %d of %s", audit, c.subject)
	return d.audited(ctx, c, id)
}

// audited makes a call that is answered with an audit of the ticket.
func (d *account) audited(ctx context.Context, c call, id tracker.TicketID) (tracker.Audit, error) {
	var body struct {
		Audit wire.Audit `json:"audit"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return tracker.Audit{}, err
	}
	w := body.Audit
	if err := d.require(c, w.ID > 0 && w.TicketID == wire.Number(id), "audit of the ticket"); err != nil {
		return tracker.Audit{}, err
	}
	return w.Translate(), nil
}
