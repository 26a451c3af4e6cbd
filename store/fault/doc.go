// Package fault makes what a file or SQLite fails with into an error for people, which
// names the file and says what helps.
package fault
