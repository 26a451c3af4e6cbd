package views

import (
	"context"
	"time"
)

// LimitBy takes the clock's place: limit ends a reading that takes longer than its
// budget.
func (s *Service) LimitBy(limit func(context.Context, time.Duration) (context.Context, context.CancelFunc)) {
	s.limit = limit
}
