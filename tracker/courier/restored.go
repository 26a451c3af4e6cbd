package courier

import (
	"time"

	"storydesk/tracker"
)

// clockSlack is how far an estimate of Zendesk's clock may be off: too much
// costs one request, too little a comment that is sent twice.
const clockSlack = time.Minute

// clock is what an account's clock says now, else this machine's.
func (s *Service) clock(host string) (now time.Time, known bool) {
	if at := s.accounts.Quota(host).Clock; !at.IsZero() {
		return at, true
	}
	return s.Now(), false
}

// madeByZendesk estimates when a delivery was made by Zendesk's clock, rather too
// early; known is false where that cannot be told, or this machine's clock was
// set back since.
func (s *Service) madeByZendesk(d tracker.Delivery) (at time.Time, known bool) {
	now, known := s.clock(d.Ticket.Host)
	age := s.Now().Sub(d.CreatedAt)
	return now.Add(-age - clockSlack), known && age > -clockSlack
}

// changedSince reports whether the ticket may have changed after the delivery
// was made. Then a delivery that was not tried yet may be on it all the same: a
// database that was restored from a backup, or copied, knows less than the ticket.
func (a *attempt) changedSince() bool {
	made, known := a.s.madeByZendesk(a.d)
	return !known || !a.ticket.UpdatedAt.Before(made)
}

// lookFor is how long from now not finding the comment proves nothing. It is
// reckoned by Zendesk's clock, for ours may jump. A delivery that an earlier
// version left unconfirmed does not say so itself.
func (a *attempt) lookFor() time.Duration {
	longest := max(a.s.times.lag, a.s.QuietWindow)
	if a.d.LookUntil.IsZero() {
		if a.d.State != tracker.DeliveryUnconfirmed {
			return 0
		}
		a.lookUntil(longest - max(0, a.s.Now().Sub(a.d.SentAt)))
	}
	now, _ := a.s.clock(a.d.Ticket.Host)
	return min(a.d.LookUntil.Sub(now), longest)
}

// lookUntil sets for how long from now not finding the comment proves nothing.
// Zendesk dates its answers in whole seconds.
func (a *attempt) lookUntil(wait time.Duration) {
	now, _ := a.s.clock(a.d.Ticket.Host)
	a.d.LookUntil = now.Add(wait + time.Second)
}
