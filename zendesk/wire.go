package zendesk

import (
	"encoding/json"
	"math"
	"strconv"
	"time"
)

// text reads a string, and a number or boolean as it is written. Anything else
// is empty.
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(data []byte) error {
	*t = ""
	switch data[0] {
	case '"':
		return json.Unmarshal(data, (*string)(t))
	case 'n', '{', '[':
		return nil
	}
	*t = text(data)
	return nil
}

// number reads a whole number, also one in quotes or with an exponent.
// Anything else is 0, which Zendesk never uses as an id.
type number int64

// UnmarshalJSON implements json.Unmarshaler.
func (n *number) UnmarshalJSON(data []byte) error {
	var t text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	*n = number(t.whole())
	return nil
}

// String writes the number in digits.
func (n number) String() string { return strconv.FormatInt(int64(n), 10) }

func (t text) whole() int64 {
	if n, err := strconv.ParseInt(string(t), 10, 64); err == nil {
		return n
	}
	// Beyond 2^53 a float no longer tells one id from the next.
	f, err := strconv.ParseFloat(string(t), 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > 1<<53 {
		return 0
	}
	return int64(f)
}

// moment reads a time in RFC 3339. Anything else is the zero time.
type moment struct{ time.Time }

// UnmarshalJSON implements json.Unmarshaler.
func (m *moment) UnmarshalJSON(data []byte) error {
	var t text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	m.Time = t.time()
	return nil
}

func (t text) time() time.Time {
	at, err := time.Parse(time.RFC3339, string(t))
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// loose reads a T where there is one and leaves its zero value otherwise: for
// what we show but do not depend on.
type loose[T any] struct{ value T }

// UnmarshalJSON implements json.Unmarshaler.
func (l *loose[T]) UnmarshalJSON(data []byte) error {
	var value T
	if json.Unmarshal(data, &value) == nil {
		l.value = value
	}
	return nil
}

// named is a user or an organization loaded beside what refers to it.
type named struct {
	ID   number `json:"id"`
	Name text   `json:"name"`
	Role text   `json:"role"`
}

// nameOf finds a name by id; it is empty when it was not loaded.
func nameOf(list loose[[]named], id number) string {
	for _, n := range list.value {
		if n.ID == id && id != 0 {
			return string(n.Name)
		}
	}
	return ""
}

// roleOf finds a user's role by id; it is empty when it was not loaded.
func roleOf(list loose[[]named], id number) string {
	for _, n := range list.value {
		if n.ID == id && id != 0 {
			return string(n.Role)
		}
	}
	return ""
}

type wireUser struct {
	ID    number `json:"id"`
	URL   text   `json:"url"`
	Name  text   `json:"name"`
	Email text   `json:"email"`
	Role  text   `json:"role"`
	// The others are read of the signed-in user,
	// https://developer.zendesk.com/api-reference/ticketing/users/users/#json-format.
	RoleType    number `json:"role_type"`
	Suspended   text   `json:"suspended"`
	OnlyPrivate text   `json:"only_private_comments"`
	Restriction text   `json:"ticket_restriction"`
}

type wireView struct {
	ID     number `json:"id"`
	Title  text   `json:"title"`
	Active text   `json:"active"`
}

type wireTicket struct {
	ID             number        `json:"id"`
	URL            text          `json:"url"`
	Subject        text          `json:"subject"`
	Description    long          `json:"description"`
	Status         text          `json:"status"`
	Priority       text          `json:"priority"`
	Type           text          `json:"type"`
	RequesterID    number        `json:"requester_id"`
	OrganizationID number        `json:"organization_id"`
	Tags           loose[[]text] `json:"tags"`
	CreatedAt      moment        `json:"created_at"`
	UpdatedAt      moment        `json:"updated_at"`
	CustomStatusID number        `json:"custom_status_id"`
	FromMessaging  text          `json:"from_messaging_channel"`
	Via            loose[struct {
		Channel text `json:"channel"`
	}] `json:"via"`
}

// sideloads are the users and organizations that an answer's tickets or
// comments refer to.
type sideloads struct {
	Users         loose[[]named]      `json:"users"`
	Organizations loose[[]named]      `json:"organizations"`
	Statuses      loose[[]wireStatus] `json:"custom_statuses"`
}

// wireMetadata is kept with an audit; custom is what an update put there.
type wireMetadata struct {
	Custom loose[struct {
		Operation text `json:"client_op"`
	}] `json:"custom"`
}

func (m wireMetadata) operation() string { return string(m.Custom.value.Operation) }

// wireComment is a comment in a ticket's listing and, as an event, in an audit.
type wireComment struct {
	ID          number                  `json:"id"`
	Type        text                    `json:"type"`
	AuthorID    number                  `json:"author_id"`
	Body        long                    `json:"body"`
	PlainBody   long                    `json:"plain_body"`
	HTMLBody    long                    `json:"html_body"`
	Public      text                    `json:"public"`
	AuditID     number                  `json:"audit_id"`
	Metadata    loose[wireMetadata]     `json:"metadata"`
	CreatedAt   moment                  `json:"created_at"`
	Attachments loose[[]wireAttachment] `json:"attachments"`
}

// wireAttachment is a file of a comment,
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/#json-format.
type wireAttachment struct {
	Name text   `json:"file_name"`
	URL  text   `json:"content_url"`
	Size number `json:"size"`
}

type wireAudit struct {
	ID        number              `json:"id"`
	TicketID  number              `json:"ticket_id"`
	AuthorID  number              `json:"author_id"`
	Metadata  loose[wireMetadata] `json:"metadata"`
	Events    []wireComment       `json:"events"`
	CreatedAt moment              `json:"created_at"`
}
