// Package views reads Zendesk's views and tickets into the cache: on request, by
// itself while the program runs, and a ticket's conversation when it is opened.
//
// Invariants:
//   - A reading replaces a panel's tickets only when all of it came; else it is
//     partial and says so.
//   - Readings of all processes together take no more than their share of what
//     an account allows.
package views

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/accounts"
	"storydesk/tracker/kernel"
	"storydesk/tracker/settings"
)

// Service reads views and tickets, on request and by itself (RunPoller).
type Service struct {
	*kernel.Kernel
	accounts *accounts.Service
	settings *settings.Service
	follower Follower
	reader   reader
	// unfocused is true while nobody looks: views are read less often.
	unfocused atomic.Bool
	// refocused is true once unfocused has changed since the poller looked at it.
	refocused atomic.Bool
	mu        sync.Mutex
	// readings call off the readings of views that are under way.
	readings map[tracker.IntegrationID]*viewReading
	// versions are those of feeds when they were read last.
	versions feedVersions
	// limit ends a reading that takes longer than its budget.
	limit func(ctx context.Context, budget time.Duration) (context.Context, context.CancelFunc)
}

// Follower records what happened on an account's linked tickets once these have been
// read, with the comments of so many of them at most, and returns how many requests
// that took.
type Follower interface {
	Follow(ctx context.Context, account tracker.Account, host string, most int) (requests int, err error)
}

// New returns the use cases of views and tickets.
func New(k *kernel.Kernel, a *accounts.Service, s *settings.Service, f Follower) *Service {
	return &Service{
		Kernel: k, accounts: a, settings: s, follower: f, reader: reader{k}, readings: make(map[tracker.IntegrationID]*viewReading), limit: context.WithTimeout,
	}
}
