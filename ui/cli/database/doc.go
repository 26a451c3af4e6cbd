// Package database holds the commands on the database as a whole: to back it up, to check it,
// to restore a backup, to copy it to another place and to describe it.
package database
