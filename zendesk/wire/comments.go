package wire

import (
	"cmp"
	"slices"

	"storydesk/tracker"
)

// CommentListing is a page of comments.
type CommentListing struct {
	Paging
	Sideloads
	Comments *[]Comment `json:"comments"`
}

// Translate returns the comment as tracker knows it. A visibility that cannot be
// read is public: no comment is called private unless Zendesk says so.
func (w Comment) Translate() tracker.TicketComment {
	plain := cmp.Or(w.PlainBody, w.Body)
	c := tracker.TicketComment{
		ID:        int64(w.ID),
		AuthorID:  int64(w.AuthorID),
		Text:      string(plain.Text),
		HTML:      string(w.HTMLBody.Text),
		Cut:       plain.cut || w.HTMLBody.cut,
		Public:    w.Public != "false",
		AuditID:   tracker.AuditID(w.AuditID),
		Operation: w.Metadata.Value.operation(),
		CreatedAt: w.CreatedAt.Time,
	}
	for _, a := range w.Attachments.Value {
		c.Attachments = append(c.Attachments, a.translate())
	}
	return c
}

func (a Attachment) translate() tracker.Attachment {
	return tracker.Attachment{Name: string(a.Name), URL: string(a.URL), Size: int64(a.Size)}
}

// Translate returns the audit as tracker knows it, with the comments that it added.
func (w Audit) Translate() tracker.Audit {
	audit := tracker.Audit{
		ID:        tracker.AuditID(w.ID),
		TicketID:  tracker.TicketID(w.TicketID),
		AuthorID:  int64(w.AuthorID),
		Operation: w.Metadata.Value.operation(),
		CreatedAt: w.CreatedAt.Time,
	}
	for _, event := range w.Events {
		if !slices.Contains([]Text{"Comment", "VoiceComment"}, event.Type) {
			continue
		}
		comment := event.Translate()
		comment.AuditID, comment.Operation, comment.CreatedAt = audit.ID, audit.Operation, audit.CreatedAt
		audit.Comments = append(audit.Comments, comment)
	}
	return audit
}
