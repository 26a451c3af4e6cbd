package zendesk

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"storydesk/tracker"
)

// Update changes a ticket if it has not changed since u.Stamp. It sends one
// request, and takes a success for one only with the audit that proves it.
func (d *desk) Update(ctx context.Context, id tracker.TicketID, u tracker.TicketUpdate) (tracker.Audit, error) {
	change := newChange(u)
	if u.Operation == "" || u.Stamp.IsZero() || change.Comment == "" && change.Status == "" {
		e := tracker.Errorf(tracker.CodeInternal, "the update of ticket %s lacks its operation, its stamp or its change", id)
		e.Unsent = true
		return tracker.Audit{}, e
	}
	c := ticketCall(id, "")
	c.method = http.MethodPut
	c.body = map[string]ticketChange{"ticket": change}
	return d.audited(ctx, c, id)
}

// ticketChange is the one form of update that we send,
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket.
type ticketChange struct {
	Status   tracker.TicketStatus `json:"status,omitempty"`
	Comment  privateComment       `json:"comment,omitempty"`
	Metadata struct {
		Operation string `json:"client_op"`
	} `json:"metadata"`
	SafeUpdate   bool   `json:"safe_update"`
	UpdatedStamp string `json:"updated_stamp"`
}

func newChange(u tracker.TicketUpdate) ticketChange {
	change := ticketChange{
		Comment:      privateComment(noteHTML(u.Note)),
		SafeUpdate:   true,
		UpdatedStamp: u.Stamp.UTC().Format(time.RFC3339),
	}
	change.Metadata.Operation = u.Operation
	if u.Open {
		change.Status = tracker.TicketOpen
	}
	return change
}

// privateComment is the html of a comment. It has no way to be public.
type privateComment string

// MarshalJSON implements json.Marshaler.
func (c privateComment) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		HTMLBody string `json:"html_body"`
		Public   bool   `json:"public"`
	}{HTMLBody: string(c)})
}
