package accounts

import (
	"errors"

	"storydesk/tracker"
)

// PauseCauseOf returns what kind of fault an error is that pauses an integration.
func PauseCauseOf(err error) tracker.PauseCause {
	var e *tracker.Error
	if !errors.As(err, &e) {
		return tracker.PauseUnknown
	}
	switch {
	case e.Reason == tracker.ReasonSignedOut:
		return tracker.PauseSignedOut
	case e.Code == tracker.CodeUnauthorized:
		return tracker.PauseRejected
	case e.Code == tracker.CodeForbidden, e.Code == tracker.CodeMissingScope:
		return tracker.PauseForbidden
	case e.Code == tracker.CodeNoAccount:
		return tracker.PauseNoAccount
	}
	return tracker.PauseUnknown
}
