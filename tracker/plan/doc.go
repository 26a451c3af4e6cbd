// Package plan arranges a project's stories into iterations, as Pivotal Tracker did.
//
// The rules:
//   - An iteration begins at local midnight in the project's time zone. Its days are
//     counted on the calendar, so that summer time moves no boundary.
//   - Velocity is what the team accepts in an iteration: the average of the last done
//     ones, rounded down, as if the team had been all there for the usual time. While
//     it is nothing, the project's initial velocity holds.
//   - Stories are planned in the order of the Backlog, and none is ever passed over. A
//     story with p points joins iteration k while all points up to it are at most what
//     iterations 1 to k can take; else the next iteration is begun. Room that is left
//     is so carried on, and before a story that is larger than the velocity there are
//     empty iterations in which the room for it builds up.
//   - Current holds what was accepted in it and what is in progress, whatever that sums to.
//
// Nothing here reads a clock or a database.
package plan
