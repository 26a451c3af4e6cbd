package checkup

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
)

// DriftKind says how a link and its ticket differ.
type DriftKind string

// The kinds.
const (
	// DriftMerged: the ticket was closed and merged into another.
	DriftMerged DriftKind = "merged"
	// DriftClosed: the ticket is closed and takes no private comments, the story is not done.
	DriftClosed DriftKind = "closed"
	// DriftGone: the ticket was deleted, or is out of sight; Zendesk tells no difference.
	DriftGone DriftKind = "gone"
	// DriftHidden: the ticket is there, but this user may not see it.
	DriftHidden DriftKind = "hidden"
	// DriftSolved: the ticket is solved, the story is not done.
	DriftSolved DriftKind = "solved"
	// DriftOpen: the story is accepted, the ticket is not solved.
	DriftOpen DriftKind = "open"
	// DriftLeftView: the ticket is not in the integration's view.
	DriftLeftView DriftKind = "left-view"
	// DriftCommentMissing: a comment that was sent is not on the ticket.
	DriftCommentMissing DriftKind = "note-missing"
	// DriftCommentRedacted: somebody blotted out the text of a private comment.
	DriftCommentRedacted DriftKind = "note-redacted"
	// DriftCommentPublic: customers can read a private comment.
	DriftCommentPublic DriftKind = "note-public"
	// DriftNoIntegration: the integration that carried the private comments was removed.
	DriftNoIntegration DriftKind = "no-integration"
	// DriftUnread: the tickets of an integration could not be compared, all or
	// the rest of them. It names no story and no ticket.
	DriftUnread DriftKind = "unread"
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
	Kind DriftKind
	// Level is LevelFailed for what somebody must look at, LevelWarning for
	// what should be repaired, LevelInfo for what is good to know.
	Level tracker.Level
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

// linked is a story with one of its links.
type linked struct {
	story tracker.StoryRef
	link  tracker.Link
}

func (l linked) drift(kind DriftKind, level tracker.Level, repair Repair, format string, args ...any) Drift {
	return Drift{Kind: kind, Level: level, Story: l.story, Link: l.link, Repair: repair, Text: fmt.Sprintf(format, args...)}
}

func (l linked) done() bool { return l.story.State == tracker.Accepted }

// compare returns how a story and its ticket's status differ; ok is false when
// they do not. A merge that only the tag tells has no target yet.
func (l linked) compare(t tracker.Ticket) (d Drift, ok bool) {
	switch {
	case l.done() && slices.Contains([]tracker.TicketStatus{tracker.TicketNew, tracker.TicketOpen, tracker.TicketPending, tracker.TicketHold}, t.Status):
		return l.drift(DriftOpen, tracker.LevelInfo, RepairNone, "the story is accepted, the ticket is %s", t.Status), true
	case l.done():
		return Drift{}, false
	case t.Merged:
		return l.drift(DriftMerged, tracker.LevelWarning, RepairUnlink, "the ticket was merged into another and accepts no more comments"), true
	case t.Status == tracker.TicketClosed:
		return l.drift(DriftClosed, tracker.LevelWarning, RepairUnlink, "the ticket is closed and accepts no more comments; the story is %s", l.story.State), true
	case t.Status == tracker.TicketSolved:
		return l.drift(DriftSolved, tracker.LevelInfo, RepairNone, "the ticket is solved, the story is %s", l.story.State), true
	}
	return Drift{}, false
}

// missing tells of a ticket that was not answered with, from the error of
// asking for it alone. Other errors than these two tell nothing of the ticket.
func (l linked) missing(err error, user string) (d Drift, ok bool) {
	switch code := tracker.CodeOf(err); {
	case l.done():
		return Drift{}, false
	case code == tracker.CodeNotFound:
		return l.drift(DriftGone, tracker.LevelWarning, RepairUnlink, "the ticket was deleted, or %s cannot see it", user), true
	case code == tracker.CodeForbidden:
		return l.drift(DriftHidden, tracker.LevelWarning, RepairUnlink, "%s can no longer see the ticket", user), true
	}
	return Drift{}, false
}

// commentsToFind are delivered private comments that a ticket's comments are searched for.
type commentsToFind struct {
	left []tracker.Delivery
	// since is the oldest private comment's place in time by Zendesk's clock, zero when
	// it is not known.
	since time.Time
}

func newCommentsToFind(deliveries []tracker.Delivery) commentsToFind {
	n := commentsToFind{left: deliveries}
	for i, d := range deliveries {
		if i == 0 || d.Stamp.Before(n.since) {
			n.since = d.Stamp
		}
	}
	return n
}

// take finds the private comment that a comment is, if any, and strikes it off.
func (n *commentsToFind) take(c tracker.TicketComment) (d tracker.Delivery, ok bool) {
	i := slices.IndexFunc(n.left, func(d tracker.Delivery) bool {
		return c.AuditID == d.AuditID || c.Operation != "" && c.Operation == d.Operation ||
			strings.Contains(c.Text, tracker.Reference(d.StoryID, d.Operation))
	})
	if i < 0 {
		return tracker.Delivery{}, false
	}
	d = n.left[i]
	n.left = slices.Delete(n.left, i, i+1)
	return d, true
}

// over is true when no comment from before c needs to be looked at.
func (n *commentsToFind) over(c tracker.TicketComment) bool {
	return len(n.left) == 0 || !n.since.IsZero() && c.CreatedAt.Before(n.since)
}

// compareComment returns what became of a private comment that is on its ticket.
func (l linked) compareComment(d tracker.Delivery, c tracker.TicketComment) (drift Drift, ok bool) {
	switch {
	case c.Public:
		drift = l.drift(DriftCommentPublic, tracker.LevelFailed, RepairNone,
			"comment %d is PUBLIC: the customer can read it. Make it private in Zendesk", d.ID)
	case !strings.Contains(c.Text, tracker.Reference(d.StoryID, d.Operation)):
		drift = l.drift(DriftCommentRedacted, tracker.LevelInfo, RepairNone, "the text of private comment %d was redacted in Zendesk", d.ID)
	default:
		return Drift{}, false
	}
	drift.Delivery = d.ID
	return drift, true
}

func (l linked) commentMissing(d tracker.Delivery) Drift {
	drift := l.drift(DriftCommentMissing, tracker.LevelFailed, RepairResend,
		"private comment %d was sent (audit %d), but is no longer on the ticket", d.ID, d.AuditID)
	drift.Delivery = d.ID
	return drift
}
