// Package describe tells what a database is, on SQLite or PostgreSQL, without changing it and
// without anything secret.
package describe
