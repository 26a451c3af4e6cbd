package tracker

import (
	"strings"
	"time"
)

// TicketEventKind says what happened on a linked ticket.
type TicketEventKind string

// The kinds.
const (
	// EventComment is something that a person wrote.
	EventComment TicketEventKind = "comment"
	// The others are changes of a field.
	EventStatus       TicketEventKind = "status"
	EventPriority     TicketEventKind = "priority"
	EventSatisfaction TicketEventKind = "satisfaction"
)

// TicketEvent is something that happened on a linked ticket, other than what was
// sent from here. It belongs to the activity of the ticket's stories and is never sent
// anywhere.
type TicketEvent struct {
	// ID rises with the order in which events were learned.
	ID     int64
	Ticket TicketKey
	Kind   TicketEventKind
	// Key tells it from others of its kind on the ticket: Zendesk's number of the
	// comment, or the ticket's UpdatedAt after a change.
	Key int64
	// Author is who wrote a comment, Role what they are in Zendesk, in its words. Both
	// are empty where that is not known.
	Author, Role string
	// Public is false for a private comment.
	Public bool
	// Text is what a comment says, plain, as strangers wrote it.
	Text string
	// Old and New are a field's values, in Zendesk's words.
	Old, New string
	// At is by Zendesk's clock; NotedAt, when it was learned, is by ours.
	At, NotedAt time.Time
	// Unread is true until somebody has looked at the story or the ticket.
	Unread bool
}

// FromCustomer reports whether the customer wrote it, or somebody else who is no agent.
func (e TicketEvent) FromCustomer() bool {
	return e.Kind == EventComment && e.Public && strings.EqualFold(e.Role, "end-user")
}

// Followed is a linked ticket with how far its stories know of what happened there.
type Followed struct {
	// Ticket is as last seen, without its description.
	Ticket Ticket
	// Since is when, by Zendesk's clock, the ticket had changed last before it was
	// linked; what is not later is no event. It is zero until somebody notes it.
	Since time.Time
	// ReadTo is the ticket's UpdatedAt up to which its comments were read.
	ReadTo time.Time
	// Status, Priority and Satisfaction are as the stories know them.
	Status                 TicketStatus
	Priority, Satisfaction string
}

// Changed reports whether something may have happened that the stories do not know.
func (f Followed) Changed() bool {
	t := f.Ticket
	return t.UpdatedAt.After(f.ReadTo) || t.Status != f.Status || t.Priority != f.Priority || t.Satisfaction != f.Satisfaction
}

// TicketEventReader reads what happened on linked tickets.
type TicketEventReader interface {
	// StoryEvents lists what happened on the tickets of a story since each was linked,
	// oldest first by Zendesk's clock.
	StoryEvents(story StoryID) ([]TicketEvent, error)
	// TicketEvents lists what happened on a ticket since it was first linked, oldest first.
	TicketEvents(ticket TicketKey) ([]TicketEvent, error)
	// Followed lists the tickets of an account that are linked to a story that is not
	// deleted, by number. A ticket that was never read is not among them.
	Followed(host string) ([]Followed, error)
}

// TicketEventWriter records what happened on linked tickets.
type TicketEventWriter interface {
	// AddTicketEvent adds an event; added is false when it is there already. It sets ID.
	AddTicketEvent(e *TicketEvent) (added bool, err error)
	// SaveFollowed replaces how far a ticket is followed.
	SaveFollowed(f Followed) error
	// SeeTicketEvents notes that the events of a ticket up to one, by its id, were seen, and
	// reports whether one of them had not been.
	SeeTicketEvents(ticket TicketKey, upTo int64) (unread bool, err error)
}
