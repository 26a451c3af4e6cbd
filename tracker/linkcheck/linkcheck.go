// Package linkcheck holds what a comparison of linked stories with their tickets finds,
// and what can be done about it.
package linkcheck

import (
	"fmt"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// Kind says how a link and its ticket differ.
type Kind string

// The kinds.
const (
	// Merged: the ticket was closed and merged into another.
	Merged Kind = "merged"
	// Closed: the ticket is closed and takes no private comments, the story is not done.
	Closed Kind = "closed"
	// Gone: the ticket was deleted, or is out of sight; Zendesk tells no difference.
	Gone Kind = "gone"
	// Hidden: the ticket is there, but this user may not see it.
	Hidden Kind = "hidden"
	// Solved: the ticket is solved, the story is not done.
	Solved Kind = "solved"
	// Open: the story is accepted, the ticket is not solved.
	Open Kind = "open"
	// LeftView: the ticket is not in the integration's view.
	LeftView Kind = "left-view"
	// CommentMissing: a comment that was sent is not on the ticket.
	CommentMissing Kind = "note-missing"
	// CommentRedacted: somebody blotted out the text of a private comment.
	CommentRedacted Kind = "note-redacted"
	// CommentPublic: customers can read a private comment.
	CommentPublic Kind = "note-public"
	// NoIntegration: the integration that carried the private comments was removed.
	NoIntegration Kind = "no-integration"
	// Unread: the tickets of an integration could not be compared, all or
	// the rest of them. It names no story and no ticket.
	Unread Kind = "unread"
)

// Repair is what can be done about a drift.
type Repair string

// The repairs.
const (
	// RepairNone: nothing needs to be done, or nothing can be done from here.
	RepairNone Repair = ""
	// RepairUnlink unlinks the story from the ticket.
	RepairUnlink Repair = "unlink"
	// RepairRelink links the story to the ticket that this one was merged into,
	// in place of this one.
	RepairRelink Repair = "relink"
	// RepairResend sends the private comment again, which changes the ticket.
	RepairResend Repair = "resend"
)

// Drift is one way in which a linked story and its ticket differ.
type Drift struct {
	Kind Kind
	// Level is verdict.LevelFailed for what somebody must look at, LevelWarning for
	// what should be repaired, LevelInfo for what is good to know.
	Level verdict.Level
	// Story and Link are what it is about.
	Story tracker.StoryRef
	Link  tracker.Link
	// Delivery is the private comment that it is about, 0 for none.
	Delivery tracker.DeliveryID
	// MergedInto is the ticket that this one was merged into, 0 when not known.
	MergedInto tracker.TicketID
	Repair     Repair
	// Text says it in a sentence without a text of the ticket or the story.
	Text string
}

// Progress is what a drift check reports while it runs.
type Progress struct {
	// Done of Total questions are answered: one for each linked ticket, and one
	// for each ticket that private comments were delivered to.
	Done, Total int
	// Found came since the last report.
	Found []Drift
	// Waits is how long it waits from now on, since Zendesk asked for it or
	// little of what the account allows is left; 0 while it does not.
	Waits time.Duration
}

// Question asks whether to do the repair that a drift offers, empty where there
// is none.
func (d Drift) Question() string {
	ticket := d.Link.Ticket.ID
	switch d.Repair {
	case RepairUnlink:
		return fmt.Sprintf("Unlink %s from %s?", d.Story.ID, ticket)
	case RepairRelink:
		return fmt.Sprintf("Link %s to %s instead of %s?", d.Story.ID, d.MergedInto, ticket)
	case RepairResend:
		return fmt.Sprintf("Send private comment %d to %s again?", d.Delivery, ticket)
	case RepairNone:
	}
	return ""
}
