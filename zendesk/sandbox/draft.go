package sandbox

import (
	"slices"
	"strings"
	"time"
)

// draft is an update of a ticket that was not made yet.
type draft struct {
	rec     *record
	me      *User
	after   Ticket
	comment *commentInput
	custom  map[string]any
	via     string
}

type commentInput struct {
	Body     string `json:"body"`
	HTMLBody string `json:"html_body"`
	Public   *bool  `json:"public"`
	AuthorID int64  `json:"author_id"`
}

func newDraft(rec *record, me *User, via string) *draft {
	d := &draft{rec: rec, me: me, after: rec.Ticket, custom: map[string]any{}, via: via}
	d.after.Tags = slices.Clone(rec.Ticket.Tags)
	return d
}

// says reports whether the draft brings a comment; an empty one is none.
func (d *draft) says() bool {
	return d.comment != nil && strings.TrimSpace(d.comment.Body+d.comment.HTMLBody) != ""
}

// prepare returns the change that a draft makes. It changes nothing itself.
func (w *world) prepare(d *draft, now time.Time, client string) change {
	issued := w.issued
	defer func() { w.issued = issued }() // apply raises it
	if d.after.AssigneeID != d.rec.Ticket.AssigneeID && d.after.AssigneeID != 0 && d.after.Status == "new" {
		d.after.Status = "open"
	}
	if d.after.Status != d.rec.Ticket.Status {
		d.after.CustomStatusID = customStatusID(d.after.Status)
	}
	stamp := now.UTC().Truncate(time.Second)
	if stamp.Before(d.rec.Ticket.UpdatedAt) {
		stamp = d.rec.Ticket.UpdatedAt
	}
	audit := &Audit{
		ID: w.issue(), TicketID: d.after.ID, CreatedAt: stamp, AuthorID: d.me.ID,
		Metadata: Metadata{System: systemMetadata(client), Custom: d.custom}, Events: []any{}, Via: via(d.via),
	}
	var comment *Comment
	if d.says() {
		comment = w.newComment(d, audit)
		audit.Events = append(audit.Events, commentEvent(comment))
		if comment.Public {
			audit.Events = append(audit.Events, notification{
				ID: w.issue(), Type: "Notification", Via: via("rule"), Body: comment.Body,
				Subject: "[" + Company + "] Re: " + d.after.Subject, Recipients: []int64{d.after.RequesterID},
			})
		}
	}
	for _, event := range differences(&d.rec.Ticket, &d.after) {
		event.ID = w.issue()
		audit.Events = append(audit.Events, event)
	}
	if len(audit.Events) > 0 {
		d.after.UpdatedAt = stamp
	}
	return change{Ticket: d.after, Hidden: d.rec.Hidden, Comment: comment, Audit: audit, Issued: w.issued}
}

func (w *world) newComment(d *draft, audit *Audit) *Comment {
	comment := &Comment{
		ID: w.issue(), Type: "Comment", AuthorID: d.me.ID, AuditID: audit.ID, CreatedAt: audit.CreatedAt,
		Public: d.rec.Comments[0].Public, Attachments: []Attachment{}, Via: audit.Via,
		Metadata: Metadata{System: audit.Metadata.System, Custom: map[string]any{}},
	}
	if w.customInComments {
		comment.Metadata.Custom = d.custom
	}
	if w.users[d.comment.AuthorID] != nil {
		comment.AuthorID = d.comment.AuthorID
	}
	if d.comment.Public != nil {
		comment.Public = *d.comment.Public
	}
	if d.me.OnlyPrivate {
		comment.Public = false
	}
	requester := w.users[d.rec.Ticket.RequesterID]
	if d.comment.HTMLBody != "" {
		markup := w.rendering.expand(d.comment.HTMLBody, &d.after, requester, d.me)
		comment.Body, comment.HTMLBody = w.rendering.htmlBody(markup)
	} else {
		text := w.rendering.expand(d.comment.Body, &d.after, requester, d.me)
		comment.Body, comment.HTMLBody = w.rendering.body(text)
	}
	comment.PlainBody = comment.Body
	return comment
}

// differences lists the Change events between two states of a ticket, without ids.
func differences(before, after *Ticket) []fieldChanged {
	var events []fieldChanged
	note := func(field string, changed bool, value, previous any) {
		if changed {
			events = append(events, fieldChanged{Type: "Change", Field: field, Value: value, Previous: previous})
		}
	}
	note("status", before.Status != after.Status, after.Status, before.Status)
	note("priority", before.Priority != after.Priority, after.Priority, before.Priority)
	note("type", before.Type != after.Type, after.Type, before.Type)
	note("subject", before.Subject != after.Subject, after.Subject, before.Subject)
	note("assignee_id", before.AssigneeID != after.AssigneeID, after.AssigneeID, before.AssigneeID)
	note("group_id", before.GroupID != after.GroupID, after.GroupID, before.GroupID)
	note("external_id", before.ExternalID != after.ExternalID, after.ExternalID, before.ExternalID)
	note("tags", !slices.Equal(before.Tags, after.Tags), after.Tags, before.Tags)
	return events
}
