// Package tracker is the domain of storydesk: projects, stories, the tickets
// they are linked to, and the notes that go from a story to its tickets.
//
// It imports nothing of this program. What it needs from outside it states as
// interfaces: [Store] keeps things, [Desks] and [Desk] reach a help desk,
// [Secrets] holds credentials. The Service's methods are the use cases; the
// board and the command line both call them and hold no rule of their own.
//
// Invariants:
//   - A use case is one transaction: the change, its activity and its
//     deliveries are committed together or not at all.
//   - When a note may leave follows from the ledger: limits and back-offs hold
//     across processes and restarts, and outlast no clock that was set.
//   - A rule never reads the clock or makes an id; both are handed in.
//   - Text from strangers is kept as it came. It is made safe where it is
//     shown, by package plaintext.
//   - Every error that leaves the package is an [*Error] or wraps one; callers
//     switch on its [Code], never on its text.
package tracker
