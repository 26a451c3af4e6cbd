// Package marks keeps how far each person has seen tickets and what happened on them, as
// statements for both engines.
//
// Invariants:
//   - A row without a name counts for everybody: a file has no other ones, and what was seen
//     before a database was shared has been seen by all.
//   - Who has not looked at anything yet has no marks of their own: what anybody has seen is
//     not new to them. Their marks begin with all that was seen until then, so that a newcomer
//     does not find the past as new, and from then on nobody else's count.
//   - A mark never goes back.
package marks
