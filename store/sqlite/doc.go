// Package sqlite opens the files of databases, brings their schema up to date, and copies them.
package sqlite
