package sandbox

import (
	"fmt"
	"strconv"
	"time"
)

// The rates of an Enterprise account.
// https://developer.zendesk.com/api-reference/introduction/rate-limits/
const (
	accountPerMinute   = 700
	updatesPerMinute   = 100
	updatesPerTicket   = 30
	ticketUpdateWindow = 10 * time.Minute
	countsPerMinute    = 5
)

// bucket counts requests in windows that begin with their first request.
type bucket struct {
	start time.Time
	used  int
}

// limits holds the account's buckets. Unless enforced, every request finds
// them full.
type limits struct {
	enforced  bool
	account   bucket
	updates   bucket
	perTicket map[int64]*bucket
	counts    map[int64]*bucket
}

func newLimits(enforced bool) *limits {
	return &limits{enforced: enforced, perTicket: map[int64]*bucket{}, counts: map[int64]*bucket{}}
}

// spend takes one from a bucket; false when it is empty.
func (l *limits) spend(b *bucket, limit int, window time.Duration, now time.Time) bool {
	if !l.enforced || now.Sub(b.start) >= window {
		*b = bucket{start: now}
	}
	if b.used >= limit {
		return false
	}
	b.used++
	return true
}

// request counts a request; the answer is a refusal, or nil.
func (l *limits) request(now time.Time) *answer {
	if l.spend(&l.account, accountPerMinute, time.Minute, now) {
		return nil
	}
	return limitedAccount().with("Retry-After", l.account.resets(time.Minute, now))
}

// update counts an update of a ticket; the answer is a refusal, or nil.
func (l *limits) update(ticket int64, now time.Time) *answer {
	b := slot(l.perTicket, ticket)
	if !l.spend(b, updatesPerTicket, ticketUpdateWindow, now) {
		return limitedUpdates().with("Retry-After", b.resets(ticketUpdateWindow, now))
	}
	if !l.spend(&l.updates, updatesPerMinute, time.Minute, now) {
		return limitedEndpoint().with("Retry-After", l.updates.resets(time.Minute, now))
	}
	return nil
}

// count counts a request for a view's count; the answer is a refusal, or nil.
func (l *limits) count(view int64, now time.Time) *answer {
	b := slot(l.counts, view)
	if l.spend(b, countsPerMinute, time.Minute, now) {
		return nil
	}
	return limitedEndpoint().with("Retry-After", b.resets(time.Minute, now))
}

// describe tells of the account's bucket in the header.
func (l *limits) describe(a *answer, now time.Time) {
	limit, left := strconv.Itoa(accountPerMinute), strconv.Itoa(accountPerMinute-l.account.used)
	a.with("X-Rate-Limit", limit).with("X-Rate-Limit-Remaining", left)
	a.with("ratelimit-limit", limit).with("ratelimit-remaining", left)
	a.with("ratelimit-reset", l.account.resets(time.Minute, now))
}

// describeUpdate tells of the buckets of updates in the header.
func (l *limits) describeUpdate(a *answer, ticket int64, now time.Time) {
	b := slot(l.perTicket, ticket)
	a.with("zendesk-ratelimit-per-ticket-updates", b.describe(updatesPerTicket, ticketUpdateWindow, now))
	a.with("zendesk-ratelimit-tickets-update", l.updates.describe(updatesPerMinute, time.Minute, now))
}

func (b *bucket) describe(limit int, window time.Duration, now time.Time) string {
	return fmt.Sprintf("total=%d; remaining=%d; resets=%s", limit, limit-b.used, b.resets(window, now))
}

// resets tells the seconds until the bucket is full again, at least 1.
func (b *bucket) resets(window time.Duration, now time.Time) string {
	left := b.start.Add(window).Sub(now)
	return strconv.Itoa(max(1, int((left+time.Second-1)/time.Second)))
}

func slot(buckets map[int64]*bucket, id int64) *bucket {
	if buckets[id] == nil {
		buckets[id] = &bucket{}
	}
	return buckets[id]
}
