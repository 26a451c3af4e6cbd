package tracker

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// A desk limits the updates of one ticket and of one account. We keep below
// both by what the ledger says was sent, whichever process sent it, so that the
// desk need not refuse. What it tells of its limits goes before what is known
// of them.
// https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#update-ticket
const (
	// DefaultUpdatesPerTicket is how often one ticket is updated in TicketWindow.
	DefaultUpdatesPerTicket = 30
	// TicketWindow is the time over which the updates of one ticket count.
	TicketWindow = 10 * time.Minute
	// triesInWindow is how often the back-off lets one note be tried in that time.
	triesInWindow = 10

	// leastPerMinute is what the smallest plan allows that is sold today,
	// https://developer.zendesk.com/api-reference/introduction/rate-limits/.
	leastPerMinute = 200
	// defaultUpdates is how many updates a minute an account takes that does not say.
	defaultUpdates = 100
	// noteShare is the part of an account's updates that notes may take: half.
	noteShare = 2
	// requestsPerNote is about what a note costs: reading the ticket, and the update.
	requestsPerNote = 2
	// reserve is the part of an allowance that is left to all others who use the
	// account: a tenth.
	reserve = 10
)

// Quota is what an account allows everybody who uses it, as far as it says.
type Quota struct {
	// Requests are those of all kinds, Updates those that change a ticket.
	Requests, Updates Allowance
	// Clock is what the desk's clock says now, to within a second or two, whatever
	// becomes of this machine's; zero where no answer was dated.
	Clock time.Time
}

// Allowance is a limit of so many requests a minute.
type Allowance struct {
	// PerMinute is the limit, 0 when the desk does not say.
	PerMinute int
	// Left is how many are left for now.
	Left int
	// Resets is in how long all are there again.
	Resets time.Duration
}

// Limit is PerMinute, or the least that any account allows where the desk does not
// say.
func (a Allowance) Limit() int { return cmp.Or(a.PerMinute, leastPerMinute) }

// Low is true when less than a tenth is left for now.
func (a Allowance) Low() bool { return a.Rest() > 0 }

// Rest is how long to leave the rest of an allowance to others, 0 when there is plenty.
func (a Allowance) Rest() time.Duration {
	if a.PerMinute == 0 || a.Left*reserve >= a.PerMinute {
		return 0
	}
	return max(0, a.Resets)
}

// quota is what an account last told of its limits, to any of its integrations.
func (s *Service) quota(host string) Quota {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, open := range s.desks {
		if open.host == host {
			return open.desk.Quota()
		}
	}
	return Quota{}
}

// Requests tells how many requests an account still takes for now, as far as it
// said to any of its integrations.
func (s *Service) Requests(host string) Allowance { return s.quota(host).Requests }

// nextUpdate tells when a ticket may be updated once more, now or later, and
// what a note waits for until then.
func (s *Service) nextUpdate(r Reader, ticket TicketKey, now time.Time) (next time.Time, reason string, err error) {
	sent, err := r.Sent(ticket, now.Add(-TicketWindow))
	if err != nil {
		return now, "", err
	}
	perTicket := cmp.Or(s.UpdatesPerTicket, DefaultUpdatesPerTicket)
	if next := nextWithin(sent, perTicket, TicketWindow, now); next.After(now) {
		return next, fmt.Sprintf("ticket %s takes %d updates in %d minutes; next at %s",
			ticket.ID, perTicket, int(TicketWindow.Minutes()), next.Format("15:04")), nil
	}
	if sent, err = r.Sent(TicketKey{Host: ticket.Host}, now.Add(-time.Minute)); err != nil {
		return now, "", err
	}
	q := s.quota(ticket.Host)
	perMinute := s.notesPerMinute(q)
	next = nextWithin(sent, perMinute, time.Minute, now)
	reason = fmt.Sprintf("%s is sent at most %d private comments a minute", ticket.Host, perMinute)
	if rested := now.Add(max(q.Requests.Rest(), q.Updates.Rest())); rested.After(next) {
		next, reason = rested, ticket.Host+" has few requests left, and other programs may need them"
	}
	if next.After(now) {
		s.pass(ticket.Host, next)
	}
	return next, reason + "; next at " + next.Format("15:04:05"), nil
}

// notesPerMinute is how many notes an account gets in a minute.
func (s *Service) notesPerMinute(q Quota) int {
	if s.UpdatesPerMinute > 0 {
		return s.UpdatesPerMinute
	}
	most := cmp.Or(q.Updates.PerMinute, defaultUpdates) / noteShare
	if q.Requests.PerMinute > 0 {
		most = min(most, q.Requests.PerMinute/noteShare/requestsPerNote)
	}
	return max(1, most)
}

// nextWithin tells when one more request keeps within so many in a window,
// after those that were sent in it, oldest first. What a clock that was set
// back since puts into the future does not count: nothing may wait for that.
func nextWithin(sent []Sent, most int, window time.Duration, now time.Time) time.Time {
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

// pass lets the courier pass an account over until a moment.
func (s *Service) pass(host string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passed[host] = until
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
