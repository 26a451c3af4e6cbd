// Package verdict holds how checks of an installation, an integration or a database ended.
package verdict

import (
	"errors"

	"storydesk/tracker"
)

// Level says how a check ended.
type Level string

// The levels.
const (
	// LevelOK: all is well.
	LevelOK Level = "ok"
	// LevelInfo: nothing is wrong, but it is good to know.
	LevelInfo Level = "info"
	// LevelWarning: it works, but somebody should look.
	LevelWarning Level = "warning"
	// LevelFailed: it does not work.
	LevelFailed Level = "failed"
	// LevelSkipped: it could not be looked at, or need not be.
	LevelSkipped Level = "skipped"
)

// Remedy is something to do about a check for which each surface has a way of its own.
type Remedy string

// The remedies.
const (
	// RemedyAddIntegration: there is no integration yet.
	RemedyAddIntegration Remedy = "add integration"
	// RemedyEnable: fix the cause of the pause, then turn the Subject on again.
	RemedyEnable Remedy = "enable"
	// RemedySignIn: sign the Subject in.
	RemedySignIn Remedy = "sign in"
	// RemedySend: send what is waiting.
	RemedySend Remedy = "send"
	// RemedyConfirm: look whether what is unconfirmed arrived, and send it otherwise.
	RemedyConfirm Remedy = "confirm"
	// RemedyDecide: retry or drop each private comment that is parked.
	RemedyDecide Remedy = "decide"
)

// Check is one thing that was examined.
type Check struct {
	// Name is the check's name, the same in every run.
	Name string
	// Subject is the integration that it is about, empty for none.
	Subject string
	Level   Level
	// Text says in a sentence what was found.
	Text string
	// Causes and Steps are as in [tracker.Error].
	Causes []string
	Steps  []string
	// Remedy comes after the Steps, empty for none.
	Remedy Remedy
	// Field is the form field that has to be corrected, empty for none.
	Field string
}

// TestStep is one step of a connection test that succeeded.
type TestStep struct {
	// Name is the step's stable name: address, user, view, tickets or audits;
	// and for warnings rights, restriction or clock.
	Name string
	// Text says what was found, such as `view “All unresolved tickets”`.
	Text string
	// Warning is true where the connection works, but not all that one may expect.
	Warning bool
	// Steps are what to do about a warning, as in [tracker.Error].
	Steps []string
	// URL is the account's own address, in the step "address".
	URL string
}

// FailedCheck returns a failed check about an error.
func FailedCheck(name string, err error) Check {
	c := Check{Name: name, Level: LevelFailed, Text: err.Error()}
	var e *tracker.Error
	if errors.As(err, &e) {
		c.Text, c.Causes, c.Steps, c.Field = e.Message, e.Causes, e.Steps, e.Field
		if e.Reason == tracker.ReasonSignedOut {
			c.Subject, c.Remedy = e.Subject, RemedySignIn
		}
	}
	return c
}
