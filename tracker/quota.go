package tracker

import (
	"cmp"
	"time"
)

const (
	// leastPerMinute is what the smallest plan allows that is sold today,
	// https://developer.zendesk.com/api-reference/introduction/rate-limits/.
	leastPerMinute = 200
	// reserve is the part of an allowance that is left to all others who use the
	// account: a tenth.
	reserve = 10
)

// ReadingShare is the part of an account's requests that may be taken from all
// others who use it by what nobody asked for, such as the readings of a view: a tenth.
const ReadingShare = 10

// Quota is what an account allows everybody who uses it, as far as it says.
type Quota struct {
	// Requests are those of all kinds, Updates those that change a ticket.
	Requests, Updates Allowance
	// Clock is what Zendesk's clock says now, to within a second or two, whatever
	// becomes of this machine's; zero where no answer was dated.
	Clock time.Time
}

// Allowance is a limit of so many requests a minute.
type Allowance struct {
	// PerMinute is the limit, 0 when Zendesk does not say.
	PerMinute int
	// Left is how many are left for now.
	Left int
	// Resets is in how long all are there again.
	Resets time.Duration
}

// Limit is PerMinute, or the least that any account allows where Zendesk does not
// say.
func (a Allowance) Limit() int { return cmp.Or(a.PerMinute, leastPerMinute) }

// Low is true when less than a tenth is left for now.
func (a Allowance) Low() bool { return a.Rest() > 0 }

// Rest is how long to leave the rest of an allowance to others, 0 when there is plenty.
func (a Allowance) Rest() time.Duration {
	if a.PerMinute == 0 || a.Left*reserve >= a.PerMinute {
		return 0
	}
	return max(0, a.Resets)
}
