package courier

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"storydesk/tracker"
)

// Zendesk limits the updates of one ticket and of one account. We keep below
// both by what the ledger says was sent, whichever process sent it, so that
// Zendesk need not refuse. What it tells of its limits goes before what is known
// of them.
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket
const (
	// defaultUpdatesPerTicket is how often one ticket is updated in ticketWindow.
	defaultUpdatesPerTicket = 30
	// ticketWindow is the time over which the updates of one ticket count.
	ticketWindow = 10 * time.Minute
	// triesInWindow is how often the back-off lets one private comment be tried in that time.
	triesInWindow = 10

	// defaultUpdates is how many updates a minute an account takes that does not say.
	defaultUpdates = 100
	// commentShare is the part of an account's updates that private comments may take: half.
	commentShare = 2
	// requestsPerComment is about what a private comment costs: reading the ticket, and the update.
	requestsPerComment = 2
)

// nextUpdate returns when a ticket may be updated once more, now or later, and
// what a private comment waits for until then.
func (s *Service) nextUpdate(r tracker.Reader, ticket tracker.TicketKey, now time.Time) (next time.Time, reason string, err error) {
	sent, err := r.Sent(ticket, now.Add(-ticketWindow))
	if err != nil {
		return now, "", err
	}
	perTicket := cmp.Or(s.UpdatesPerTicket, defaultUpdatesPerTicket)
	if next := nextWithin(sent, perTicket, ticketWindow, now); next.After(now) {
		return next, fmt.Sprintf("ticket %s takes %d updates in %d minutes; next at %s",
			ticket.ID, perTicket, int(ticketWindow.Minutes()), next.Format("15:04")), nil
	}
	if sent, err = r.Sent(tracker.TicketKey{Host: ticket.Host}, now.Add(-time.Minute)); err != nil {
		return now, "", err
	}
	q := s.accounts.Quota(ticket.Host)
	perMinute := s.commentsPerMinute(q)
	next = nextWithin(sent, perMinute, time.Minute, now)
	reason = fmt.Sprintf("storydesk sends %s at most %d private comments a minute", ticket.Host, perMinute)
	if rested := now.Add(max(q.Requests.Rest(), q.Updates.Rest())); rested.After(next) {
		next, reason = rested, ticket.Host+" has few requests left, and other programs may need them"
	}
	if next.After(now) {
		s.pass(ticket.Host, next)
	}
	return next, reason + "; next at " + next.Format("15:04:05"), nil
}

// commentsPerMinute is how many private comments an account gets in a minute.
func (s *Service) commentsPerMinute(q tracker.Quota) int {
	if s.UpdatesPerMinute > 0 {
		return s.UpdatesPerMinute
	}
	most := cmp.Or(q.Updates.PerMinute, defaultUpdates) / commentShare
	if q.Requests.PerMinute > 0 {
		most = min(most, q.Requests.PerMinute/commentShare/requestsPerComment)
	}
	return max(1, most)
}

// nextWithin returns when one more request keeps within so many in a window,
// after those that were sent in it, oldest first. What a clock that was set
// back since puts into the future does not count: nothing may wait for that.
func nextWithin(sent []tracker.Sent, most int, window time.Duration, now time.Time) time.Time {
	left := most - 1
	for _, s := range slices.Backward(sent) {
		if s.At.After(now) {
			continue
		}
		if left -= min(s.Attempts, triesInWindow); left < 0 {
			return s.At.Add(window)
		}
	}
	return now
}

// pass lets the courier pass an account over until a moment, or until a later one that it
// heard of before.
func (s *Service) pass(host string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if before := s.passed[host]; before.Before(until) || before.After(s.Now().Add(longestWait)) {
		s.passed[host] = until
	}
}

// passedOver lists the accounts that are passed over at now, and when the first
// of them is not any more.
func (s *Service) passedOver(now time.Time) (hosts []string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for host, end := range s.passed {
		// One that ends later than any can was reckoned before the clock was set back.
		if !end.After(now) || end.After(now.Add(longestWait)) {
			delete(s.passed, host)
			continue
		}
		hosts = append(hosts, host)
		if until.IsZero() || end.Before(until) {
			until = end
		}
	}
	return hosts, until
}
