package world

import (
	"slices"
	"strings"
	"time"

	"storydesk/zendesk/sandbox/record"
)

// Draft is an update of a ticket that was not made yet.
type Draft struct {
	Record *Record
	// Me is who makes the update.
	Me *record.User
	// After is the ticket as the update leaves it.
	After   record.Ticket
	Comment *CommentInput
	Custom  map[string]any
	// CustomInComment shows Custom on the comment, too.
	CustomInComment bool
	via             string
}

// CommentInput is a comment that an update brings.
type CommentInput struct {
	Body     string `json:"body"`
	HTMLBody string `json:"html_body"`
	Public   *bool  `json:"public"`
	AuthorID int64  `json:"author_id"`
	// Uploads are the tokens of files, Files what they stand for.
	Uploads []string            `json:"uploads"`
	Files   []record.Attachment `json:"-"`
}

// NewDraft returns an update of a ticket by somebody that changes nothing yet;
// via is the channel.
func NewDraft(rec *Record, me *record.User, via string) *Draft {
	d := &Draft{Record: rec, Me: me, After: rec.Ticket, Custom: map[string]any{}, via: via}
	d.After.Tags = slices.Clone(rec.Ticket.Tags)
	return d
}

// Says reports whether the draft brings a comment; an empty one is none.
func (d *Draft) Says() bool {
	return d.Comment != nil && strings.TrimSpace(d.Comment.Body+d.Comment.HTMLBody) != ""
}

// Prepare returns the change that a draft makes. It changes nothing itself.
func (w *World) Prepare(d *Draft, now time.Time, client string) Change {
	issued := w.issued
	defer func() { w.issued = issued }() // apply raises it
	if d.After.AssigneeID != d.Record.Ticket.AssigneeID && d.After.AssigneeID != 0 && d.After.Status == "new" {
		d.After.Status = "open"
	}
	if d.After.Status != d.Record.Ticket.Status {
		d.After.CustomStatusID = record.CustomStatusID(d.After.Status)
	}
	stamp := now.UTC().Truncate(time.Second)
	if stamp.Before(d.Record.Ticket.UpdatedAt) {
		stamp = d.Record.Ticket.UpdatedAt
	}
	audit := &record.Audit{
		ID: w.issue(), TicketID: d.After.ID, CreatedAt: stamp, AuthorID: d.Me.ID,
		Metadata: record.Metadata{System: record.SystemMetadata(client), Custom: d.Custom}, Events: []any{}, Via: record.NewVia(d.via),
	}
	var comment *record.Comment
	if d.Says() {
		comment = w.newComment(d, audit)
		audit.Events = append(audit.Events, record.CommentEvent(comment))
		if comment.Public {
			audit.Events = append(audit.Events, record.Notification{
				ID: w.issue(), Type: "Notification", Via: record.NewVia("rule"), Body: comment.Body,
				Subject: "[" + record.Company + "] Re: " + d.After.Subject, Recipients: []int64{d.After.RequesterID},
			})
		}
	}
	for _, event := range Differences(&d.Record.Ticket, &d.After) {
		event.ID = w.issue()
		audit.Events = append(audit.Events, event)
	}
	if len(audit.Events) > 0 {
		d.After.UpdatedAt = stamp
	}
	return Change{Ticket: d.After, Hidden: d.Record.Hidden, Comment: comment, Audit: audit, Issued: w.issued}
}

func (w *World) newComment(d *Draft, audit *record.Audit) *record.Comment {
	comment := &record.Comment{
		ID: w.issue(), Type: "Comment", AuthorID: d.Me.ID, AuditID: audit.ID, CreatedAt: audit.CreatedAt,
		Public: d.Record.Comments[0].Public, Attachments: []record.Attachment{}, Via: audit.Via,
		Metadata: record.Metadata{System: audit.Metadata.System, Custom: map[string]any{}},
	}
	if d.CustomInComment {
		comment.Metadata.Custom = d.Custom
	}
	if w.users[d.Comment.AuthorID] != nil {
		comment.AuthorID = d.Comment.AuthorID
	}
	comment.Attachments = append(comment.Attachments, d.Comment.Files...)
	if d.Comment.Public != nil {
		comment.Public = *d.Comment.Public
	}
	if d.Me.OnlyPrivate {
		comment.Public = false
	}
	requester := w.users[d.Record.Ticket.RequesterID]
	if d.Comment.HTMLBody != "" {
		markup := w.rendering.expand(d.Comment.HTMLBody, &d.After, requester, d.Me)
		comment.Body, comment.HTMLBody = w.rendering.htmlBody(markup)
	} else {
		text := w.rendering.expand(d.Comment.Body, &d.After, requester, d.Me)
		comment.Body, comment.HTMLBody = w.rendering.body(text)
	}
	comment.PlainBody = comment.Body
	return comment
}

// Differences lists the Change events between two states of a ticket, without ids.
func Differences(before, after *record.Ticket) []record.FieldChanged {
	var events []record.FieldChanged
	compare := func(field string, changed bool, value, previous any) {
		if changed {
			events = append(events, record.FieldChanged{Type: "Change", Field: field, Value: value, Previous: previous})
		}
	}
	compare("status", before.Status != after.Status, after.Status, before.Status)
	compare("priority", before.Priority != after.Priority, after.Priority, before.Priority)
	compare("type", before.Type != after.Type, after.Type, before.Type)
	compare("subject", before.Subject != after.Subject, after.Subject, before.Subject)
	compare("assignee_id", before.AssigneeID != after.AssigneeID, after.AssigneeID, before.AssigneeID)
	compare("group_id", before.GroupID != after.GroupID, after.GroupID, before.GroupID)
	compare("external_id", before.ExternalID != after.ExternalID, after.ExternalID, before.ExternalID)
	compare("satisfaction_score", score(before) != score(after), score(after), score(before))
	compare("tags", !slices.Equal(before.Tags, after.Tags), after.Tags, before.Tags)
	return events
}

// score is a ticket's rating.
func score(t *record.Ticket) string {
	rating, _ := t.SatisfactionRating.(map[string]any)
	text, _ := rating["score"].(string)
	return text
}
