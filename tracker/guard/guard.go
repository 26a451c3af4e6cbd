// Package guard catches panics, so that the program ends in an orderly way.
package guard

import (
	"fmt"
	"runtime/debug"
)

// Crash is a panic that was caught: a mistake of the program's own, after which
// it should end.
type Crash struct {
	// Value is what the program panicked with.
	Value string
	// Stack is where, as runtime/debug prints it.
	Stack string
}

// Error says it for people; value and stack are for the log.
func (c *Crash) Error() string { return "storydesk crashed" }

// Run runs fn and returns a panic of it as a *Crash. Every goroutine needs one
// of its own: a panic that nobody catches ends the process at once, and leaves
// the user a terminal in the board's modes.
func Run(fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = newCrash(v)
		}
	}()
	return fn()
}

// newCrash makes a *Crash of what recover returned; call it in the deferred
// function, while the stack still is that of the panic.
func newCrash(recovered any) *Crash {
	return &Crash{Value: fmt.Sprint(recovered), Stack: string(debug.Stack())}
}
