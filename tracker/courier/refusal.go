package courier

import (
	"context"
	"errors"
	"fmt"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/accounts"
)

// failed settles an update that was answered with an error, or not at all.
// opens reports whether the update asked to open the ticket.
func (a *attempt) failed(ctx context.Context, err error, opens bool) error {
	e := asError(err)
	a.code = e.Code
	switch {
	case !e.Unsent:
		return a.unconfirmed(ctx, e)
	case e.Code == tracker.CodeRefused || e.Code == tracker.CodeForbidden:
		return a.refused(ctx, e, opens)
	}
	return a.notSent(ctx, err)
}

// unconfirmed settles an update that may have been applied. The next try looks
// for it; what is left of this request may run for as long as the quiet window
// unless Zendesk answered that it refused it.
func (a *attempt) unconfirmed(ctx context.Context, e *tracker.Error) error {
	wait := a.s.times.lag
	answered := e.Code == tracker.CodeConflict || e.Code == tracker.CodeRefused
	if !answered {
		wait = max(wait, a.s.QuietWindow)
		a.s.forget(a.d.ID) // a comment that arrived has used them
	}
	if e.Code == tracker.CodeRefused {
		a.d.Refusal = e.Message
	}
	a.lookUntil(wait)
	a.d.State, a.d.Reason = tracker.DeliveryUnconfirmed, "no clear answer: "+e.Message
	return a.tryLater(ctx, e)
}

// unsearched settles a search that could not be finished. An update that may have
// been applied stays unconfirmed: what its record cannot show is no proof.
func (a *attempt) unsearched(ctx context.Context, err error) error {
	if errors.Is(err, accounts.ErrNotHere) {
		return errVoid // it is for others to look for
	}
	e := asError(err)
	a.code = e.Code
	a.d.Reason = "the ticket could not be checked: " + e.Message
	switch e.Code {
	case tracker.CodeUnauthorized, tracker.CodeMissingScope, tracker.CodeNoAccount:
		return a.pause(ctx, accounts.PauseCauseOf(e), e.Message)
	default:
	}
	a.d.Unreachable = e.Code == tracker.CodeUnavailable && e.RetryAfter == 0
	return a.tryLater(ctx, e)
}

// notSent settles an attempt that certainly changed nothing: the private comment stays
// what it was, unless Zendesk will never take it.
func (a *attempt) notSent(ctx context.Context, err error) error {
	notHere := errors.Is(err, accounts.ErrNotHere)
	if notHere && a.d.State != tracker.DeliverySending {
		return errVoid // it is for others to send
	}
	e := asError(err)
	a.code = e.Code
	if a.d.State == tracker.DeliverySending {
		a.certain()
	}
	if notHere {
		return a.save(ctx)
	}
	a.d.Reason = e.Message
	switch e.Code {
	case tracker.CodeUnauthorized, tracker.CodeMissingScope, tracker.CodeNoAccount:
		return a.pause(ctx, accounts.PauseCauseOf(e), e.Message)
	case tracker.CodeForbidden:
		if a.ticket.ID == 0 {
			return a.park(ctx, a.unseen()+a.perhapsThere())
		}
		return a.pause(ctx, accounts.PauseCauseOf(e), e.Message)
	case tracker.CodeNotFound:
		return a.park(ctx, fmt.Sprintf("ticket %s was deleted, or %s cannot see it", a.d.Ticket.ID, a.in.User())+a.perhapsThere())
	default:
	}
	// An account that says when to come back is not out of reach.
	a.d.Unreachable = e.Code == tracker.CodeUnavailable && e.RetryAfter == 0
	return a.tryLater(ctx, e)
}

// certain notes that the last update changed nothing.
func (a *attempt) certain() { a.d.State, a.d.LookUntil = tracker.DeliveryWaiting, time.Time{} }

// perhapsThere is what is added to the reason of a delivery that leaves its lane
// without having been looked for.
func (a *attempt) perhapsThere() string {
	if a.d.State == tracker.DeliveryUnconfirmed {
		return "; the comment may be on it already"
	}
	return ""
}

// tryLater keeps a private comment that failed once more until its back-off has passed, or
// until Zendesk asked to come back.
func (a *attempt) tryLater(ctx context.Context, e *tracker.Error) error {
	a.d.Failures++
	a.d.NotBefore = a.s.Now().Add(min(max(e.RetryAfter, a.s.times.backOff(a.d.Failures)), longestWait))
	if e.Code == tracker.CodeLimited && 0 < e.RetryAfter && e.RetryAfter <= time.Minute {
		// Limits of a minute are the account's; those of a ticket last longer.
		a.s.pass(a.d.Ticket.Host, a.d.NotBefore)
	}
	return a.save(ctx)
}

// refused tells a ticket that takes nothing, or that this user may not see, from
// a status that may not be set, and that from rights that are missing
// altogether and from an update that Zendesk's rules refuse. Zendesk answers
// 403 or 422 to a status, by the rule that is in its way; the comment then goes
// alone.
func (a *attempt) refused(ctx context.Context, e *tracker.Error, opens bool) error {
	a.certain()
	reading, cancel := context.WithTimeout(ctx, a.s.times.prepare)
	defer cancel()
	again, err := a.account.Ticket(reading, a.d.Ticket.ID)
	switch {
	case tracker.CodeOf(err) == tracker.CodeForbidden:
		return a.park(ctx, a.unseen())
	case err != nil:
		return a.notSent(ctx, err)
	}
	a.ticket = again
	switch {
	case again.Status == tracker.TicketClosed:
		return a.park(ctx, closedReason(again.ID))
	case opens && a.d.Kind == tracker.KindOpen:
		return a.park(ctx, "not opened: "+e.Message)
	case opens:
		a.d.Opens, a.d.NotOpened, a.d.Reason = false, e.Message, "sending without opening the ticket: "+e.Message
		return a.save(ctx)
	case a.reused && e.Code == tracker.CodeRefused:
		a.s.forget(a.d.ID)
		a.d.Reason = "the attachments are uploaded once more: " + e.Message
		return a.tryLater(ctx, e)
	case e.Code == tracker.CodeForbidden:
		a.d.Reason = e.Message
		return a.pause(ctx, accounts.PauseCauseOf(e), e.Message)
	}
	return a.park(ctx, e.Message)
}

// unseen is the reason of a private comment whose ticket is kept from the user.
func (a *attempt) unseen() string {
	return fmt.Sprintf("%s cannot see ticket %s", a.in.User(), a.d.Ticket.ID)
}

// asError returns err as an *Error; one that is none may have been applied.
func asError(err error) *tracker.Error {
	var e *tracker.Error
	if errors.As(err, &e) {
		return e
	}
	return &tracker.Error{Code: tracker.CodeInternal, Message: err.Error(), Err: err}
}
