// Package conversation reads what was said on a ticket: its comments, and the
// messages of a chat, which Zendesk keeps apart from them. Read is for showing
// it, Describe for the descriptions of stories that are created from tickets.
//
// Invariants:
//   - Reading is bounded: in pages, in bytes and, for descriptions, in time.
//   - No story waits for the network: it is created first and described afterwards.
//   - A description that somebody has changed is never overwritten.
package conversation
