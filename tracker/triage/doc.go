// Package triage holds the use cases of tickets of which no story is made: dismissing
// them, snoozing them, and bringing them back.
//
// Invariants:
//   - Nothing of it is sent to Zendesk.
//   - Of several tickets either all are put aside or none is.
//   - Undo takes it back in turn with what was done to stories.
package triage
