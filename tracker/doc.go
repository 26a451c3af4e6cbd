// Package tracker is the domain of storydesk: the words and the rules of
// projects, stories, the tickets they are linked to, and the private comments
// that go from a story to its tickets.
//
// It is pure and imports nothing of this program. What it needs from outside it
// states as interfaces: [Store] persists, [Zendesk] and [Account] reach Zendesk,
// [Secrets] holds credentials. The use cases are in the packages below it, by
// subject; package engine wires them. The board and the command line both call
// them and hold no rule of their own.
//
// Invariants:
//   - A rule never reads the clock or makes an id; both are handed in.
//   - Text from strangers is saved as it came. It is made safe where it is
//     shown, by package plaintext.
//   - Every error that leaves the domain is an [*Error] or wraps one; callers
//     switch on its [Code], never on its text.
package tracker
