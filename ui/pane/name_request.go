package pane

import "context"

// NameRequest is what the user's name is needed for.
type NameRequest struct {
	// Guess is offered as the name, empty when the name is known.
	Guess string
	// Alike are people who are known and whose names are close to it.
	Alike []string
	// Changes wait for the name, in their order; there are some exactly while the
	// user is being asked.
	Changes []func(context.Context) Done
	// Typed is the prompt whose text waits for the name, nil for none: it comes
	// back when there will be no name.
	Typed Pane
}

// Asks is true while the user is being asked for the name.
func (n NameRequest) Asks() bool { return len(n.Changes) > 0 }
