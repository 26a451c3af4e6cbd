package checkup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/time/rate"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/linkcheck"
	"storydesk/tracker/verdict"
)

const (
	// driftShare is the part of an account's requests that a drift check takes
	// from all others who use it: a half, since somebody waits for it.
	driftShare = 2
	// driftBurst is how many requests may go at once.
	driftBurst = 20
	// driftPage is how many tickets are read in one request.
	driftPage = 100
	// driftPatience is how long to wait where Zendesk does not say how long.
	driftPatience = 10 * time.Second
)

// FindDrift compares the linked stories of a project, or of all for project 0,
// with their tickets. It reads tickets a hundred at a time, and comments only
// of tickets that have private comments; it keeps to half of what an account allows, and
// waits where Zendesk asks to. It changes nothing but the tickets as last seen.
// It fails only when the database or ctx does; what Zendesk does not answer is
// reported as [linkcheck.Unread].
func (s *Service) FindDrift(ctx context.Context, project tracker.ProjectID, report func(linkcheck.Progress)) error {
	c := driftCheck{s: s, report: report}
	if err := c.gather(ctx, project); err != nil {
		return err
	}
	c.found(c.orphans()...)
	for _, g := range c.groups {
		end := c.progress.Done + g.questions()
		found, err := c.compare(ctx, g)
		if err != nil {
			return err
		}
		c.progress.Done = end
		c.found(found...)
	}
	return nil
}

// compare compares an integration's links, or tells why that cannot be.
func (c *driftCheck) compare(ctx context.Context, g *driftGroup) ([]linkcheck.Drift, error) {
	if !g.in.Sends() {
		return []linkcheck.Drift{g.unread(g.held())}, nil
	}
	err := c.compareAll(ctx, g)
	switch {
	case err == nil:
		return nil, nil
	case ctx.Err() != nil || tracker.CodeOf(err) == tracker.CodeInternal:
		return nil, err
	}
	return []linkcheck.Drift{g.unread(verdict.LevelFailed, verdict.FailedCheck("", err).Text)}, nil
}

// unread tells that an integration's links are not compared.
func (g *driftGroup) unread(level verdict.Level, why string) linkcheck.Drift {
	return linkcheck.Drift{
		Kind: linkcheck.Unread, Level: level, Link: tracker.Link{Integration: g.in.Name, IntegrationID: g.in.ID},
		Text: fmt.Sprintf("%s was not compared: %s", g.in.Name, why),
	}
}

// held returns why an integration is left alone: Zendesk refuses what pauses
// one, and could lock the user out who goes on asking.
func (g *driftGroup) held() (verdict.Level, string) {
	if !g.in.Active {
		return verdict.LevelInfo, "it is off"
	}
	return verdict.LevelWarning, "it is paused, " + g.in.PausedReason
}

// driftCheck is one drift check under way.
type driftCheck struct {
	s        *Service
	report   func(linkcheck.Progress)
	progress linkcheck.Progress
	groups   []*driftGroup
	// adrift are the links whose integration was removed.
	adrift []linked
}

// driftGroup is what one integration's links are compared with.
type driftGroup struct {
	in      tracker.Integration
	account tracker.Account
	// pace keeps to the account's quota.
	pace *rate.Limiter
	// links are the linked stories of each ticket; tickets lists their keys in order.
	links   map[tracker.TicketID][]linked
	tickets []tracker.TicketID
	// deliveries are the delivered private comments of each ticket.
	deliveries map[tracker.TicketID][]tracker.Delivery
	// inView are the tickets of the view; nil when it was not read whole.
	inView map[tracker.TicketID]bool
}

// questions is how many an integration's links take.
func (g *driftGroup) questions() int { return len(g.tickets) + len(g.deliveries) }

// found reports what came, with how far the check is.
func (c *driftCheck) found(found ...linkcheck.Drift) {
	c.progress.Found = found
	c.report(c.progress)
	c.progress.Found = nil
}

// answered reports that n questions were answered.
func (c *driftCheck) answered(n int, found []linkcheck.Drift) {
	c.progress.Done += n
	c.found(found...)
}

