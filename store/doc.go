// Package store saves storydesk's data in one SQLite file, or in a database on a PostgreSQL
// server that a team shares. [DB] and [Server] implement tracker.Store, [Secrets] implements
// tracker.Secrets.
//
// Invariants:
//   - A lane carries what a claim asks for: its head, the head's integration
//     and when the head is due. [outboxWriter.followLanes] alone writes them, in the
//     transaction of every change of a delivery, so that a claim costs the same
//     however many private comments there are.
//   - Times are whole milliseconds since 1970 in UTC, 0 for the zero time, NULL
//     for an absent one. Names are compared without regard to case.
//   - Text is saved as it came.
//   - Migrations are only ever added. A database that a newer program or another
//     program made is refused untouched.
//   - A statement is one text for both engines, in what both take; package postgres
//     translates the little that is left (parameters, lists, two functions).
//
// On SQLite one connection writes, several read (https://www.sqlite.org/wal.html). A process
// takes turns with itself on the writer and with others on SQLite's lock; a reader never waits
// for a writer. Calling Write or [Secrets] inside a Write would wait for itself. The file and
// what SQLite puts beside it are readable by their owner only.
//
// On PostgreSQL several transactions change rows at once, so each locks what it decides by
// before it reads it, in this order: the project (for its stories, their order and its plan),
// the integration or lease, the sequence of deliveries, the lane (for its deliveries), the
// handle's row of revision. Numbers of deliveries are given while the sequence is locked.
// Who does not keep to the order is called off by the server at worst, and runs again.
//
// A server may be far away, so what a change waits for is counted in round trips: with its
// deliveries it takes five at most, and six with a comment besides. What most want next is asked for together with a story,
// and what nobody waits for is sent along with what somebody does; see package query.
package store
