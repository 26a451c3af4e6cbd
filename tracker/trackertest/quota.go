package trackertest

import (
	"sync/atomic"
	"time"

	"storydesk/tracker"
)

// LowQuota opens accounts whose API quota is nearly used up while Low is set.
type LowQuota struct {
	tracker.Zendesk
	Low *atomic.Bool
}

// Open opens an account whose quota is nearly used up while Low is set.
func (f LowQuota) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	d, err := f.Zendesk.Open(in, c)
	return lowQuotaAccount{d, f.Low}, err
}

// lowQuotaAccount is an account that reports a low quota.
type lowQuotaAccount struct {
	tracker.Account
	low *atomic.Bool
}

// Quota returns a low quota while low is set.
func (d lowQuotaAccount) Quota() tracker.Quota {
	if !d.low.Load() {
		return d.Account.Quota()
	}
	return tracker.Quota{Requests: tracker.Allowance{PerMinute: 700, Left: 69, Resets: 20 * time.Second}}
}
