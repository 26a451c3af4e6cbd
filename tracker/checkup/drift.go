package checkup

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
)

// linked is a story with one of its links.
type linked struct {
	story tracker.StoryRef
	link  tracker.Link
}

func (l linked) drift(kind tracker.DriftKind, level tracker.Level, repair tracker.Repair, format string, args ...any) tracker.Drift {
	return tracker.Drift{Kind: kind, Level: level, Story: l.story, Link: l.link, Repair: repair, Text: fmt.Sprintf(format, args...)}
}

func (l linked) done() bool { return l.story.State == tracker.Accepted }

// compare returns how a story and its ticket's status differ; ok is false when
// they do not. A merge that only the tag tells has no target yet.
func (l linked) compare(t tracker.Ticket) (d tracker.Drift, ok bool) {
	switch {
	case l.done() && slices.Contains([]tracker.TicketStatus{tracker.TicketNew, tracker.TicketOpen, tracker.TicketPending, tracker.TicketHold}, t.Status):
		return l.drift(tracker.DriftOpen, tracker.LevelInfo, tracker.RepairNone, "the story is accepted, the ticket is %s", t.Status), true
	case l.done():
		return tracker.Drift{}, false
	case t.Merged:
		return l.drift(tracker.DriftMerged, tracker.LevelWarning, tracker.RepairUnlink, "the ticket was merged into another and accepts no more comments"), true
	case t.Status == tracker.TicketClosed:
		return l.drift(tracker.DriftClosed, tracker.LevelWarning, tracker.RepairUnlink, "the ticket is closed and accepts no more comments; the story is %s", l.story.State), true
	case t.Status == tracker.TicketSolved:
		return l.drift(tracker.DriftSolved, tracker.LevelInfo, tracker.RepairNone, "the ticket is solved, the story is %s", l.story.State), true
	}
	return tracker.Drift{}, false
}

// missing tells of a ticket that was not answered with, from the error of
// asking for it alone. Other errors than these two tell nothing of the ticket.
func (l linked) missing(err error, user string) (d tracker.Drift, ok bool) {
	switch code := tracker.CodeOf(err); {
	case l.done():
		return tracker.Drift{}, false
	case code == tracker.CodeNotFound:
		return l.drift(tracker.DriftGone, tracker.LevelWarning, tracker.RepairUnlink, "the ticket was deleted, or %s cannot see it", user), true
	case code == tracker.CodeForbidden:
		return l.drift(tracker.DriftHidden, tracker.LevelWarning, tracker.RepairUnlink, "%s can no longer see the ticket", user), true
	}
	return tracker.Drift{}, false
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
func (l linked) compareComment(d tracker.Delivery, c tracker.TicketComment) (drift tracker.Drift, ok bool) {
	switch {
	case c.Public:
		drift = l.drift(tracker.DriftCommentPublic, tracker.LevelFailed, tracker.RepairNone,
			"comment %d is PUBLIC: the customer can read it. Make it private in Zendesk", d.ID)
	case !strings.Contains(c.Text, tracker.Reference(d.StoryID, d.Operation)):
		drift = l.drift(tracker.DriftCommentRedacted, tracker.LevelInfo, tracker.RepairNone, "the text of private comment %d was redacted in Zendesk", d.ID)
	default:
		return tracker.Drift{}, false
	}
	drift.Delivery = d.ID
	return drift, true
}

func (l linked) commentMissing(d tracker.Delivery) tracker.Drift {
	drift := l.drift(tracker.DriftCommentMissing, tracker.LevelFailed, tracker.RepairResend,
		"private comment %d was sent (audit %d), but is no longer on the ticket", d.ID, d.AuditID)
	drift.Delivery = d.ID
	return drift
}
