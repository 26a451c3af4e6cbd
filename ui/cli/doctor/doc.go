// Package doctor holds the command that checks the installation, compares stories
// with their tickets and writes a report. A report leaves out secrets and the texts
// of tickets, stories and comments.
package doctor
