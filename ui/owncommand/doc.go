// Package owncommand runs the commands that users write for themselves and give a key.
//
// Invariants:
//   - A command is a list of arguments. No shell reads it, so that a ticket's
//     text is one inert argument whatever it contains.
//   - The program's name has no fields: no text of a stranger chooses what runs.
//   - A field that does not exist is found by [Command.Check], before anything runs.
package owncommand
