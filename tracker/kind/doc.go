// Package kind holds the kinds of integrations: what can be done with the tickets of
// each, and how the items of a feed, whose ids are any text, become tickets.
//
// Invariants:
//   - What one kind alone can do is asked of its record ([Of]).
//   - The host of a feed's tickets is the address that theirs begin with. It has a
//     slash, which no account's host has: what belongs to one never goes to the other.
package kind
