// Package marks keeps how far each person has seen tickets and what happened on them, as
// statements for both engines.
//
// Invariants:
//   - A row without a name counts for everybody: a file has no other ones, and what was seen
//     before a database was shared has been seen by all.
//   - Who comes for the first time has no marks of their own: what anybody has seen is not new
//     to them. Their marks begin with all that was seen until then, when their board starts or
//     they look at something, so that a newcomer does not find the past as new. From then on
//     nobody else's count.
//   - A mark never goes back.
package marks
