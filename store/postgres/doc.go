// Package postgres is what PostgreSQL needs otherwise than SQLite: connections, the
// translation of statements and migrations, and the table revision.
//
// Invariants:
//   - Plain SQL only: no advisory locks, no triggers, nothing that depends on LISTEN.
//   - Every commit that changed a row raises a row of this handle's in revision, which no other
//     commit raises at the same time, in the same transaction. The sum of the others' rows tells
//     that somebody changed something; the row also tells how a commit ended whose answer was
//     lost, and whether a newer program has upgraded the schema meanwhile.
//   - Nothing in a program waits for a transaction of the same program that may wait for a row:
//     the server sees only half of such a circle.
//   - A transaction that changes rows sends its statements when an answer is wanted: a change
//     with its deliveries takes few round trips.
//   - The schema is upgraded in one transaction that first locks all of revision: no other
//     program upgrades it, or commits a change, at the same time.
//   - Commits are announced with NOTIFY so that others look sooner; without it nothing but the
//     delay changes (address option listen=off).
//   - Failures never tell an address, which may hold a password.
package postgres
