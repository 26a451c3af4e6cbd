// Package board is the screen with the tickets of an integration beside the
// Backlog, the Icebox and what else of the board's parts is shown.
//
// [Board] holds together those that do its work, each with a state of its own. They
// take what they need of one another, and never the Board.
//
// Invariants:
//   - What is shown was read in one transaction; readings follow one another, and
//     one of an earlier project or panel changes nothing.
//   - An action is one record: its keys, what it does, and why it cannot be done.
//   - The cursor stays where the user moved it, whatever is read later.
package board
