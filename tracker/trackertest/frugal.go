package trackertest

import (
	"sync/atomic"
	"time"

	"storydesk/tracker"
)

// Frugal opens accounts that tell of an allowance that is nearly used up.
type Frugal struct {
	tracker.Desks
	Low *atomic.Bool
}

// Open opens an account that is nearly used up while Low is set.
func (f Frugal) Open(in tracker.Integration, c tracker.Credentials) (tracker.Desk, error) {
	d, err := f.Desks.Open(in, c)
	return frugalDesk{d, f.Low}, err
}

// frugalDesk is such an account.
type frugalDesk struct {
	tracker.Desk
	low *atomic.Bool
}

// Quota tells of little left.
func (d frugalDesk) Quota() tracker.Quota {
	if !d.low.Load() {
		return d.Desk.Quota()
	}
	return tracker.Quota{Requests: tracker.Allowance{PerMinute: 700, Left: 69, Resets: 20 * time.Second}}
}