// gather reads the links, their private comments and their views from the store.
func (c *driftCheck) gather(ctx context.Context, project tracker.ProjectID) error {
	return c.s.Store.Read(ctx, func(r tracker.Reader) error {
		// A link keeps its integration when that moves to another project.
		integrations, err := r.Integrations(0)
		if err != nil {
			return err
		}
		byID := make(map[tracker.IntegrationID]*driftGroup)
		for _, in := range integrations {
			g := &driftGroup{in: in, links: make(map[tracker.TicketID][]linked), deliveries: make(map[tracker.TicketID][]tracker.Delivery)}
			byID[in.ID] = g
			c.groups = append(c.groups, g)
		}
		if err := c.gatherLinks(r, project, byID); err != nil {
			return err
		}
		// Where single tickets cannot be asked for there is nothing to compare with.
		c.groups = slices.DeleteFunc(c.groups, func(g *driftGroup) bool { return len(g.links) == 0 || !kind.Of(g.in).Asks })
		for _, g := range c.groups {
			if err := g.gather(r); err != nil {
				return err
			}
			c.progress.Total += g.questions()
		}
		return nil
	})
}

func (c *driftCheck) gatherLinks(r tracker.Reader, project tracker.ProjectID, byID map[tracker.IntegrationID]*driftGroup) error {
	projects, err := r.Projects()
	if err != nil {
		return err
	}
	for _, p := range projects {
		if project != 0 && p.ID != project {
			continue
		}
		stories, err := r.Stories(p.ID)
		if err != nil {
			return err
		}
		for _, st := range stories {
			for _, l := range st.Tickets {
				one := linked{st.Ref(), l}
				if g := byID[l.IntegrationID]; g != nil {
					g.links[l.Ticket.ID] = append(g.links[l.Ticket.ID], one)
				} else if !one.done() && !kind.IsItem(l.Ticket) {
					c.adrift = append(c.adrift, one)
				}
			}
		}
	}
	return nil
}

// gather reads what is known of one integration's tickets.
func (g *driftGroup) gather(r tracker.Reader) error {
	for id := range g.links {
		g.tickets = append(g.tickets, id)
	}
	slices.Sort(g.tickets)
	deliveries, err := r.Deliveries(tracker.DeliveryQuery{Integration: g.in.ID, States: []tracker.DeliveryState{tracker.DeliverySent}})
	if err != nil {
		return err
	}
	for _, d := range deliveries {
		links := slices.ContainsFunc(g.links[d.Ticket.ID], func(l linked) bool { return l.story.ID == d.StoryID })
		if links && d.AuditID != 0 && d.Kind != tracker.KindOpen {
			g.deliveries[d.Ticket.ID] = append(g.deliveries[d.Ticket.ID], d)
		}
	}
	last, err := r.Fetch(g.in.ID)
	if tracker.CodeOf(err) == tracker.CodeNotFound || err == nil && (last.FinishedAt.IsZero() || last.Partial || last.Problem != "") {
		return nil
	}
	if err != nil {
		return err
	}
	tickets, err := r.Tickets(g.in.ID)
	g.inView = make(map[tracker.TicketID]bool, len(tickets))
	for _, t := range tickets {
		g.inView[t.ID] = true
	}
	return err
}

// orphans are the links whose integration was removed.
func (c *driftCheck) orphans() []linkcheck.Drift {
	var found []linkcheck.Drift
	for _, l := range c.adrift {
		found = append(found, l.drift(linkcheck.NoIntegration, verdict.LevelWarning, linkcheck.RepairUnlink,
			"its integration was removed, so no private comment reaches the ticket"))
	}
	return found
}

// compareAll goes through the tickets of one integration, then their notes.
func (c *driftCheck) compareAll(ctx context.Context, g *driftGroup) (err error) {
	if g.account, err = c.s.accounts.Account(ctx, g.in); err != nil {
		return err
	}
	perMinute := c.s.accounts.Requests(g.in.Host).Limit() / driftShare
	g.pace = rate.NewLimiter(rate.Every(time.Minute/time.Duration(max(1, perMinute))), driftBurst)
	for some := range slices.Chunk(g.tickets, driftPage) {
		if err := c.compareTickets(ctx, g, some); err != nil {
			return err
		}
	}
	for _, id := range g.tickets {
		if len(g.deliveries[id]) == 0 {
			continue
		}
		found, err := c.compareComments(ctx, g, id)
		if err != nil {
			return err
		}
		c.answered(1, found)
	}
	return nil
}

