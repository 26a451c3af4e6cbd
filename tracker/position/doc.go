// Package position decides where on the board stories can be put, and which state they
// are in there. It does no I/O.
package position
