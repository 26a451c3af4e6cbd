// Package query runs statements in one transaction: on SQLite as they are written, on a
// PostgreSQL server translated.
//
// On a server a transaction that changes rows asks late: its statements go out together once
// the answer of one is wanted, or with the commit; see package postgres. So what nobody waits
// for is run by [Statements.Later] and asked for by [Session.Ask], and whether a row was saved
// may be found out by [Turn.Verify], before the commit at the latest.
package query
