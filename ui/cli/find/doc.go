// Package find holds the command that searches stories and tickets by what is written in
// them.
package find
