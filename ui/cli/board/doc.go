// Package board opens the board from the command line, on the user's own database
// or on the demo's, which never touches the user's.
package board
