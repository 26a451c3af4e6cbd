// Package inspect looks at a database file without opening it for use, so that it copes
// with files that the store refuses: damaged, locked, newer, or not there at all.
package inspect
