package courier

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/views"
)

// attempt is one try to bring the private comment at a lane's head to its ticket.
type attempt struct {
	s     *Service
	claim tracker.Claim
	// d is the delivery as it will be saved.
	d       tracker.Delivery
	in      tracker.Integration
	account tracker.Account
	ticket  tracker.Ticket
	// before is when the ticket was updated last before the private comment, zero when the
	// private comment was not sent.
	before time.Time
	// files are the attachments of the comment, tokens those of their uploads; reused
	// reports whether one was made by an earlier attempt.
	files  []tracker.StoryFile
	tokens map[tracker.FileID]string
	reused bool
	// held lasts as long as the claim.
	held context.Context //nolint:containedctx // it is the attempt's own, beside the one that it is run with
	// at is when it began, and code that of the error that it ended with.
	at   time.Time
	code tracker.Code
	// idle is true where nothing was tried, and nothing is to be told of it.
	idle bool
	// recorded is true once the outcome is saved and the lane released.
	recorded bool
}

// errVoid ends an attempt whose claim or private comment is no longer what it was: another
// courier or the user was quicker, and nothing may be written.
var errVoid = errors.New("the claim is void")

// deliver makes one attempt at a claimed lane and releases the lane. What went
// wrong is saved with the delivery; only a store that fails is logged alone. The
// caller tells everybody.
func (s *Service) deliver(ctx context.Context, c tracker.Claim) {
	a := &attempt{s: s, claim: c, d: c.Delivery, at: s.Now(), tokens: make(map[tracker.FileID]string)}
	if a.d.State == tracker.DeliverySending {
		// Whoever sent it lost its lease: nobody knows what came of it.
		a.d.State = tracker.DeliveryUnconfirmed
	}
	var stop func()
	a.held, stop = renewing(context.WithoutCancel(ctx), s, c)
	err := a.run(ctx)
	stop()
	if err != nil && !errors.Is(err, errVoid) {
		s.Log.Error("delivery not recorded", "delivery", a.d.ID, "error", err)
	}
	if a.recorded {
		return
	}
	err = s.Store.Write(context.WithoutCancel(ctx), func(w tracker.Writer) error { return w.ReleaseLane(c.Lane) })
	if err != nil {
		s.Log.Error("lane not released; its lease will run out", "ticket", c.Lane.Ticket.ID, "error", err)
	}
}

// run makes the attempt. The error is errVoid or the store's.
func (a *attempt) run(ctx context.Context) error {
	waits := false
	err := a.s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		if a.in, err = r.Integration(a.d.IntegrationID); err == nil {
			waits, err = a.overBudget(r)
		}
		return errors.Join(err, carries(a, r))
	})
	if err != nil {
		return err
	}
	if waits {
		a.idle = true
		return a.save(ctx)
	}
	for fresh := true; fresh; {
		done, err := a.settled(ctx)
		if done || err != nil {
			return err
		}
		if fresh, done, err = a.upload(ctx); done || err != nil {
			return err
		}
	}
	if begun, err := a.begin(ctx); !begun || err != nil {
		return err
	}
	return a.send(ctx)
}

// settled reads the ticket. It is true when nothing is to be sent: the private comment
// is there, or may be, or the ticket does not take it.
func (a *attempt) settled(ctx context.Context) (bool, error) {
	if err := a.prepare(ctx); err != nil {
		return true, a.notSent(ctx, err)
	}
	if a.d.Attempts > 0 {
		if done, err := a.lookAgain(ctx); done || err != nil {
			return true, err
		}
	} else if a.changedSince() {
		if done, err := a.find(ctx); done || err != nil {
			return true, err
		}
	}
	if a.ticket.Status == tracker.TicketClosed {
		return true, a.park(ctx, closedReason(a.ticket.ID))
	}
	if a.d.Kind == tracker.KindOpen && a.ticket.Status != tracker.TicketNew {
		return true, a.sent(ctx, 0, nil, fmt.Sprintf("the ticket is %s, not new", a.ticket.Status))
	}
	return false, nil
}

// overBudget lets a private comment wait without a request that has none to spare. One
// that may be there already is looked for first.
func (a *attempt) overBudget(r tracker.Reader) (waits bool, err error) {
	if a.d.Attempts > 0 {
		return false, nil
	}
	now := a.s.Now()
	next, reason, err := a.s.nextUpdate(r, a.d.Ticket, now)
	if waits = next.After(now); waits {
		a.d.NotBefore, a.d.Reason = next, reason
	}
	return waits, err
}

