// Package figure puts a project's figures into words, tables and charts. The screen and the
// command line both show what it makes.
package figure
