package courier

import (
	"context"
	"strings"
	"time"

	"storydesk/tracker"
)

// searchBack is how far before the ticket's stamp a comment may be dated: the
// clocks of Zendesk's machines disagree by a second and more.
const searchBack = 10 * time.Minute

// search looks for a delivery's comment on its ticket.
type search struct {
	a *attempt
	// back is the earliest time, by Zendesk's clock, at which the comment can
	// be dated; zero for any.
	back time.Time
	// audits is true when audits are read where a comment's text does not tell.
	audits bool
	// others are the audits that prove other deliveries.
	others map[tracker.AuditID]bool
}

// look searches the ticket's comments for the one of an earlier attempt. nil
// means that the list does not hold it; any error means that nobody knows.
//
// Proof is our operation id in the comment's or its audit's metadata, or the
// reference in its text, whoever wrote it. Equal text alone proves nothing:
// people write the same comment twice. Comments that prove another delivery
// are passed over.
//
// A delivery that only opens its ticket is not looked for: the ticket's status
// reports whether that is still to be done, and doing it twice does no harm.
func (a *attempt) look(ctx context.Context) (*tracker.TicketComment, error) {
	if a.d.Kind == tracker.KindOpen {
		return nil, nil
	}
	others, err := a.otherAudits(ctx)
	if err != nil {
		return nil, err
	}
	s := search{a: a, back: a.searchFrom(), audits: a.d.Attempts > 0, others: others}
	return s.run(ctx)
}

// searchFrom is the earliest time, by Zendesk's clock, at which the comment
// can be dated, zero where that is not known.
func (a *attempt) searchFrom() time.Time {
	if !a.d.Stamp.IsZero() {
		return a.d.Stamp.Add(-searchBack)
	}
	made, known := a.s.madeByZendesk(a.d)
	if !known {
		return time.Time{}
	}
	return made.Add(-searchBack)
}

// run reads the comments until the delivery's is found, or the rest of them is
// too old. Only pages that are dated and in the order that was asked for can
// show the latter.
func (s search) run(ctx context.Context) (*tracker.TicketComment, error) {
	var order newestFirst
	for page, err := range s.a.account.Comments(ctx, s.a.d.Ticket.ID) {
		if err != nil {
			return nil, err
		}
		for i := range page.Comments {
			c := &page.Comments[i]
			order.follow(c.CreatedAt)
			if s.tooOld(c) || c.AuditID != 0 && s.others[c.AuditID] {
				continue
			}
			if ours, err := s.isOurs(ctx, c); ours || err != nil {
				return c, err
			}
		}
		if order.shown() && order.last.Before(s.back) {
			return nil, nil
		}
	}
	return nil, nil
}

func (s search) tooOld(c *tracker.TicketComment) bool {
	return !c.CreatedAt.IsZero() && c.CreatedAt.Before(s.back)
}

// newestFirst watches whether times come in falling order.
type newestFirst struct {
	last         time.Time
	begun        bool
	falls, wrong bool
}

func (o *newestFirst) follow(at time.Time) {
	o.wrong = o.wrong || at.IsZero() || o.begun && at.After(o.last)
	o.falls = o.falls || o.begun && at.Before(o.last)
	o.last, o.begun = at, true
}

// shown is true once times fell and never rose.
func (o *newestFirst) shown() bool { return o.falls && !o.wrong }

// otherAudits lists the audits that prove other private comments of this ticket.
func (a *attempt) otherAudits(ctx context.Context) (map[tracker.AuditID]bool, error) {
	audits := make(map[tracker.AuditID]bool)
	err := a.s.Store.Read(ctx, func(r tracker.Reader) error {
		deliveries, err := r.Deliveries(tracker.DeliveryQuery{Ticket: a.d.Ticket, States: []tracker.DeliveryState{tracker.DeliverySent}})
		for _, d := range deliveries {
			if d.AuditID != 0 && d.ID != a.d.ID {
				audits[d.AuditID] = true
			}
		}
		return err
	})
	return audits, err
}

// isOurs reports whether a comment is the delivery's. The metadata decides where
// it can be read; the audit is asked where the comment does not carry it. Every
// comment of ours carries the reference in a line that no cut takes away, so
// that a text without it is none of ours where audits are forbidden. Customers
// read public comments, and people quote: of those only metadata is proof.
func (s search) isOurs(ctx context.Context, c *tracker.TicketComment) (bool, error) {
	d := s.a.d
	refers := strings.Contains(c.Text, tracker.Reference(d.StoryID, d.Operation))
	blank := strings.TrimSpace(c.Text) == ""
	switch {
	case c.Operation != "":
		return c.Operation == d.Operation, nil
	case refers && !c.Public:
		return true, nil
	case c.AuditID == 0 && blank && !c.Public && s.audits:
		return false, tracker.Errorf(tracker.CodeUnreadable, "a comment on ticket %s has neither text nor audit", d.Ticket.ID)
	case c.AuditID == 0:
		return refers, nil
	case c.Public && !refers, !s.audits && !blank && !refers:
		return false, nil
	}
	audit, err := s.a.account.Audit(ctx, d.Ticket.ID, c.AuditID)
	if code := tracker.CodeOf(err); (code == tracker.CodeForbidden || code == tracker.CodeMissingScope) && !blank {
		return refers, nil
	}
	return err == nil && audit.Operation == d.Operation, err
}
