package courier

import (
	"context"
	"time"
)

// PassedOver lists the accounts that get no private comments now.
func (s *Service) PassedOver() []string {
	hosts, _ := s.passedOver(s.Now())
	return hosts
}

// Patient lets a private comment that failed wait as long as it would.
func (s *Service) Patient() { s.times.firstRetry = s.times.lastRetry }

// Pass lets the courier pass an account over until a moment.
func (s *Service) Pass(host string, until time.Time) { s.pass(host, until) }

// HeldBack counts the accounts whose limits are remembered.
func (s *Service) HeldBack() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.passed)
}

// SendDue tries every private comment that is due once.
func (s *Service) SendDue(ctx context.Context) error { return s.sendDue(ctx, s.Now()) }

// TimeUpdatesOut sets how long an update may take.
func (s *Service) TimeUpdatesOut(after time.Duration) { s.times.send = after }

// RenewEvery sets how often a claim is renewed during an attempt.
func (s *Service) RenewEvery(interval time.Duration) { s.times.renewal = interval }

// Hasten leaves no gap between two attempts of one private comment. Only a test in
// which nothing of an earlier attempt is still under way may use it.
func (s *Service) Hasten() { s.times.gap = 0 }