// prepare opens the account and reads the ticket.
func (a *attempt) prepare(ctx context.Context) (err error) {
	if a.account, err = a.s.accounts.Account(ctx, a.in); err != nil {
		return err
	}
	reading, cancel := context.WithTimeout(ctx, a.s.times.prepare)
	defer cancel()
	a.ticket, err = a.account.Ticket(reading, a.d.Ticket.ID)
	return err
}

// lookAgain looks for the comment of an earlier attempt. done is true when the
// attempt ends here: the comment was found, could not be looked for, or must
// not be sent yet, or at all.
func (a *attempt) lookAgain(ctx context.Context) (done bool, err error) {
	if done, err := a.find(ctx); done || err != nil {
		return done, err
	}
	if wait := a.lookFor(); wait > 0 {
		a.d.NotBefore, a.d.Reason = a.s.Now().Add(wait), "no clear answer came; it is not on the ticket yet, and the ticket will be checked once more"
		a.d.Unreachable = false
		return true, a.save(ctx)
	}
	if a.ticket.Status == tracker.TicketClosed {
		return true, a.park(ctx, closedReason(a.ticket.ID))
	}
	// The gap lies between reading the stamp and the last look, and is waited
	// for, not reckoned, since clocks jump. So an earlier request that is carried
	// out after that look meets or makes another stamp than ours.
	select {
	case <-ctx.Done():
		return true, errVoid
	case <-time.After(a.s.times.gap):
	}
	if done, err := a.find(ctx); done || err != nil {
		return done, err
	}
	if a.d.Refusal != "" {
		return true, a.park(ctx, a.d.Refusal)
	}
	return false, nil
}

// find settles a private comment that is on the ticket already, or that cannot be looked for.
func (a *attempt) find(ctx context.Context) (done bool, err error) {
	reading, cancel := context.WithTimeout(ctx, a.s.times.prepare)
	defer cancel()
	found, err := a.look(reading)
	switch {
	case err != nil:
		return true, a.unsearched(ctx, err)
	case found != nil:
		return true, a.sent(ctx, found.AuditID, &found.Public, "")
	}
	return false, nil
}

func closedReason(id tracker.TicketID) string {
	return fmt.Sprintf("ticket %s is closed and accepts no more comments", id)
}

// begin confirms, in one transaction with marking the private comment as sending, that
// the claim and the private comment stand, that the integration sends, and that the limits
// of ticket and account allow one more. begun is false when these do not, and
// the private comment waits. The claim is renewed, for reading may have used it up; and
// Zendesk was reached, so that what waits for it need not wait any more.
func (a *attempt) begin(ctx context.Context) (begun bool, err error) {
	before := a.d
	err = a.s.Write(ctx, tracker.HintDeliveries|tracker.HintStories, func(w tracker.Writer) error {
		a.d = before
		if err := a.stands(w); err != nil {
			return err
		}
		in, err := w.Integration(a.d.IntegrationID)
		if err != nil {
			return err
		}
		if !in.Sends() || in.Version != a.in.Version {
			return errVoid
		}
		now := a.s.Now()
		next, reason, err := a.s.nextUpdate(w, a.d.Ticket, now)
		if err != nil {
			return err
		}
		a.d.Unreachable = false
		if begun = !next.After(now); begun {
			a.d.State, a.d.SentAt, a.d.Attempts = tracker.DeliverySending, now, a.d.Attempts+1
			a.d.Refusal = ""
			a.lookUntil(max(a.s.times.lag, a.s.QuietWindow))
		} else {
			a.d.NotBefore, a.d.Reason = next, reason
		}
		if begun && a.d.Stamp.IsZero() {
			a.d.Stamp = a.ticket.UpdatedAt
		}
		lane := a.claim.Lane
		lane.LeaseUntil = now.Add(a.s.times.lease())
		return errors.Join(w.SaveDelivery(&a.d), w.RenewLane(lane), w.EndOutage(a.d.Ticket.Host, now))
	})
	return begun, err
}

// stands fails with errVoid unless fence and private comment are as claimed.
func (a *attempt) stands(r tracker.Reader) error {
	_, now, err := claimed(r, a.claim)
	if err == nil && (!now.State.InLane() || now.Attempts > a.d.Attempts) {
		return errVoid
	}
	return err
}

