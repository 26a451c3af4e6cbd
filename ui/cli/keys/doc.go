// Package keys holds the commands on the board's keyboard shortcuts.
package keys
