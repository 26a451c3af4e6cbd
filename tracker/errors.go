package tracker

import (
	"errors"
	"fmt"
	"time"
)

// Code says what kind of thing went wrong. The values are stable: commands
// print them in JSON.
type Code string

// The codes.
const (
	// CodeInvalid: the input cannot work; Error.Field names the field to correct.
	CodeInvalid Code = "invalid"
	// CodeNotFound: nothing has that id or name, or this user may not see it.
	CodeNotFound Code = "not_found"
	// CodeConflict: it changed since it was read; read again and retry.
	CodeConflict Code = "conflict"
	// CodeRefused: a rule, here or in Zendesk, does not allow it.
	CodeRefused Code = "refused"
	// CodeUnauthorized: Zendesk does not accept the credentials.
	CodeUnauthorized Code = "unauthorized"
	// CodeForbidden: the credentials are good but do not allow this.
	CodeForbidden Code = "forbidden"
	// CodeMissingScope: the sign-in lacks a scope that this needs.
	CodeMissingScope Code = "missing_scope"
	// CodeNoAccount: there is no Zendesk account at the address, or not this path.
	CodeNoAccount Code = "no_desk"
	// CodeLimited: asked to wait; Error.RetryAfter says how long.
	CodeLimited Code = "limited"
	// CodeUnavailable: no network, a time-out, or Zendesk has a problem.
	CodeUnavailable Code = "unavailable"
	// CodeUnreadable: something answered that is not Zendesk's answer.
	CodeUnreadable Code = "unreadable"
	// CodeInternal: a defect, or the database failed.
	CodeInternal Code = "internal"
)

// Reason names one particular obstacle behind an error, where there is a way
// around it: callers decide by it what to offer, and a surface adds the key or the
// flag. It is not printed, so it can be refined; the Code stays.
type Reason string

// The reasons, with the codes that they come with.
const (
	// ReasonNeedsEstimate (CodeRefused): the story has to be estimated first.
	ReasonNeedsEstimate Reason = "needs estimate"
	// ReasonAccepted (CodeRefused): the story is accepted; it can be restarted.
	ReasonAccepted Reason = "accepted"
	// ReasonDifferentSteps (CodeRefused): the stories would take different steps.
	ReasonDifferentSteps Reason = "different steps"
	// ReasonPending (CodeRefused): private comments have not been sent; they can
	// be sent first, or dropped.
	ReasonPending Reason = "pending"
	// ReasonSends (CodeRefused): it would send private comments and nobody has
	// agreed to that; see SendsError.
	ReasonSends Reason = "sends"
	// ReasonNeedsConsent (CodeRefused): the secret can only be saved unencrypted in
	// the database, and nobody has agreed to that.
	ReasonNeedsConsent Reason = "needs consent"
	// ReasonHasStory (CodeConflict): a ticket has a story already; another one can
	// be created all the same.
	ReasonHasStory Reason = "has story"
	// ReasonPortTaken (CodeUnavailable): another program uses the port on which the
	// browser's answer is awaited; there are others.
	ReasonPortTaken Reason = "port taken"
	// ReasonOffline (CodeUnavailable): the server of the database cannot be reached.
	ReasonOffline Reason = "offline"
	// ReasonSaved (CodeInternal): what others share was saved all the same; what failed
	// is the user's own.
	ReasonSaved Reason = "saved"
	// ReasonUnknownProject and ReasonUnknownIntegration (CodeNotFound): nothing has
	// that name; they can be listed.
	ReasonUnknownProject     Reason = "unknown project"
	ReasonUnknownIntegration Reason = "unknown integration"
	// ReasonNoIntegration (CodeRefused): the project has none that is active; one can
	// be added.
	ReasonNoIntegration Reason = "no integration"
	// ReasonInactive (CodeRefused): the integration that is the Subject can be
	// turned on.
	ReasonInactive Reason = "inactive"
	// ReasonSignedOut (CodeUnauthorized, CodeMissingScope): somebody has to sign the
	// integration that is the Subject in, with a browser.
	ReasonSignedOut Reason = "signed out"
	// ReasonSeveralAccounts (CodeInvalid): an integration has to be named.
	ReasonSeveralAccounts Reason = "several accounts"
)

// Error is what every use case and port fails with.
type Error struct {
	Code Code
	// Reason is the particular obstacle, empty where nothing depends on it.
	Reason Reason
	// Subject names what the reason is about, where the sentence alone does.
	Subject string
	// Field is the form field that the sentence belongs to, such as "url" or "view".
	Field string
	// Message is one sentence for people, short enough for a status line: what is
	// wrong and, where a few words do, how to fix it.
	Message string
	// Causes are what may be behind it, the likeliest first; empty when the
	// message tells all. Each is a clause without a full stop.
	Causes []string
	// Steps are what to do about it, in order; empty when the message tells all.
	// Each is an instruction without a full stop.
	Steps []string
	// RetryAfter is how long Zendesk asked us to wait; 0 when it did not say.
	RetryAfter time.Duration
	// Unsent is true when a write certainly changed nothing in Zendesk:
	// refused outright, or never connected. False means that it may have.
	Unsent bool
	// Err is the cause, for the log.
	Err error
}

// Error returns the sentence for people.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error with a code and a sentence for people.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Err: errors.Unwrap(err)}
}

// Invalid makes a CodeInvalid error about one field.
func Invalid(field, format string, args ...any) *Error {
	e := Errorf(CodeInvalid, format, args...)
	e.Field = field
	return e
}

// CodeOf returns the code of the first *Error in err's chain, "" for nil, and
// CodeInternal for any other error.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}

// ReasonOf returns the reason of the first *Error in err's chain, "" for none.
func ReasonOf(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}
