package sandbox

import (
	"encoding/json"
	"errors"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxComments is how many comments a ticket takes.
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/
const maxComments = 5000

// draft is an update of a ticket on its way.
type draft struct {
	rec     *record
	me      *User
	after   Ticket
	comment *commentInput
	custom  map[string]any
	// guarded and stamp: refuse if the ticket has changed since.
	guarded bool
	stamp   time.Time
	unknown []string
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

// updateTicket answers PUT tickets/{id}.
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket
func (s *Sandbox) updateTicket(c *call) *answer {
	rec, refusal := s.recordOf(c)
	if refusal != nil {
		return refusal
	}
	if media, _, err := mime.ParseMediaType(c.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return jsonAnswer(http.StatusUnsupportedMediaType, `{"error":"Unsupported Media Type",`+
			`"description":"Content-Type must be application/json"}`)
	}
	if refusal = s.limits.update(rec.Ticket.ID, c.now); refusal != nil {
		return refusal
	}
	d := newDraft(rec, c.me, "api")
	if refusal = d.read(c.Request); refusal == nil {
		refusal = d.check()
	}
	if refusal == nil {
		refusal = s.save(d, c.now, c.UserAgent())
	}
	if refusal != nil {
		s.limits.describeUpdate(refusal, rec.Ticket.ID, c.now)
		return refusal
	}
	a := ok(map[string]any{"ticket": rec.Ticket, "audit": rec.Audits[len(rec.Audits)-1]})
	s.limits.describeUpdate(a, rec.Ticket.ID, c.now)
	if len(d.unknown) > 0 {
		slices.Sort(d.unknown)
		a.with("X-Zendesk-API-Warn", ok(map[string]any{"unpermitted_keys": d.unknown}).body.String())
	}
	return a
}

// read takes the request's body into the draft.
func (d *draft) read(r *http.Request) *answer {
	var in struct {
		Ticket map[string]json.RawMessage `json:"ticket"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		var wrongType *json.UnmarshalTypeError
		if !errors.As(err, &wrongType) {
			return jsonAnswer(http.StatusBadRequest,
				`{"error":"Unprocessable Entity","message":"Server could not parse JSON"}`)
		}
	}
	if in.Ticket == nil {
		return jsonAnswer(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":`+
			`"Parameter ticket is required"}}`)
	}
	for _, key := range slices.Sorted(maps.Keys(in.Ticket)) {
		if err := d.set(key, in.Ticket[key]); err != nil {
			return jsonAnswer(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":`+
				`"You passed an invalid value for the `+key+` attribute"}}`)
		}
	}
	return nil
}

// set takes one property. Those that Zendesk takes and the sandbox does not
// know are ignored with a warning, like those that nobody knows.
func (d *draft) set(key string, raw json.RawMessage) error {
	switch key {
	case "status":
		return json.Unmarshal(raw, &d.after.Status)
	case "priority":
		d.after.Priority = ""
		return json.Unmarshal(raw, &d.after.Priority)
	case "type":
		d.after.Type = ""
		return json.Unmarshal(raw, &d.after.Type)
	case "subject":
		err := json.Unmarshal(raw, &d.after.Subject)
		d.after.RawSubject = d.after.Subject
		return err
	case "assignee_id":
		d.after.AssigneeID = 0
		return json.Unmarshal(raw, &d.after.AssigneeID)
	case "group_id":
		d.after.GroupID = 0
		return json.Unmarshal(raw, &d.after.GroupID)
	case "external_id":
		d.after.ExternalID = ""
		return json.Unmarshal(raw, &d.after.ExternalID)
	case "tags":
		err := json.Unmarshal(raw, &d.after.Tags)
		d.after.Tags = append([]string{}, d.after.Tags...)
		return err
	case "comment":
		return d.setComment(raw)
	case "metadata":
		if string(raw) == "null" {
			return nil
		}
		return json.Unmarshal(raw, &d.custom)
	case "safe_update":
		d.guarded = true // whatever its value
	case "updated_stamp":
		return json.Unmarshal(raw, &d.stamp)
	default:
		d.unknown = append(d.unknown, "ticket."+key)
	}
	return nil
}

func (d *draft) setComment(raw json.RawMessage) error {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(raw, &keys); err != nil {
		return err
	}
	for key := range keys {
		if !slices.Contains([]string{"body", "html_body", "public", "author_id", "uploads"}, key) {
			d.unknown = append(d.unknown, "ticket.comment."+key)
		}
	}
	return json.Unmarshal(raw, &d.comment)
}

// check refuses what Zendesk refuses.
func (d *draft) check() *answer {
	before, after := &d.rec.Ticket, &d.after
	switch {
	case d.guarded && !d.stamp.IsZero() && before.UpdatedAt.After(d.stamp):
		return updateConflict()
	case before.Status == "closed":
		return closedTicket()
	case d.me.OnlyPrivate && (len(differences(before, after)) > 0 || d.comment != nil && d.comment.Public != nil && *d.comment.Public):
		return forbiddenRole()
	case statusRank(after.Status) < 0:
		return invalidRecord("status", "Status: "+after.Status+" is not included in the list")
	case after.Status == "new" && before.Status != "new":
		return invalidRecord("status", "Status: cannot be set to new again")
	case !slices.Contains(priorities(), string(after.Priority)):
		return invalidRecord("priority", "Priority: "+string(after.Priority)+" is not included in the list")
	case before.Priority != "" && after.Priority == "":
		return invalidRecord("priority", "Priority: cannot be reset")
	case !slices.Contains(types(), string(after.Type)):
		return invalidRecord("type", "Type: "+string(after.Type)+" is not included in the list")
	case after.Status == "solved" && after.AssigneeID == 0:
		return assigneeRequired()
	case d.says() && len(d.rec.Comments) >= maxComments:
		return invalidRecord("base", "Comment: this ticket has reached the limit of 5000 comments")
	}
	return nil
}

// says tells whether the draft brings a comment; an empty one is none.
func (d *draft) says() bool {
	return d.comment != nil && strings.TrimSpace(d.comment.Body+d.comment.HTMLBody) != ""
}

// save makes the update durable and applies it.
func (s *Sandbox) save(d *draft, now time.Time, client string) *answer {
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
	issued := s.world.issued
	audit := &Audit{
		ID: s.world.issue(), TicketID: d.after.ID, CreatedAt: stamp, AuthorID: d.me.ID,
		Metadata: Metadata{System: systemMetadata(client), Custom: d.custom}, Events: []any{}, Via: via(d.via),
	}
	var comment *Comment
	if d.says() {
		comment = s.newComment(d, audit)
		audit.Events = append(audit.Events, commentEvent(comment))
		if comment.Public {
			audit.Events = append(audit.Events, notification{
				ID: s.world.issue(), Type: "Notification", Via: via("rule"), Body: comment.Body,
				Subject: "[" + Company + "] Re: " + d.after.Subject, Recipients: []int64{d.after.RequesterID},
			})
		}
	}
	for _, event := range differences(&d.rec.Ticket, &d.after) {
		event.ID = s.world.issue()
		audit.Events = append(audit.Events, event)
	}
	if len(audit.Events) > 0 {
		d.after.UpdatedAt = stamp
	}
	if err := s.commit(change{Ticket: d.after, Hidden: d.rec.Hidden, Comment: comment, Audit: audit, Issued: s.world.issued}); err != nil {
		s.world.issued = issued
		return serverError()
	}
	return nil
}

func (s *Sandbox) newComment(d *draft, audit *Audit) *Comment {
	comment := &Comment{
		ID: s.world.issue(), Type: "Comment", AuthorID: d.me.ID, AuditID: audit.ID, CreatedAt: audit.CreatedAt,
		Public: d.rec.Comments[0].Public, Attachments: []Attachment{}, Via: audit.Via,
		Metadata: Metadata{System: audit.Metadata.System, Custom: map[string]any{}},
	}
	if s.customInComments {
		comment.Metadata.Custom = d.custom
	}
	if s.world.users[d.comment.AuthorID] != nil {
		comment.AuthorID = d.comment.AuthorID
	}
	if d.comment.Public != nil {
		comment.Public = *d.comment.Public
	}
	if d.me.OnlyPrivate {
		comment.Public = false
	}
	requester := s.world.users[d.rec.Ticket.RequesterID]
	if d.comment.HTMLBody != "" {
		markup := s.rendering.expand(d.comment.HTMLBody, &d.after, requester, d.me)
		comment.Body, comment.HTMLBody = s.rendering.htmlBody(markup)
	} else {
		text := s.rendering.expand(d.comment.Body, &d.after, requester, d.me)
		comment.Body, comment.HTMLBody = s.rendering.body(text)
	}
	comment.PlainBody = comment.Body
	return comment
}

// commentEvent is the event by which an audit tells of a comment; the two share an id.
func commentEvent(c *Comment) commentAdded {
	return commentAdded{
		ID: c.ID, Type: c.Type, AuthorID: c.AuthorID, Body: c.Body, HTMLBody: c.HTMLBody, PlainBody: c.PlainBody,
		Public: c.Public, Attachments: c.Attachments, AuditID: c.AuditID,
	}
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

// systemMetadata is what Zendesk notes of a writer's machine.
func systemMetadata(client string) map[string]any {
	return map[string]any{
		"client": client, "ip_address": "203.0.113.24", "location": "Gothenburg, 14, Sweden",
		"latitude": 57.7072, "longitude": 11.9668,
	}
}

func via(channel string) Via {
	return Via{Channel: channel, Source: ViaSource{From: map[string]any{}, To: map[string]any{}}}
}
