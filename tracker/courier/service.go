// Package courier sends what is queued to Zendesk, each private comment exactly
// once and in order.
//
// Invariants:
//   - A lane (the deliveries of one ticket) is claimed with a lease; nobody else
//     sends for that ticket meanwhile.
//   - An attempt that may have arrived is looked for before it is repeated.
//   - When a comment may leave follows from the ledger: limits and back-offs hold
//     across processes and restarts, and outlast no clock that was set.
package courier

import (
	"sync"
	"sync/atomic"
	"time"

	"storydesk/tracker/accounts"
	"storydesk/tracker/kernel"
	"storydesk/tracker/outbox"
	"storydesk/tracker/views"
)

// Service sends what is queued to Zendesk.
type Service struct {
	*kernel.Kernel
	accounts *accounts.Service
	views    *views.Service
	outbox   *outbox.Service
	times    courierTimes
	// held stops claiming; inFlight counts the lanes under way.
	held     atomic.Bool
	inFlight atomic.Int32
	mu       sync.Mutex
	// passed says until when accounts get no private comments, by host, for their limits.
	passed map[string]time.Time
	// uploads are the files that were uploaded and that no ticket has yet.
	uploads map[uploadKey]upload
}

// New returns the courier; it sends nothing until RunCourier or Drain is called.
func New(k *kernel.Kernel, a *accounts.Service, v *views.Service, o *outbox.Service) *Service {
	return &Service{
		Kernel: k, accounts: a, views: v, outbox: o, passed: make(map[string]time.Time), uploads: make(map[uploadKey]upload),
		times: newCourierTimes(k.Config),
	}
}
