package tracker

import (
	"slices"
	"time"
)

// TicketStatus is a ticket's status category. Accounts may answer others than
// those named here; they are saved and shown as they came.
type TicketStatus string

// The statuses of Zendesk.
const (
	TicketNew     TicketStatus = "new"
	TicketOpen    TicketStatus = "open"
	TicketPending TicketStatus = "pending"
	TicketHold    TicketStatus = "hold"
	TicketSolved  TicketStatus = "solved"
	TicketClosed  TicketStatus = "closed"
)

// Ticket is a customer's request as Zendesk last told it.
type Ticket struct {
	TicketKey
	Subject string
	// Description is the plain text of the first comment. The cached listing of a view leaves it empty.
	Description string
	// Status is the category of its status; CustomStatus the name that the account
	// gave the status itself, empty where that says no more.
	Status       TicketStatus
	CustomStatus string
	// Priority and Type are empty when not set; otherwise Zendesk's words.
	Priority string
	Type     string
	// Requester and Organization are names, empty when not known.
	Requester    string
	Organization string
	Tags         []string
	// SLA is the target that it breaches next, and Progress what became of it.
	SLA      SLA
	Progress Progress
	// Satisfaction is the customer's rating in Zendesk's word, such as "good" or
	// "offered"; empty where none was asked for.
	Satisfaction string
	// Channel is how it arrived, in Zendesk's word, empty when not known.
	// Messaging is true for a chat: its messages are not among its comments.
	Channel   string
	Messaging bool
	// Merged is true when it was closed by a merge into another ticket. Only
	// Zendesk tells; it is not kept.
	Merged bool
	// URL opens the ticket in a browser.
	URL       string
	CreatedAt time.Time
	// UpdatedAt is by Zendesk's clock, in whole seconds.
	UpdatedAt time.Time
}

// StoryType returns what a story made from the ticket is: a bug for a problem or
// an incident, what a feed says, else a feature.
func (t Ticket) StoryType() StoryType {
	if said := StoryType(t.Type); slices.Contains(StoryTypes(), said) {
		return said
	}
	if slices.Contains([]string{"problem", "incident"}, t.Type) {
		return Bug
	}
	return Feature
}

// MaxText is the most bytes of one text of a ticket that are read: more than
// anybody writes, and little enough to be drawn at once.
const MaxText = 1 << 20

// TicketComment is one entry of a ticket's conversation.
type TicketComment struct {
	ID       int64
	AuthorID int64
	// Author is a name, empty when not known; Role is what the author is in
	// Zendesk, in its words: "end-user", "agent", "admin".
	Author string
	Role   string
	// Text is plain; HTML is as Zendesk renders it, possibly hostile.
	Text string
	HTML string
	// Cut is true when Text or HTML is only the first MaxText bytes.
	Cut    bool
	Public bool
	// Attachments are the files that came with it.
	Attachments []Attachment
	// AuditID is the update that brought it, 0 when Zendesk does not say.
	AuditID AuditID
	// Operation is the operation id in its metadata, if any.
	Operation string
	CreatedAt time.Time
}

// Attachment is a file of a comment. All of it is as strangers made it.
type Attachment struct {
	Name string
	// URL opens it in a browser.
	URL string
	// Size is in bytes.
	Size int64
}

// Audit is Zendesk's record of one update of a ticket.
type Audit struct {
	ID       AuditID
	TicketID TicketID
	AuthorID int64
	// Operation is the operation id that the update carried, if any.
	Operation string
	// Comments are those that the update added.
	Comments  []TicketComment
	CreatedAt time.Time
}

// Fetch is what came of reading a view last time.
type Fetch struct {
	IntegrationID IntegrationID
	// ID tells one reading from the next; it rises.
	ID        int64
	StartedAt time.Time
	// FinishedAt is zero while pages still arrive.
	FinishedAt time.Time
	// Total is how many tickets the view holds by Zendesk's count, -1 when not told.
	Total int
	// Partial is true when the reading ended before the view did.
	Partial bool
	// Problem is the sentence of the error that ended it, empty when all went well.
	Problem string
	// Next names the page at which a partial reading can go on, in Zendesk's words.
	Next string
	// NextAt is when Zendesk may be asked again at the earliest, zero for at once.
	NextAt time.Time
	// Beside is how many requests it took beside those for the view's pages.
	Beside int
	// Asked is true when somebody who cannot read the view wants it read soon.
	Asked bool
}

// Continues is true when a reading ended before the view did and can go on.
func (f Fetch) Continues() bool { return f.Partial && f.Next != "" }

// TicketList is an integration's panel: its view as last read.
type TicketList struct {
	Integration Integration
	// Fetch is the last reading; its ID is 0 before the first.
	Fetch   Fetch
	Tickets []TicketRow
}

// TellsSLA reports whether Zendesk tells the SLAs of the list's tickets, which it
// does not on every plan.
func (l TicketList) TellsSLA() bool {
	return slices.ContainsFunc(l.Tickets, func(t TicketRow) bool { return t.SLA.Told })
}

// TellsProgress is TellsSLA for what Zendesk calls metric sets.
func (l TicketList) TellsProgress() bool {
	return slices.ContainsFunc(l.Tickets, func(t TicketRow) bool { return t.Progress.Told })
}

// TicketRow is a ticket with the stories it is linked to.
type TicketRow struct {
	Ticket
	Stories []StoryRef
	// Unread is true until somebody looks at the ticket as it is now.
	Unread bool
	// Aside is how it was dismissed or snoozed, nil when it was not or has come back.
	Aside *Aside
}

// TicketDetail is a ticket with its stories and what became of it.
type TicketDetail struct {
	Ticket  Ticket
	Stories []StoryRef
	// Unread and Aside are as in TicketRow.
	Unread bool
	Aside  *Aside
	// Deliveries are those to the ticket, newest first.
	Deliveries []Delivery
	// Events are what happened on it since it was first linked, oldest first.
	Events []TicketEvent
}

// Conversation is the newer part of what was said on a ticket, or all of it.
type Conversation struct {
	// Comments are oldest first.
	Comments []TicketComment
	// Older is true when there are older comments that were not read.
	Older bool
	// Problem says why the messages of a chat could not be read, empty when they
	// are here or the ticket is no chat.
	Problem string
}
