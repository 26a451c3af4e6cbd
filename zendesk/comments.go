package zendesk

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"net/url"
	"slices"

	"storydesk/tracker"
)

type commentListing struct {
	paging
	sideloads
	Comments *[]wireComment `json:"comments"`
}

// Comments reads a ticket's comments a hundred at a time, newest first.
func (d *desk) Comments(ctx context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	c := ticketCall(id, "/comments")
	c.query = url.Values{"sort": {"-created_at"}, "include": {"users"}}
	c.subject = "the comments of " + c.subject
	return func(yield func(tracker.CommentPage, error) bool) {
		for l, err := range pages[commentListing](ctx, d, c, "") {
			if err == nil {
				err = d.require(c, l.Comments != nil, "comments")
			}
			if err != nil {
				yield(tracker.CommentPage{}, err)
				return
			}
			page := tracker.CommentPage{More: l.more()}
			for _, w := range *l.Comments {
				comment := w.translate()
				comment.Author, comment.Role = nameOf(l.Users, w.AuthorID), roleOf(l.Users, w.AuthorID)
				page.Comments = append(page.Comments, comment)
			}
			if !yield(page, nil) {
				return
			}
		}
	}
}

// translate returns the comment as tracker knows it. A visibility that cannot be
// read is public: no comment is called private unless Zendesk says so.
func (w wireComment) translate() tracker.TicketComment {
	plain := cmp.Or(w.PlainBody, w.Body)
	c := tracker.TicketComment{
		ID:        int64(w.ID),
		AuthorID:  int64(w.AuthorID),
		Text:      string(plain.text),
		HTML:      string(w.HTMLBody.text),
		Cut:       plain.cut || w.HTMLBody.cut,
		Public:    w.Public != "false",
		AuditID:   tracker.AuditID(w.AuditID),
		Operation: w.Metadata.value.operation(),
		CreatedAt: w.CreatedAt.Time,
	}
	for _, a := range w.Attachments.value {
		c.Attachments = append(c.Attachments, a.translate())
	}
	return c
}

func (a wireAttachment) translate() tracker.Attachment {
	return tracker.Attachment{Name: string(a.Name), URL: string(a.URL), Size: int64(a.Size)}
}

// Audit reads the record of one update of a ticket.
func (d *desk) Audit(ctx context.Context, id tracker.TicketID, audit tracker.AuditID) (tracker.Audit, error) {
	c := ticketCall(id, fmt.Sprintf("/audits/%d", audit))
	c.subject = fmt.Sprintf("audit %d of %s", audit, c.subject)
	return d.audited(ctx, c, id)
}

// audited makes a call that is answered with an audit of the ticket.
func (d *desk) audited(ctx context.Context, c call, id tracker.TicketID) (tracker.Audit, error) {
	var body struct {
		Audit wireAudit `json:"audit"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return tracker.Audit{}, err
	}
	w := body.Audit
	if err := d.require(c, w.ID > 0 && w.TicketID == number(id), "audit of the ticket"); err != nil {
		return tracker.Audit{}, err
	}
	return w.translate(), nil
}

func (w wireAudit) translate() tracker.Audit {
	audit := tracker.Audit{
		ID:        tracker.AuditID(w.ID),
		TicketID:  tracker.TicketID(w.TicketID),
		AuthorID:  int64(w.AuthorID),
		Operation: w.Metadata.value.operation(),
		CreatedAt: w.CreatedAt.Time,
	}
	for _, event := range w.Events {
		if !slices.Contains([]text{"Comment", "VoiceComment"}, event.Type) {
			continue
		}
		comment := event.translate()
		comment.AuditID, comment.Operation, comment.CreatedAt = audit.ID, audit.Operation, audit.CreatedAt
		audit.Comments = append(audit.Comments, comment)
	}
	return audit
}
