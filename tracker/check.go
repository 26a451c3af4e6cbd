package tracker

import "errors"

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

// Check is one thing that was examined.
type Check struct {
	// Name is the check's name, the same in every run.
	Name string
	// Subject is the integration that it is about, empty for none.
	Subject string
	Level   Level
	// Text says in a sentence what was found.
	Text string
	// Causes and Steps are as in Error.
	Causes []string
	Steps  []string
	// Field is the form field or flag that mends it, empty when none does.
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
	// Steps are what to do about a warning, as in Error.
	Steps []string
	// URL is the account's own address, in the step "address".
	URL string
}

// FailedCheck returns a failed check about an error.
func FailedCheck(name string, err error) Check {
	c := Check{Name: name, Level: LevelFailed, Text: err.Error()}
	var e *Error
	if errors.As(err, &e) {
		c.Text, c.Causes, c.Steps, c.Field = e.Message, e.Causes, e.Steps, e.Field
	}
	return c
}
