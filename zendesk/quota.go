package zendesk

import (
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"storydesk/tracker"
)

// quotas are what the accounts last said of their limits, by host. They are
// safe for concurrent use.
type quotas struct {
	now    func() time.Time
	mu     sync.Mutex
	byHost map[string]reading
}

// reading is a quota and when it was read. The time's monotonic part survives
// changes of the clock.
type reading struct {
	quota tracker.Quota
	at    time.Time
}

// record stores what an answer says. Where it says nothing of a limit, what an
// earlier one said still holds: not every answer speaks of updates.
func (q *quotas) record(host string, status int, h http.Header) {
	requests, updates := requestAllowance(h), updateAllowance(h)
	date, err := http.ParseTime(h.Get("Date"))
	// Other answers may be a proxy's, dated by its clock.
	dated := err == nil && (status < http.StatusMultipleChoices || status == http.StatusNotModified)
	if requests.PerMinute == 0 && updates.PerMinute == 0 && !dated {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.now()
	quota := q.byHost[host].since(now)
	if requests.PerMinute > 0 {
		quota.Requests = requests
	}
	if updates.PerMinute > 0 {
		quota.Updates = updates
	}
	if dated {
		quota.Clock = date
	}
	q.byHost[host] = reading{quota: quota, at: now}
}

func (q *quotas) of(host string) tracker.Quota {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.byHost[host].since(q.now())
}

// since is the quota as of now.
func (t reading) since(now time.Time) tracker.Quota {
	passed := now.Sub(t.at)
	if !t.quota.Clock.IsZero() {
		t.quota.Clock = t.quota.Clock.Add(passed)
	}
	for _, a := range []*tracker.Allowance{&t.quota.Requests, &t.quota.Updates} {
		if a.Resets -= passed; a.Resets <= 0 {
			a.Resets, a.Left = 0, a.PerMinute
		}
	}
	return t.quota
}

// Quota returns what the account's answers last said of its limits.
func (d *account) Quota() tracker.Quota { return d.client.quotas.of(d.accountHost) }

// requestAllowance reads what an answer says of requests of all kinds. The
// names differ with the age of the account,
// https://developer.zendesk.com/api-reference/introduction/rate-limits/.
func requestAllowance(h http.Header) tracker.Allowance {
	for _, names := range [][3]string{
		{"Ratelimit-Limit", "Ratelimit-Remaining", "Ratelimit-Reset"},
		{"X-Rate-Limit", "X-Rate-Limit-Remaining", "Ratelimit-Reset"},
		{"Rate-Limit", "Rate-Limit-Remaining", "Rate-Limit-Reset"},
	} {
		if a := allowance(h.Get(names[0]), h.Get(names[1]), h.Get(names[2])); a.PerMinute > 0 {
			return a
		}
	}
	return tracker.Allowance{}
}

// updateAllowance reads what an answer to an update says of updates, such as
// "total=100; remaining=99; resets=59".
func updateAllowance(h http.Header) tracker.Allowance {
	for _, name := range []string{"Zendesk-Ratelimit-Tickets-Update", "Zendesk-Rate-Limit-Tickets-Update"} {
		words := make(map[string]string)
		for part := range strings.SplitSeq(h.Get(name), ";") {
			key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
			words[key] = value
		}
		if a := allowance(words["total"], words["remaining"], words["resets"]); a.PerMinute > 0 {
			return a
		}
	}
	return tracker.Allowance{}
}

// allowance reads a limit. One that does not say what is left has plenty, and
// one that does not say when it starts again does so within a minute.
func allowance(limit, left, resets string) tracker.Allowance {
	most, err := strconv.Atoi(limit)
	if err != nil || most <= 0 {
		return tracker.Allowance{}
	}
	a := tracker.Allowance{PerMinute: most, Left: most, Resets: time.Minute}
	if n, err := strconv.Atoi(left); err == nil && n >= 0 {
		a.Left = n
	}
	if n, err := strconv.Atoi(resets); err == nil && n >= 0 && n < 60 {
		a.Resets = time.Duration(n) * time.Second
	}
	return a
}
