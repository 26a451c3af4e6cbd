// Package prompt asks on a terminal, line by line.
//
// Invariants:
//   - Questions go to standard error, so that standard output holds results only.
//   - A secret has no echo, and an interrupted question leaves the terminal as
//     it was.
//   - Where there is no terminal nobody is asked: what a question would have said
//     needs a flag.
package prompt
