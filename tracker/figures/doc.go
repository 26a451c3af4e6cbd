// Package figures computes a project's figures: velocity by iteration, accepted against
// planned points, cycle time by state, burn-ups, the rejection rate and the tickets closed
// by accepted stories.
//
// The rules:
//   - A story counts in the iteration in which it was accepted, by local midnights in the
//     project's time zone, with the points that the plan gives it.
//   - What was in which state for how long is what the stories' activity tells. A story
//     that was imported without it is counted as unknown and is in no average.
//   - A rejection that was undone is none.
//   - Deleted stories count nowhere.
//
// Nothing here reads a clock or a database.
package figures
