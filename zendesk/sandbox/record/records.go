package record

import (
	"encoding/json"
	"fmt"
	"time"
)

// Word is a string that is null in JSON when empty.
type Word string

// MarshalJSON writes null for the empty word.
func (w Word) MarshalJSON() ([]byte, error) {
	if w == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(w))
}

// Ref is the id of another record; it is null in JSON when 0.
type Ref int64

// MarshalJSON writes null for 0.
func (r Ref) MarshalJSON() ([]byte, error) {
	if r == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(int64(r))
}

// Ticket is a ticket as the API shows it.
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#json-format
type Ticket struct {
	URL                  string        `json:"url"`
	ID                   int64         `json:"id"`
	ExternalID           Word          `json:"external_id"`
	Via                  Via           `json:"via"`
	CreatedAt            time.Time     `json:"created_at"`
	UpdatedAt            time.Time     `json:"updated_at"`
	Type                 Word          `json:"type"`
	Subject              string        `json:"subject"`
	RawSubject           string        `json:"raw_subject"`
	Description          string        `json:"description"`
	Priority             Word          `json:"priority"`
	Status               string        `json:"status"`
	Recipient            Word          `json:"recipient"`
	RequesterID          int64         `json:"requester_id"`
	SubmitterID          int64         `json:"submitter_id"`
	AssigneeID           Ref           `json:"assignee_id"`
	OrganizationID       Ref           `json:"organization_id"`
	GroupID              Ref           `json:"group_id"`
	CollaboratorIDs      []int64       `json:"collaborator_ids"`
	FollowerIDs          []int64       `json:"follower_ids"`
	EmailCCIDs           []int64       `json:"email_cc_ids"`
	ForumTopicID         Ref           `json:"forum_topic_id"`
	ProblemID            Ref           `json:"problem_id"`
	HasIncidents         bool          `json:"has_incidents"`
	IsPublic             bool          `json:"is_public"`
	DueAt                *time.Time    `json:"due_at"`
	Tags                 []string      `json:"tags"`
	CustomFields         []CustomField `json:"custom_fields"`
	SatisfactionRating   any           `json:"satisfaction_rating"`
	SharingAgreementIDs  []int64       `json:"sharing_agreement_ids"`
	CustomStatusID       int64         `json:"custom_status_id"`
	FollowupIDs          []int64       `json:"followup_ids"`
	TicketFormID         Ref           `json:"ticket_form_id"`
	BrandID              int64         `json:"brand_id"`
	AllowChannelback     bool          `json:"allow_channelback"`
	AllowAttachments     bool          `json:"allow_attachments"`
	FromMessagingChannel bool          `json:"from_messaging_channel"`
	Included
}

// CustomField is the value of a custom field: a string, number, bool, list or null.
type CustomField struct {
	ID    int64 `json:"id"`
	Value any   `json:"value"`
}

// Via is the channel by which something arrived.
type Via struct {
	Channel string    `json:"channel"`
	Source  ViaSource `json:"source"`
}

// ViaSource says from whom to whom.
type ViaSource struct {
	From map[string]any `json:"from"`
	To   map[string]any `json:"to"`
	Rel  Word           `json:"rel"`
}

// Comment is one entry of a ticket's conversation.
type Comment struct {
	ID          int64        `json:"id"`
	Type        string       `json:"type"`
	AuthorID    int64        `json:"author_id"`
	Body        string       `json:"body"`
	HTMLBody    string       `json:"html_body"`
	PlainBody   string       `json:"plain_body"`
	Public      bool         `json:"public"`
	Attachments []Attachment `json:"attachments"`
	AuditID     int64        `json:"audit_id"`
	Via         Via          `json:"via"`
	CreatedAt   time.Time    `json:"created_at"`
	Metadata    Metadata     `json:"metadata"`
}

// Metadata is what an update says about itself: system is the writer's
// machine, custom what the writer sent along.
type Metadata struct {
	System map[string]any `json:"system"`
	Custom map[string]any `json:"custom"`
}

// Audit is the record of one update of a ticket.
type Audit struct {
	ID        int64     `json:"id"`
	TicketID  int64     `json:"ticket_id"`
	CreatedAt time.Time `json:"created_at"`
	AuthorID  int64     `json:"author_id"`
	Metadata  Metadata  `json:"metadata"`
	Events    []any     `json:"events"`
	Via       Via       `json:"via"`
}

// The events of an audit. A state file gives them back as plain JSON objects,
// which is why Audit.Events takes anything.
type (
	// CommentAdded says that an update brought a comment.
	CommentAdded struct {
		ID          int64        `json:"id"`
		Type        string       `json:"type"`
		AuthorID    int64        `json:"author_id"`
		Body        string       `json:"body"`
		HTMLBody    string       `json:"html_body"`
		PlainBody   string       `json:"plain_body"`
		Public      bool         `json:"public"`
		Attachments []Attachment `json:"attachments"`
		AuditID     int64        `json:"audit_id"`
	}
	// FieldSet says what a field was set to when the ticket was made.
	FieldSet struct {
		ID    int64  `json:"id"`
		Type  string `json:"type"`
		Field string `json:"field_name"`
		Value any    `json:"value"`
	}
	// FieldChanged says that an update changed a field.
	FieldChanged struct {
		ID       int64  `json:"id"`
		Type     string `json:"type"`
		Field    string `json:"field_name"`
		Value    any    `json:"value"`
		Previous any    `json:"previous_value"`
	}
	// Notification says that somebody was sent an e-mail.
	Notification struct {
		ID         int64   `json:"id"`
		Type       string  `json:"type"`
		Via        Via     `json:"via"`
		Subject    string  `json:"subject"`
		Body       string  `json:"body"`
		Recipients []int64 `json:"recipients"`
	}
)

// URL is the address of a record on the canonical host.
func URL(format string, args ...any) string {
	return "https://" + CanonicalHost + "/api/v2/" + fmt.Sprintf(format, args...) + ".json"
}

// Archived tickets are those closed for 120 days; no view shows them.
// https://support.zendesk.com/hc/en-us/articles/4408887617050
func (t *Ticket) Archived(now time.Time) bool {
	return t.Status == "closed" && now.Sub(t.UpdatedAt) >= 120*24*time.Hour
}

// CommentEvent is the event by which an audit shows a comment; the two share an id.
func CommentEvent(c *Comment) CommentAdded {
	return CommentAdded{
		ID: c.ID, Type: c.Type, AuthorID: c.AuthorID, Body: c.Body, HTMLBody: c.HTMLBody, PlainBody: c.PlainBody,
		Public: c.Public, Attachments: c.Attachments, AuditID: c.AuditID,
	}
}

// SystemMetadata is what Zendesk records of a writer's machine.
func SystemMetadata(client string) map[string]any {
	return map[string]any{
		"client": client, "ip_address": "203.0.113.24", "location": "Gothenburg, 14, Sweden",
		"latitude": 57.7072, "longitude": 11.9668,
	}
}

// NewVia returns a channel without a source.
func NewVia(channel string) Via {
	return Via{Channel: channel, Source: ViaSource{From: map[string]any{}, To: map[string]any{}}}
}
