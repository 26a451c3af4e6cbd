// Package transfer holds the commands that bring a project in from a file and write it
// into one.
package transfer
