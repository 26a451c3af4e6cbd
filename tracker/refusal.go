package tracker

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// failed settles an update that was answered with an error, or not at all.
// opens tells whether the update asked to open the ticket.
func (a *attempt) failed(ctx context.Context, err error, opens bool) error {
	e := asError(err)
	switch {
	case e.Code == CodeRefused || e.Code == CodeForbidden && e.Unsent:
		return a.refused(ctx, e, opens)
	case e.Unsent:
		return a.notSent(ctx, err)
	case e.Code == CodeConflict:
		// This request was refused, so nothing of it is still running; the
		// next try looks first, as every try after the first does.
		a.d.State, a.d.Reason = DeliveryWaiting, e.Message
		return a.tryLater(ctx, e)
	}
	// The request may have been under way until now.
	a.d.State, a.d.Reason = DeliveryUnconfirmed, "no certain answer: "+e.Message
	return a.tryLater(ctx, e)
}

// notSent settles an attempt that certainly changed nothing: the note stays
// what it was, unless the desk will never take it.
func (a *attempt) notSent(ctx context.Context, err error) error {
	e := asError(err)
	if a.d.State == DeliverySending {
		a.d.State = DeliveryWaiting
	}
	a.d.Reason = e.Message
	switch e.Code {
	case CodeUnauthorized, CodeMissingScope, CodeNoDesk:
		return a.pause(ctx, e.Message)
	case CodeForbidden:
		if a.ticket.ID == 0 {
			return a.park(ctx, a.unseen())
		}
		return a.pause(ctx, e.Message)
	case CodeNotFound:
		// A ticket that was read a moment ago is there: what is missing is
		// part of its record, and that is no proof of anything.
		if a.ticket.ID == 0 || a.d.State == DeliveryWaiting {
			return a.park(ctx, fmt.Sprintf("ticket %s was deleted, or %s may not see it", a.d.Ticket.ID, a.in.user()))
		}
	default:
	}
	// A desk that says when to come back is not out of reach.
	a.d.Unreachable = e.Code == CodeUnavailable && e.RetryAfter == 0
	return a.tryLater(ctx, e)
}

// tryLater keeps a note that failed once more until its back-off has passed, or
// until the desk asked to come back.
func (a *attempt) tryLater(ctx context.Context, e *Error) error {
	a.d.Failures++
	a.d.NotBefore = a.s.Now().Add(min(max(e.RetryAfter, a.s.times.backOff(a.d.Failures)), longestWait))
	if e.Code == CodeLimited && 0 < e.RetryAfter && e.RetryAfter <= time.Minute {
		// Limits of a minute are the account's; those of a ticket last longer.
		a.s.pass(a.d.Ticket.Host, a.d.NotBefore)
	}
	return a.save(ctx)
}

// refused tells a ticket that takes nothing, or that this user may not see, from
// a status that may not be set, and that from rights that are missing
// altogether and from an update that the desk's rules refuse. Zendesk answers
// 403 or 422 to a status, by the rule that is in its way; the comment then goes
// alone.
func (a *attempt) refused(ctx context.Context, e *Error, opens bool) error {
	a.d.State = DeliveryWaiting
	reading, cancel := context.WithTimeout(ctx, a.s.times.prepare)
	defer cancel()
	again, err := a.desk.Ticket(reading, a.d.Ticket.ID)
	switch {
	case CodeOf(err) == CodeForbidden:
		return a.park(ctx, a.unseen())
	case err != nil:
		return a.notSent(ctx, err)
	}
	a.ticket = again
	switch {
	case again.Status == TicketClosed:
		return a.park(ctx, closedReason(again.ID))
	case opens && a.d.Kind == KindOpen:
		return a.park(ctx, "not opened: "+e.Message)
	case opens:
		a.d.Opens, a.d.NotOpened, a.d.Reason = false, e.Message, "it goes without opening the ticket: "+e.Message
		return a.save(ctx)
	case e.Code == CodeForbidden:
		a.d.Reason = e.Message
		return a.pause(ctx, e.Message)
	}
	return a.park(ctx, e.Message)
}

// unseen is the reason of a note whose ticket is kept from the user.
func (a *attempt) unseen() string {
	return fmt.Sprintf("%s may not see ticket %s", a.in.user(), a.d.Ticket.ID)
}

// asError returns err as an *Error; one that is none may have been applied.
func asError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: CodeInternal, Message: err.Error(), Err: err}
}
