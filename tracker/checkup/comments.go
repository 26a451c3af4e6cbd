package checkup

import (
	"context"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
)

// compareComments looks for the delivered private comments among a ticket's comments.
func (c *driftCheck) compareComments(ctx context.Context, g *driftGroup, id tracker.TicketID) (found []linkcheck.Drift, err error) {
	var left []tracker.Delivery
	err = c.ask(ctx, g, func() (err error) {
		found, left, err = g.searchComments(ctx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, d := range left {
		gone, err := c.auditGone(ctx, g, d)
		if err != nil {
			return nil, err
		}
		if gone {
			found = append(found, g.linkOf(d).commentMissing(d))
		}
	}
	return found, nil
}

// searchComments compares the private comments that are among a ticket's comments and returns
// those that are not. The first page is within the quota already.
func (g *driftGroup) searchComments(ctx context.Context, id tracker.TicketID) (found []linkcheck.Drift, left []tracker.Delivery, err error) {
	deliveries := newCommentsToFind(slices.Clone(g.deliveries[id]))
	for page, err := range g.account.Comments(ctx, id) {
		if err != nil {
			return nil, nil, err
		}
		for _, comment := range page.Comments {
			if d, ok := deliveries.take(comment); ok {
				found = append(found, g.commentDrifts(d, comment)...)
			}
		}
		if n := len(page.Comments); n > 0 && deliveries.over(page.Comments[n-1]) {
			break
		}
		if !page.More {
			break
		}
		if err := g.pace.Wait(ctx); err != nil {
			return nil, nil, err
		}
	}
	return found, deliveries.left, nil
}

// commentDrifts compares a private comment with the comment that it is.
func (g *driftGroup) commentDrifts(d tracker.Delivery, comment tracker.TicketComment) []linkcheck.Drift {
	if drift, ok := g.linkOf(d).compareComment(d, comment); ok {
		return []linkcheck.Drift{drift}
	}
	return nil
}

// linkOf is the link that a private comment went over.
func (g *driftGroup) linkOf(d tracker.Delivery) linked {
	links := g.links[d.Ticket.ID]
	i := slices.IndexFunc(links, func(l linked) bool { return l.story.ID == d.StoryID })
	return links[i]
}

// auditGone asks for the record of a private comment that is not among the comments: a
// listing may lack one that is there.
func (c *driftCheck) auditGone(ctx context.Context, g *driftGroup, d tracker.Delivery) (bool, error) {
	var audit tracker.Audit
	err := c.ask(ctx, g, func() (err error) {
		audit, err = g.account.Audit(ctx, d.Ticket.ID, d.AuditID)
		return err
	})
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return true, nil
	}
	return err == nil && len(audit.Comments) == 0, err
}
