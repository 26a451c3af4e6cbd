package tracker

import (
	"context"
	"time"
)

// HurryCourier shortens the courier's time limits, so that tests of what
// happens after a time-out need not wait for it. The gap between two attempts
// stays: it is what the desk's whole seconds ask for.
func (s *Service) HurryCourier(send time.Duration) {
	s.times.prepare, s.times.send, s.times.margin = send, send, send/2
	s.times.lag = 200 * time.Millisecond
	s.times.firstRetry, s.times.settle = 20*time.Millisecond, 200*time.Millisecond
}

// Held counts what is kept in memory of accounts, readings and limits.
func (s *Service) Held() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.desks) + len(s.readings) + len(s.passed)
}

// PassedOver lists the accounts that get no notes now.
func (s *Service) PassedOver() []string {
	hosts, _ := s.passedOver(s.Now())
	return hosts
}

// DueViews lists the views that the poller would read now.
func (s *Service) DueViews(ctx context.Context) ([]IntegrationID, error) { return s.dueViews(ctx) }

// Patient lets a note that failed wait as long as it would.
func (s *Service) Patient() { s.times.firstRetry = s.times.lastRetry }

// SendDue tries every note that is due once.
func (s *Service) SendDue(ctx context.Context) error { return s.sendDue(ctx, s.Now()) }

// NameFor is the name of a story that is made of a ticket.
func NameFor(t Ticket) string { return nameFor(t) }

// CountTickets says how many tickets a view holds, from its first page.
func CountTickets(page TicketPage) string { return countTickets(page) }
