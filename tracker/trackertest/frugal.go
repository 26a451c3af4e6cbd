package trackertest

import (
	"sync/atomic"
	"time"

	"storydesk/tracker"
)

// Frugal opens accounts that tell of an allowance that is nearly used up.
type Frugal struct {
	tracker.Zendesk
	Low *atomic.Bool
}

// Open opens an account that is nearly used up while Low is set.
func (f Frugal) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	d, err := f.Zendesk.Open(in, c)
	return frugalAccount{d, f.Low}, err
}

// frugalAccount is such an account.
type frugalAccount struct {
	tracker.Account
	low *atomic.Bool
}

// Quota tells of little left.
func (d frugalAccount) Quota() tracker.Quota {
	if !d.low.Load() {
		return d.Account.Quota()
	}
	return tracker.Quota{Requests: tracker.Allowance{PerMinute: 700, Left: 69, Resets: 20 * time.Second}}
}
