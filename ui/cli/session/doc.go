// Package session is what every command builds on: one run of the program with
// its streams and flags, the database that it opens with the use cases on it, the
// project that it works in, its log, and the report of an error.
//
// Invariants:
//   - The database and the log are closed whatever becomes of the command.
//   - A flag overrides an environment variable, which overrides what is saved.
//   - A crash is logged with its stack and reported in one sentence.
package session
