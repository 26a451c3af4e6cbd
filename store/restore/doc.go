// Package restore puts a backup in place of a database, which other processes may have
// open, and counts what a database holds.
package restore
