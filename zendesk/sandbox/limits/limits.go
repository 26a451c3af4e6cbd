package limits

import (
	"fmt"
	"strconv"
	"time"

	"storydesk/zendesk/sandbox/answer"
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

// Limits holds the account's buckets. Unless enforced, every request finds
// them full.
type Limits struct {
	enforced  bool
	account   bucket
	updates   bucket
	perTicket map[int64]*bucket
	counts    map[int64]*bucket
}

// New returns limits that nothing was spent of yet. Unless enforced, they refuse nothing.
func New(enforced bool) *Limits {
	return &Limits{enforced: enforced, perTicket: map[int64]*bucket{}, counts: map[int64]*bucket{}}
}

// spend takes one from a bucket; false when it is empty.
func (l *Limits) spend(b *bucket, limit int, window time.Duration, now time.Time) bool {
	if !l.enforced || now.Sub(b.start) >= window {
		*b = bucket{start: now}
	}
	if b.used >= limit {
		return false
	}
	b.used++
	return true
}

// Request counts a request; the answer is a refusal, or nil.
func (l *Limits) Request(now time.Time) *answer.Answer {
	if l.spend(&l.account, accountPerMinute, time.Minute, now) {
		return nil
	}
	return answer.LimitedAccount().With("Retry-After", l.account.resets(time.Minute, now))
}

// Update counts an update of a ticket; the answer is a refusal, or nil.
func (l *Limits) Update(ticket int64, now time.Time) *answer.Answer {
	b := slot(l.perTicket, ticket)
	if !l.spend(b, updatesPerTicket, ticketUpdateWindow, now) {
		return answer.LimitedUpdates().With("Retry-After", b.resets(ticketUpdateWindow, now))
	}
	if !l.spend(&l.updates, updatesPerMinute, time.Minute, now) {
		return answer.LimitedEndpoint().With("Retry-After", l.updates.resets(time.Minute, now))
	}
	return nil
}

// Count counts a request for a view's count; the answer is a refusal, or nil.
func (l *Limits) Count(view int64, now time.Time) *answer.Answer {
	b := slot(l.counts, view)
	if l.spend(b, countsPerMinute, time.Minute, now) {
		return nil
	}
	return answer.LimitedEndpoint().With("Retry-After", b.resets(time.Minute, now))
}

// Describe writes the account's bucket into the header.
func (l *Limits) Describe(a *answer.Answer, now time.Time) {
	limit, left := strconv.Itoa(accountPerMinute), strconv.Itoa(accountPerMinute-l.account.used)
	a.With("X-Rate-Limit", limit).With("X-Rate-Limit-Remaining", left)
	a.With("ratelimit-limit", limit).With("ratelimit-remaining", left)
	a.With("ratelimit-reset", l.account.resets(time.Minute, now))
}

// DescribeUpdate writes the buckets of updates into the header.
func (l *Limits) DescribeUpdate(a *answer.Answer, ticket int64, now time.Time) {
	b := slot(l.perTicket, ticket)
	a.With("zendesk-ratelimit-per-ticket-updates", b.describe(updatesPerTicket, ticketUpdateWindow, now))
	a.With("zendesk-ratelimit-tickets-update", l.updates.describe(updatesPerMinute, time.Minute, now))
}

func (b *bucket) describe(limit int, window time.Duration, now time.Time) string {
	return fmt.Sprintf("total=%d; remaining=%d; resets=%s", limit, limit-b.used, b.resets(window, now))
}

// resets returns the seconds until the bucket is full again, at least 1.
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