// ask makes a question within the quota, again after a wait that Zendesk asks
// for. While little of an account's allowance is left, that is left to others.
func (c *driftCheck) ask(ctx context.Context, g *driftGroup, question func() error) error {
	rest := c.s.accounts.Requests(g.in.Host).Rest()
	for {
		if err := c.wait(ctx, rest); err != nil {
			return err
		}
		if err := g.pace.Wait(ctx); err != nil {
			return err
		}
		err := question()
		var e *tracker.Error
		if !errors.As(err, &e) || e.Code != tracker.CodeLimited && e.RetryAfter == 0 {
			return err
		}
		rest = cmp.Or(e.RetryAfter, driftPatience)
	}
}

// wait tells that the check waits, and does.
func (c *driftCheck) wait(ctx context.Context, rest time.Duration) error {
	if rest <= 0 {
		return nil
	}
	c.progress.Waits = rest
	c.found()
	c.progress.Waits = 0
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// compareTickets compares up to a hundred tickets with their stories.
func (c *driftCheck) compareTickets(ctx context.Context, g *driftGroup, ids []tracker.TicketID) error {
	var tickets []tracker.Ticket
	err := c.ask(ctx, g, func() (err error) {
		tickets, err = g.account.Tickets(ctx, ids)
		return err
	})
	if err != nil {
		return err
	}
	var found []linkcheck.Drift
	for _, id := range ids {
		i := slices.IndexFunc(tickets, func(t tracker.Ticket) bool { return t.ID == id })
		var drifts []linkcheck.Drift
		if i >= 0 {
			drifts, err = c.compareTicket(ctx, g, tickets[i])
		} else {
			drifts, err = c.compareMissing(ctx, g, id)
		}
		if err != nil {
			return err
		}
		found = append(found, drifts...)
	}
	c.answered(len(ids), found)
	return c.s.views.SawTickets(ctx, tickets)
}

// compareTicket compares a ticket with its stories.
func (c *driftCheck) compareTicket(ctx context.Context, g *driftGroup, t tracker.Ticket) (found []linkcheck.Drift, err error) {
	var target tracker.TicketID
	asked := false
	for _, l := range g.links[t.ID] {
		d, differs := l.compare(t)
		if differs && d.Kind == linkcheck.Merged {
			if !asked {
				asked = true
				err = c.ask(ctx, g, func() (err error) {
					target, err = g.account.MergedInto(ctx, t.ID)
					return err
				})
				if err != nil {
					return nil, err
				}
			}
			d = l.merged(d, target)
		}
		if !differs && g.inView != nil && !g.inView[t.ID] && !l.done() {
			d = l.drift(linkcheck.LeftView, verdict.LevelInfo, linkcheck.RepairNone, "the ticket is not in view “%s”", cmp.Or(g.in.ViewTitle, g.in.Name))
			differs = true
		}
		if differs {
			found = append(found, d)
		}
	}
	return found, nil
}

// compareMissing asks for a ticket alone that was left out of an answer.
func (c *driftCheck) compareMissing(ctx context.Context, g *driftGroup, id tracker.TicketID) (found []linkcheck.Drift, err error) {
	var t tracker.Ticket
	err = c.ask(ctx, g, func() (err error) {
		t, err = g.account.Ticket(ctx, id)
		return err
	})
	code := tracker.CodeOf(err)
	switch {
	case err == nil:
		return c.compareTicket(ctx, g, t)
	case code != tracker.CodeNotFound && code != tracker.CodeForbidden:
		return nil, err
	}
	for _, l := range g.links[id] {
		if d, ok := l.missing(err, g.in.User()); ok {
			found = append(found, d)
		}
	}
	// Comments of what cannot be seen cannot be compared either.
	delete(g.deliveries, id)
	return found, nil
}
