package pane

import "context"

// Naming is what the user's name is needed for.
type Naming struct {
	// Guess is offered as the name, empty when the name is known.
	Guess string
	// Changes wait for the name, in their order; there are some exactly while the
	// user is being asked.
	Changes []func(context.Context) Done
	// Typed is the prompt whose text waits for the name, nil for none: it comes
	// back when there will be no name.
	Typed Pane
}

// Asks is true while the user is being asked for the name.
func (n Naming) Asks() bool { return len(n.Changes) > 0 }
