package wire

import (
	"encoding/json"
	"time"

	"storydesk/tracker"
)

// Change is the one form of update that we send,
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket.
type Change struct {
	Status   tracker.TicketStatus `json:"status,omitempty"`
	Comment  *privateComment      `json:"comment,omitempty"`
	Metadata struct {
		Operation string `json:"client_op"`
	} `json:"metadata"`
	SafeUpdate   bool   `json:"safe_update"`
	UpdatedStamp string `json:"updated_stamp"`
}

// NewChange returns the change that an update asks for.
func NewChange(u tracker.TicketUpdate) Change {
	change := Change{
		SafeUpdate:   true,
		UpdatedStamp: u.Stamp.UTC().Format(time.RFC3339),
	}
	if html := CommentHTML(u.Note); html != "" {
		change.Comment = &privateComment{html, u.Uploads}
	}
	change.Metadata.Operation = u.Operation
	if u.Open {
		change.Status = tracker.TicketOpen
	}
	return change
}

// privateComment is the HTML of a comment, and the tokens of the files that it carries.
// It has no way to be public.
type privateComment struct {
	html    string
	uploads []string
}

// MarshalJSON implements json.Marshaler.
func (c privateComment) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		HTMLBody string   `json:"html_body"`
		Public   bool     `json:"public"`
		Uploads  []string `json:"uploads,omitempty"`
	}{HTMLBody: c.html, Uploads: c.uploads})
}
