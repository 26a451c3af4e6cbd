package tracker

import (
	"context"
	"fmt"
	"slices"
)

// merged adds what a merge leads to.
func (l linked) merged(d Drift, into TicketID) Drift {
	if into == 0 || into == l.link.Ticket.ID {
		return d
	}
	d.MergedInto, d.Repair = into, RepairRelink
	d.Text = fmt.Sprintf("the ticket was merged into %s and accepts no more comments", into)
	return d
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

// Mend does the repair that a drift offers and says what it did. RepairResend
// changes the ticket: ask before. Where notes to the ticket have not left it is
// CodeRefused, field "drop", unless drop gives them up. CodeRefused where there
// is no repair.
func (s *Service) Mend(ctx context.Context, d Drift, drop bool) (said string, err error) {
	ticket := d.Link.Ticket
	switch d.Repair {
	case RepairUnlink:
		_, err = s.UnlinkTicket(ctx, d.Story.ID, ticket, drop)
		return fmt.Sprintf("%s unlinked from %s", d.Story.ID, ticket.ID), err
	case RepairRelink:
		err = s.relinkMerged(ctx, d, drop)
		return fmt.Sprintf("%s linked to %s instead of %s", d.Story.ID, d.MergedInto, ticket.ID), err
	case RepairResend:
		_, err = s.SendAgain(ctx, d.Delivery)
		return fmt.Sprintf("sending private comment %d to %s again", d.Delivery, ticket.ID), err
	case RepairNone:
	}
	return "", Errorf(CodeRefused, "storydesk cannot fix this")
}

// relinkMerged ties a story to the ticket that its own was merged into. One
// undo takes both back.
func (s *Service) relinkMerged(ctx context.Context, d Drift, drop bool) error {
	var in Integration
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		in, err = r.Integration(d.Link.IntegrationID)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.knowTickets(ctx, in, []TicketID{d.MergedInto}); err != nil {
		return err
	}
	var done deed
	stories := []StoryID{d.Story.ID}
	err = s.write(ctx, HintStories|HintTickets|HintDeliveries, func(w Writer) error {
		linked, err := s.insertLinks(w, stories, in, []TicketID{d.MergedInto})
		if err != nil && CodeOf(err) != CodeConflict {
			return err
		}
		unlinked, err := s.removeLinks(w, stories, d.Link.Ticket, drop)
		done = append(linked, unlinked...)
		return err
	})
	if err == nil {
		s.history.add(done)
	}
	return err
}

// Linked tells of each of some drifts whether its story and ticket are linked
// now: a repair may have been taken back, or done elsewhere. One that is about
// no link counts as linked. No desk is asked.
func (s *Service) Linked(ctx context.Context, drifts []Drift) ([]bool, error) {
	linked := make([]bool, len(drifts))
	err := s.Store.Read(ctx, func(r Reader) error {
		stories := make(map[StoryID]Story)
		for i, d := range drifts {
			st, known := stories[d.Story.ID]
			if !known && d.Story.ID != 0 {
				var err error
				if st, err = r.Story(d.Story.ID); err != nil && CodeOf(err) != CodeNotFound {
					return err
				}
				stories[d.Story.ID] = st
			}
			linked[i] = d.Story.ID == 0 || slices.ContainsFunc(st.Tickets, func(l Link) bool { return l.Ticket == d.Link.Ticket })
		}
		return nil
	})
	return linked, err
}

// SendAgain puts a comment that was sent, but is not on its ticket any more,
// at the end of its ticket's lane. It is looked for before it is sent.
// CodeRefused when it was not sent or carries no text.
func (s *Service) SendAgain(ctx context.Context, id DeliveryID) (Delivery, error) {
	return s.changeDelivery(ctx, id, func(w Writer, d *Delivery) error {
		if d.State != DeliverySent || d.Kind == KindOpen {
			return Errorf(CodeRefused, "delivery %d is %s; only one that was sent can be sent again", d.ID, d.State)
		}
		d.State, d.Reason, d.Late, d.NotBefore = DeliveryWaiting, "", true, s.Now()
		d.AuditID, d.Public, d.DeliveredAt = 0, nil, nil
		return w.RequeueDelivery(d)
	})
}
