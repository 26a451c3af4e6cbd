package tracker

import (
	"context"
	"strings"
)

// look searches the ticket's comments, newest first, for the note of an
// earlier attempt, back to the stamp that was read before the first. nil means
// that it is certainly not there now; any error means that nobody knows.
//
// Proof is our operation id in the comment's or its audit's metadata, or the
// note's reference in its text. Equal text alone proves nothing: people write
// the same comment twice. Comments that prove another note are passed over.
//
// A note that only opens its ticket is not looked for: the ticket's status
// tells whether that is still to be done, and doing it twice does no harm.
func (a *attempt) look(ctx context.Context) (*TicketComment, error) {
	if a.d.Kind == KindOpen {
		return nil, nil
	}
	me, err := a.desk.Me(ctx)
	if err != nil {
		return nil, err
	}
	others, err := a.otherAudits(ctx)
	if err != nil {
		return nil, err
	}
	for page, err := range a.desk.Comments(ctx, a.d.Ticket.ID) {
		if err != nil {
			return nil, err
		}
		for i := range page.Comments {
			c := &page.Comments[i]
			if c.CreatedAt.Before(a.d.Stamp) {
				return nil, nil
			}
			if c.AuthorID != me.ID || others[c.AuditID] {
				continue
			}
			if ours, err := a.isOurs(ctx, c); ours || err != nil {
				return c, err
			}
		}
	}
	return nil, nil
}

// otherAudits lists the audits that prove other notes of this ticket.
func (a *attempt) otherAudits(ctx context.Context) (map[AuditID]bool, error) {
	audits := make(map[AuditID]bool)
	err := a.s.Store.Read(ctx, func(r Reader) error {
		notes, err := r.Deliveries(DeliveryQuery{Ticket: a.d.Ticket, States: []DeliveryState{DeliverySent}})
		for _, d := range notes {
			if d.AuditID != 0 && d.ID != a.d.ID {
				audits[d.AuditID] = true
			}
		}
		return err
	})
	return audits, err
}

// isOurs tells whether a comment is this note. The metadata decides where it
// can be read; the audit is asked where the comment does not carry it. A user
// who may read no audits sees the reference in the text or no note of ours:
// every note carries it, in a line that no cut takes away.
func (a *attempt) isOurs(ctx context.Context, c *TicketComment) (bool, error) {
	switch {
	case c.Operation != "":
		return c.Operation == a.d.Operation, nil
	case strings.Contains(c.Text, Reference(a.d.StoryID, a.d.Operation)):
		return true, nil
	case c.AuditID == 0:
		return false, nil
	}
	audit, err := a.desk.Audit(ctx, a.d.Ticket.ID, c.AuditID)
	if code := CodeOf(err); code == CodeForbidden || code == CodeMissingScope {
		return false, nil
	}
	return err == nil && audit.Operation == a.d.Operation, err
}