// send makes the update and settles what comes of it.
func (a *attempt) send(ctx context.Context) error {
	sending, cancel := context.WithTimeout(ctx, a.s.times.send)
	defer cancel()
	opens := a.d.Opens && a.ticket.Status == tracker.TicketNew
	audit, err := a.account.Update(sending, a.d.Ticket.ID, tracker.TicketUpdate{
		Operation: a.d.Operation, Note: a.d.Text, Uploads: tokensOf(a), Open: opens, Stamp: a.ticket.UpdatedAt,
	})
	// Whatever came of it is recorded, even when we are leaving.
	ctx = context.WithoutCancel(ctx)
	a.d.SentAt = a.s.Now()
	if err != nil {
		return a.failed(ctx, err, opens)
	}
	if opens {
		a.ticket.Status = tracker.TicketOpen
	}
	if !audit.CreatedAt.IsZero() {
		a.before, a.ticket.UpdatedAt = a.ticket.UpdatedAt, audit.CreatedAt
	}
	if a.d.Kind == tracker.KindOpen {
		return a.sent(ctx, audit.ID, nil, "")
	}
	if len(audit.Comments) == 0 {
		return a.failed(ctx, tracker.Errorf(tracker.CodeUnreadable, "Zendesk's answer does not show the private comment"), opens)
	}
	return a.sent(ctx, audit.ID, &audit.Comments[0].Public, without(a, audit.Comments[0]))
}

// sent settles the private comment as proven. One that came back public pauses the
// integration: customers may read it.
func (a *attempt) sent(ctx context.Context, audit tracker.AuditID, public *bool, reason string) error {
	now := a.s.Now()
	a.s.forget(a.d.ID)
	if a.d.NotOpened != "" {
		reason = strings.TrimSuffix("not opened: "+a.d.NotOpened+"; "+reason, "; ")
	}
	a.d.State, a.d.AuditID, a.d.Public, a.d.DeliveredAt, a.d.Reason = tracker.DeliverySent, audit, public, &now, reason
	a.d.Failures, a.d.Unreachable, a.d.LookUntil, a.d.Refusal = 0, false, time.Time{}, ""
	if public == nil || !*public {
		return a.save(ctx)
	}
	a.d.Reason = "it is on the ticket as a PUBLIC comment"
	return a.pause(ctx, tracker.PausePublic, fmt.Sprintf(
		"a private comment was added to %s as a PUBLIC comment. Sending is paused: check the ticket, then turn the integration on again", a.d.Ticket.ID))
}

func (a *attempt) park(ctx context.Context, reason string) error {
	a.s.forget(a.d.ID)
	a.d.State, a.d.Reason, a.d.Failures, a.d.Unreachable = tracker.DeliveryParked, reason, 0, false
	a.d.Refusal = ""
	return a.save(ctx)
}

// save records the private comment, and the ticket as it was seen, if the claim stands, and
// releases the lane.
func (a *attempt) save(ctx context.Context) error {
	return a.record(ctx, func(tracker.Writer) error { return nil })
}

// pause records the private comment and holds the whole integration.
func (a *attempt) pause(ctx context.Context, cause tracker.PauseCause, reason string) error {
	return a.record(ctx, func(w tracker.Writer) error { return a.s.accounts.Hold(w, a.d.IntegrationID, cause, reason) })
}

func (a *attempt) record(ctx context.Context, also func(tracker.Writer) error) error {
	if a.d.State != tracker.DeliverySent && a.d.State != tracker.DeliveryParked {
		a.d.NotBefore = maxTime(a.d.NotBefore, a.s.Now())
	}
	err := a.s.Store.Write(context.WithoutCancel(ctx), func(w tracker.Writer) error {
		if err := a.stands(w); err != nil {
			return err
		}
		if err := w.SaveDelivery(&a.d); err != nil {
			return err
		}
		if !a.idle {
			if err := w.AddDeliveryAttempt(a.d.ID, tracker.DeliveryAttempt{At: a.at, State: a.d.State, Code: a.code, Reason: a.d.Reason}); err != nil {
				return err
			}
		}
		if a.ticket.ID != 0 {
			if err := w.SaveTicket(a.ticket); err != nil {
				return err
			}
			if err := views.SeeOwn(w, a.d.Ticket, a.before, a.ticket.UpdatedAt); err != nil {
				return err
			}
		}
		return errors.Join(also(w), w.ReleaseLane(a.claim.Lane))
	})
	a.recorded = err == nil
	return err
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// backOff returns how long to wait after the n-th failure in a row: doubling,
// give or take a fifth.
func (t courierTimes) backOff(n int) time.Duration {
	wait := t.firstRetry << min(max(n-1, 0), 20)
	if wait <= 0 || wait > t.lastRetry {
		wait = t.lastRetry
	}
	return wait - wait/5 + rand.N(wait*2/5+1) //nolint:gosec // spreading retries needs no secrecy
}
