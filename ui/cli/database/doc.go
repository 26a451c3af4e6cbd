// Package database holds the commands on the database file as a whole: to back it up,
// to check it and to restore a backup.
package database
