package wire

import "storydesk/tracker"

// Status is a status that the account has named,
// https://developer.zendesk.com/api-reference/ticketing/tickets/custom_ticket_statuses/.
type Status struct {
	ID       Number `json:"id"`
	Category Text   `json:"status_category"`
	Label    Text   `json:"agent_label"`
}

// TicketListing is a page of tickets.
type TicketListing struct {
	Paging
	Sideloads
	Tickets *[]Ticket `json:"tickets"`
}

// Kinds of agents that may do less than agents.
const (
	// RoleLight is a light agent, who can add private comments alone.
	RoleLight       = 1
	roleContributor = 3
)

// Kind returns the word for what the user is. Zendesk calls light agents and
// contributors agents, too.
func (u *User) Kind() string {
	switch u.RoleType {
	case RoleLight:
		return "light agent"
	case roleContributor:
		return "contributor"
	}
	return string(u.Role)
}

// ViewListing is a page of views.
type ViewListing struct {
	Paging
	Views *[]View `json:"views"`
}

// Translate returns the view as tracker knows it.
func (w View) Translate() tracker.View {
	return tracker.View{ID: tracker.ViewID(w.ID), Title: string(w.Title), Active: w.Active != "false"}
}

// Named is a user or an organization loaded beside what refers to it.
type Named struct {
	ID   Number `json:"id"`
	Name Text   `json:"name"`
	Role Text   `json:"role"`
}

// NameOf returns a name by id; it is empty when it was not loaded.
func NameOf(list Loose[[]Named], id Number) string {
	for _, n := range list.Value {
		if n.ID == id && id != 0 {
			return string(n.Name)
		}
	}
	return ""
}

// RoleOf returns a user's role by id; it is empty when it was not loaded.
func RoleOf(list Loose[[]Named], id Number) string {
	for _, n := range list.Value {
		if n.ID == id && id != 0 {
			return string(n.Role)
		}
	}
	return ""
}

// User is the signed-in user.
type User struct {
	ID    Number `json:"id"`
	URL   Text   `json:"url"`
	Name  Text   `json:"name"`
	Email Text   `json:"email"`
	Role  Text   `json:"role"`
	// The others are read of the signed-in user,
	// https://developer.zendesk.com/api-reference/ticketing/users/users/#json-format.
	RoleType    Number `json:"role_type"`
	Suspended   Text   `json:"suspended"`
	OnlyPrivate Text   `json:"only_private_comments"`
	Restriction Text   `json:"ticket_restriction"`
}

// View is a saved list of tickets,
// https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#json-format.
type View struct {
	ID     Number `json:"id"`
	Title  Text   `json:"title"`
	Active Text   `json:"active"`
}

// Ticket is what we read of a ticket,
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#json-format.
type Ticket struct {
	ID             Number        `json:"id"`
	URL            Text          `json:"url"`
	Subject        Text          `json:"subject"`
	Description    Long          `json:"description"`
	Status         Text          `json:"status"`
	Priority       Text          `json:"priority"`
	Type           Text          `json:"type"`
	RequesterID    Number        `json:"requester_id"`
	OrganizationID Number        `json:"organization_id"`
	Tags           Loose[[]Text] `json:"tags"`
	CreatedAt      Moment        `json:"created_at"`
	UpdatedAt      Moment        `json:"updated_at"`
	CustomStatusID Number        `json:"custom_status_id"`
	FromMessaging  Text          `json:"from_messaging_channel"`
	Rating         Loose[struct {
		Score Text `json:"score"`
	}] `json:"satisfaction_rating"`
	// SLAs and Metrics are there where the request includes them and the plan has
	// them. Metrics come with the ticket or beside it.
	SLAs    *SLAs             `json:"slas"`
	Metrics Loose[*MetricSet] `json:"metric_set"`
	Via     Loose[struct {
		Channel Text `json:"channel"`
	}] `json:"via"`
}

// Sideloads are what an answer's tickets or comments refer to, and what was
// measured of the tickets.
type Sideloads struct {
	Users         Loose[[]Named]  `json:"users"`
	Organizations Loose[[]Named]  `json:"organizations"`
	Statuses      Loose[[]Status] `json:"custom_statuses"`
	MetricSets    MetricSets      `json:"metric_sets"`
}

// metadata is stored with an audit; custom is what an update put there.
type metadata struct {
	Custom Loose[struct {
		Operation Text `json:"client_op"`
	}] `json:"custom"`
}

func (m metadata) operation() string { return string(m.Custom.Value.Operation) }

// Comment is a comment in a ticket's listing and, as an event, in an audit.
type Comment struct {
	ID          Number              `json:"id"`
	Type        Text                `json:"type"`
	AuthorID    Number              `json:"author_id"`
	Body        Long                `json:"body"`
	PlainBody   Long                `json:"plain_body"`
	HTMLBody    Long                `json:"html_body"`
	Public      Text                `json:"public"`
	AuditID     Number              `json:"audit_id"`
	Metadata    Loose[metadata]     `json:"metadata"`
	CreatedAt   Moment              `json:"created_at"`
	Attachments Loose[[]Attachment] `json:"attachments"`
}

// Attachment is a file of a comment,
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket-attachments/#json-format.
type Attachment struct {
	Name Text   `json:"file_name"`
	URL  Text   `json:"content_url"`
	Size Number `json:"size"`
}

// Audit is the record of one update of a ticket.
type Audit struct {
	ID        Number          `json:"id"`
	TicketID  Number          `json:"ticket_id"`
	AuthorID  Number          `json:"author_id"`
	Metadata  Loose[metadata] `json:"metadata"`
	Events    []Comment       `json:"events"`
	CreatedAt Moment          `json:"created_at"`
}
