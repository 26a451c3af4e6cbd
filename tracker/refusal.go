package tracker

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// notOpened begins the reason of a note that went without the status it asked for.
const notOpened = "not opened: "

// failed settles an update that was answered with an error, or not at all.
// opens tells whether the update asked to open the ticket.
func (a *attempt) failed(ctx context.Context, err error, opens bool) error {
	e := asError(err)
	switch {
	case e.Code == CodeForbidden && e.Unsent:
		return a.forbidden(ctx, e, opens)
	case e.Code == CodeRefused:
		return a.declined(ctx, e)
	case e.Unsent:
		return a.notSent(ctx, err)
	case e.Code == CodeConflict:
		// This request was refused, so nothing of it is still running; the
		// next try looks first, as every try after the first does.
		a.d.State, a.d.Reason = DeliveryWaiting, e.Message
		return a.save(ctx)
	}
	// The request may have been under way until now.
	a.d.State, a.d.SentAt = DeliveryUnknown, a.s.Now()
	a.d.Reason = "no certain answer: " + e.Message
	a.d.NotBefore = a.s.Now().Add(max(e.RetryAfter, a.wait()))
	return a.save(ctx)
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
			return a.park(ctx, fmt.Sprintf("%s may not see ticket %s", a.in.user(), a.d.Ticket.ID))
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
	a.d.NotBefore = a.s.Now().Add(max(e.RetryAfter, a.wait()))
	return a.save(ctx)
}

// forbidden tells a ticket that this user may not change from a status that
// this user may not set, and from rights that are missing altogether.
func (a *attempt) forbidden(ctx context.Context, e *Error, opens bool) error {
	a.d.State = DeliveryWaiting
	again, err := a.readAgain(ctx)
	switch code := CodeOf(err); {
	case code == CodeForbidden || code == CodeNotFound:
		return a.park(ctx, fmt.Sprintf("%s may not see ticket %s", a.in.user(), a.d.Ticket.ID))
	case err != nil:
		return a.notSent(ctx, err)
	}
	a.ticket = again
	switch {
	case opens && a.d.Kind == KindOpen:
		return a.park(ctx, notOpened+e.Message)
	case opens:
		a.d.Opens, a.d.Reason = false, notOpened+e.Message
		return a.save(ctx)
	}
	a.d.Reason = e.Message
	return a.pause(ctx, e.Message)
}

// declined tells a closed ticket from an update that the desk's rules refuse.
func (a *attempt) declined(ctx context.Context, e *Error) error {
	a.d.State = DeliveryWaiting
	again, err := a.readAgain(ctx)
	if err != nil {
		return a.notSent(ctx, err)
	}
	a.ticket = again
	if again.Status == TicketClosed {
		return a.park(ctx, closedReason(a.d.Ticket.ID))
	}
	return a.park(ctx, e.Message)
}

func (a *attempt) readAgain(ctx context.Context) (Ticket, error) {
	reading, cancel := context.WithTimeout(ctx, a.s.times.prepare)
	defer cancel()
	return a.desk.Ticket(reading, a.d.Ticket.ID)
}

// wait returns the back-off after one more failure of this note.
func (a *attempt) wait() time.Duration {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.s.failures[a.d.ID]++
	return a.s.times.backOff(a.s.failures[a.d.ID])
}

func (s *Service) forgetFailures(id DeliveryID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.failures, id)
}

// asError returns err as an *Error; one that is none may have been applied.
func asError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: CodeInternal, Message: err.Error(), Err: err}
}
