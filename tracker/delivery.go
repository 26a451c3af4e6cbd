package tracker

import (
	"fmt"
	"strings"
	"time"
)

// DeliveryKind says what a delivery carries.
type DeliveryKind string

// The kinds.
const (
	// KindComment carries a story's comment.
	KindComment DeliveryKind = "comment"
	// KindState carries a change of a story's state.
	KindState DeliveryKind = "state"
	// KindOpen carries no text: it opens a new ticket.
	KindOpen DeliveryKind = "open"
)

// DeliveryState says how far a delivery has come.
type DeliveryState string

// The states. The first three are in the lane, the others have left it.
const (
	// DeliveryWaiting: not tried yet, or tried and certainly not applied.
	DeliveryWaiting DeliveryState = "waiting"
	// DeliverySending: a request is under way.
	DeliverySending DeliveryState = "sending"
	// DeliveryUnconfirmed: a request left and nobody knows what came of it.
	DeliveryUnconfirmed DeliveryState = "unconfirmed"
	// DeliverySent: the ticket has it, proven by an audit or, for
	// KindOpen, by the ticket's status.
	DeliverySent DeliveryState = "sent"
	// DeliveryParked: Zendesk will not take it; somebody must decide.
	DeliveryParked DeliveryState = "parked"
	// DeliveryDropped: given up by the user's word.
	DeliveryDropped DeliveryState = "dropped"
)

// DeliveryStates lists all states in the order of a delivery's life.
func DeliveryStates() []DeliveryState {
	return []DeliveryState{
		DeliveryWaiting, DeliverySending, DeliveryUnconfirmed, DeliverySent, DeliveryParked, DeliveryDropped,
	}
}

// InLane is true while the delivery holds back those behind it.
func (s DeliveryState) InLane() bool {
	return s == DeliveryWaiting || s == DeliverySending || s == DeliveryUnconfirmed
}

// Delivery is one private comment on its way to one ticket.
type Delivery struct {
	ID DeliveryID
	// Seq orders the private comments of a lane. It is given when the private comment enters its
	// lane and again when a parked private comment is retried.
	Seq int64
	// Behind is the private comment at the head of its lane, for which it waits; 0 when it
	// is the head itself or has left the lane.
	Behind DeliveryID
	// Operation is a UUID that finds the private comment again in Zendesk.
	Operation string
	StoryID   StoryID
	Origin
	Ticket TicketKey
	// IntegrationID carries it; Integration is its name.
	IntegrationID IntegrationID
	Integration   string
	Kind          DeliveryKind
	// Text is the private comment as sent, plain; empty for KindOpen.
	Text string
	// Opens asks that the ticket be opened if it is new when the private comment is sent.
	Opens bool
	State DeliveryState
	// Attempts counts the requests that may have reached Zendesk.
	Attempts int
	// Failures counts the tries in a row that came to nothing; the back-off
	// follows from it, in any process.
	Failures int
	// Unreachable is true when the last try did not get through to Zendesk: it
	// is tried again as soon as Zendesk answers anything.
	Unreachable bool
	// NotBefore is when it may be tried: the grace, or the end of a back-off.
	NotBefore time.Time
	// Reason says why it waits, is parked, or what was left out.
	Reason string
	// NotOpened is why the private comment goes without opening the ticket, empty when
	// that was not refused.
	NotOpened string
	// Stamp is the ticket's UpdatedAt, by Zendesk's clock, before the first
	// attempt; a search for the private comment goes back to it. Zero before that.
	Stamp time.Time
	// LookUntil is until when a search that does not find the comment proves
	// nothing, by Zendesk's clock; zero when no request may have been applied.
	LookUntil time.Time
	// Refusal is what Zendesk said in an answer that proves nothing: the
	// delivery is parked with it if the comment is not on the ticket.
	Refusal string
	// SentAt is when the last request was last known to be under way, by our clock.
	SentAt time.Time
	// Late marks a parked private comment that was retried: it went behind younger ones.
	Late bool
	// AuditID is Zendesk's record of it, 0 until delivered.
	AuditID AuditID
	// Public is the visibility read back from Zendesk, nil until then.
	Public      *bool
	CreatedAt   time.Time
	DeliveredAt *time.Time
}

// MaxAttempts is how many attempts of a delivery are saved, the last ones.
const MaxAttempts = 20

// DeliveryAttempt is one try to send a delivery, or to find out whether it was sent.
type DeliveryAttempt struct {
	// At is when it began, by our clock.
	At time.Time
	// State is what the delivery was afterwards, Code that of the error, empty where there
	// was none, and Reason what was said of it.
	State  DeliveryState
	Code   Code
	Reason string
}

// Origin is what a delivery tells of.
type Origin struct {
	// ActivityID is the change that made it.
	ActivityID ActivityID
	// Actor is who made that change, empty once the story is deleted for good.
	Actor string
	// CommentID is the story comment that it carries, 0 for other kinds.
	CommentID CommentID
}

// Lane is the queue of one ticket. Only its first private comment is ever sent.
type Lane struct {
	Ticket TicketKey
	// Fence rises with every claim; work done under an older one is void.
	Fence int64
	// LeaseUntil is when the claim runs out, zero when nobody holds the lane.
	LeaseUntil time.Time
}

// Claim is a lane held for a while, with the private comment at its head.
type Claim struct {
	Lane     Lane
	Delivery Delivery
}

// SyncReport tells how a Sync ended.
type SyncReport struct {
	// Counts are the deliveries that are not sent, by state.
	Counts map[DeliveryState]int
	// Views is how many views were refreshed.
	Views int
	// Problems are what went wrong while reading views; each names its integration.
	Problems []error
}

// Settled is true when no delivery is waiting, sending, unconfirmed or parked.
func (r SyncReport) Settled() bool {
	return r.Counts[DeliveryWaiting]+r.Counts[DeliverySending]+r.Counts[DeliveryUnconfirmed]+r.Counts[DeliveryParked] == 0
}

// Reference marks a private comment: the story and the first six hex digits of the
// operation id, such as S-14·3fa2b1.
func Reference(story StoryID, operation string) string {
	hex := strings.ReplaceAll(operation, "-", "")
	return fmt.Sprintf("%s·%s", story, hex[:min(6, len(hex))])
}

// Unreached is a linked ticket that its stories' changes do not reach.
type Unreached struct {
	Ticket TicketID
	// Reason is why, such as "the integration was removed".
	Reason string
}
