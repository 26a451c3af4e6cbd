package checkup

import (
	"context"
	"fmt"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
)

// merged adds what a merge leads to.
func (l linked) merged(d linkcheck.Drift, into tracker.TicketID) linkcheck.Drift {
	if into == 0 || into == l.link.Ticket.ID {
		return d
	}
	d.MergedInto, d.Repair = into, linkcheck.RepairRelink
	d.Text = fmt.Sprintf("the ticket was merged into %s and accepts no more comments", into)
	return d
}

// Fix does the repair that a drift offers and says what it did. [linkcheck.RepairResend]
// changes the ticket: ask before. Where private comments to the ticket have not
// left it is CodeRefused, ReasonPending, unless drop gives them up. CodeRefused
// where there is no repair.
func (s *Service) Fix(ctx context.Context, d linkcheck.Drift, drop bool) (said string, err error) {
	ticket := d.Link.Ticket
	switch d.Repair {
	case linkcheck.RepairUnlink:
		err = s.stories.UnlinkTicket(ctx, []tracker.StoryID{d.Story.ID}, ticket, drop)
		return fmt.Sprintf("%s unlinked from %s", d.Story.ID, ticket.ID), err
	case linkcheck.RepairRelink:
		err = s.stories.RelinkTicket(ctx, d.Story.ID, d.Link, d.MergedInto, drop)
		return fmt.Sprintf("%s linked to %s instead of %s", d.Story.ID, d.MergedInto, ticket.ID), err
	case linkcheck.RepairResend:
		_, err = s.outbox.SendAgain(ctx, d.Delivery)
		return fmt.Sprintf("sending private comment %d to %s again", d.Delivery, ticket.ID), err
	case linkcheck.RepairNone:
	}
	return "", tracker.Errorf(tracker.CodeRefused, "storydesk cannot fix this")
}

// Linked tells of each of some drifts whether its story and ticket are linked
// now: a repair may have been taken back, or done elsewhere. One that is about
// no link counts as linked. Zendesk is not asked.
func (s *Service) Linked(ctx context.Context, drifts []linkcheck.Drift) ([]bool, error) {
	linked := make([]bool, len(drifts))
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		stories := make(map[tracker.StoryID]tracker.Story)
		for i, d := range drifts {
			st, known := stories[d.Story.ID]
			if !known && d.Story.ID != 0 {
				var err error
				if st, err = r.Story(d.Story.ID); err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
					return err
				}
				stories[d.Story.ID] = st
			}
			linked[i] = d.Story.ID == 0 || slices.ContainsFunc(st.Tickets, func(l tracker.Link) bool { return l.Ticket == d.Link.Ticket })
		}
		return nil
	})
	return linked, err
}
