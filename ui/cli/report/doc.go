// Package report holds the commands that print a project's figures.
package report
