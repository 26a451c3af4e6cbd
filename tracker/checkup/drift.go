package checkup

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/tracker/verdict"
)

// linked is a story with one of its links.
type linked struct {
	story tracker.StoryRef
	link  tracker.Link
}

func (l linked) drift(kind linkcheck.Kind, level verdict.Level, repair linkcheck.Repair, format string, args ...any) linkcheck.Drift {
	return linkcheck.Drift{Kind: kind, Level: level, Story: l.story, Link: l.link, Repair: repair, Text: fmt.Sprintf(format, args...)}
}

func (l linked) done() bool { return l.story.State == tracker.Accepted }

// compare returns how a story and its ticket's status differ; ok is false when
// they do not. A merge that only the tag tells has no target yet.
func (l linked) compare(t tracker.Ticket) (d linkcheck.Drift, ok bool) {
	switch {
	case l.done() && slices.Contains([]tracker.TicketStatus{tracker.TicketNew, tracker.TicketOpen, tracker.TicketPending, tracker.TicketHold}, t.Status):
		return l.drift(linkcheck.Open, verdict.LevelInfo, linkcheck.RepairNone, "the story is accepted, the ticket is %s", t.Status), true
	case l.done():
		return linkcheck.Drift{}, false
	case t.Merged:
		return l.drift(linkcheck.Merged, verdict.LevelWarning, linkcheck.RepairUnlink, "the ticket was merged into another and accepts no more comments"), true
	case t.Status == tracker.TicketClosed:
		return l.drift(linkcheck.Closed, verdict.LevelWarning, linkcheck.RepairUnlink, "the ticket is closed and accepts no more comments; the story is %s", l.story.State), true
	case t.Status == tracker.TicketSolved:
		return l.drift(linkcheck.Solved, verdict.LevelInfo, linkcheck.RepairNone, "the ticket is solved, the story is %s", l.story.State), true
	}
	return linkcheck.Drift{}, false
}

// missing tells of a ticket that was not answered with, from the error of
// asking for it alone. Other errors than these two tell nothing of the ticket.
func (l linked) missing(err error, user string) (d linkcheck.Drift, ok bool) {
	switch code := tracker.CodeOf(err); {
	case l.done():
		return linkcheck.Drift{}, false
	case code == tracker.CodeNotFound:
		return l.drift(linkcheck.Gone, verdict.LevelWarning, linkcheck.RepairUnlink, "the ticket was deleted, or %s cannot see it", user), true
	case code == tracker.CodeForbidden:
		return l.drift(linkcheck.Hidden, verdict.LevelWarning, linkcheck.RepairUnlink, "%s can no longer see the ticket", user), true
	}
	return linkcheck.Drift{}, false
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
func (l linked) compareComment(d tracker.Delivery, c tracker.TicketComment) (drift linkcheck.Drift, ok bool) {
	switch {
	case c.Public:
		drift = l.drift(linkcheck.CommentPublic, verdict.LevelFailed, linkcheck.RepairNone,
			"comment %d is PUBLIC: the customer can read it. Make it private in Zendesk", d.ID)
	case !strings.Contains(c.Text, tracker.Reference(d.StoryID, d.Operation)):
		drift = l.drift(linkcheck.CommentRedacted, verdict.LevelInfo, linkcheck.RepairNone, "the text of private comment %d was redacted in Zendesk", d.ID)
	default:
		return linkcheck.Drift{}, false
	}
	drift.Delivery = d.ID
	return drift, true
}

func (l linked) commentMissing(d tracker.Delivery) linkcheck.Drift {
	drift := l.drift(linkcheck.CommentMissing, verdict.LevelFailed, linkcheck.RepairResend,
		"private comment %d was sent (audit %d), but is no longer on the ticket", d.ID, d.AuditID)
	drift.Delivery = d.ID
	return drift
}
