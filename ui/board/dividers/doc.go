// Package dividers moves the dividers between the parts of the board.
//
// Invariant: no part gets narrower than layout.MinPart.
package dividers
