// Package store saves storydesk's data in one SQLite file. [DB] implements
// tracker.Store, [Secrets] implements tracker.Secrets.
//
// Invariants:
//   - One connection writes, several read (https://www.sqlite.org/wal.html). A
//     process takes turns with itself on the writer and with others on SQLite's
//     lock; a reader never waits for a writer. Calling Write or [Secrets] inside
//     a Write would wait for itself.
//   - A lane carries what a claim asks for: its head, the head's integration
//     and when the head is due. [outboxWriter.followLanes] alone writes them, in the
//     transaction of every change of a delivery, so that a claim costs the same
//     however many private comments there are.
//   - Times are whole milliseconds since 1970 in UTC, 0 for the zero time, NULL
//     for an absent one. Names are compared without regard to case.
//   - Text is saved as it came.
//   - Migrations are only ever added. A file that a newer program or another
//     program wrote is refused untouched.
//   - The file and what SQLite puts beside it are readable by their owner only.
package store
