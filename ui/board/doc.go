// Package board is the screen with the tickets of an integration beside the
// Backlog, the Icebox and what else of the board's parts is shown.
package board
