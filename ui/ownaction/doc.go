// Package ownaction puts the commands that users write for themselves on keys: they
// stand among the actions, ask what they need, and run beside the program or on the
// terminal. Nothing but the user's own arguments decides what is run; what a ticket
// or a story says is always one argument, and no shell reads it.
package ownaction
