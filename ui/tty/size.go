package tty

import (
	"io"

	"golang.org/x/term"
)

// maxWidth and maxHeight are the largest size that is drawn, in cells. A
// terminal may say that it has 65,535 × 65,535.
const (
	maxWidth  = 1000
	maxHeight = 500
)

// Bounded returns the part of a size that is drawn.
func Bounded(width, height int) (int, int) {
	return min(width, maxWidth), min(height, maxHeight)
}

// Size returns what is drawn of a terminal; ok is false where w is none, or
// does not know its size.
func Size(w io.Writer) (width, height int, ok bool) {
	file, isFile := w.(interface{ Fd() uintptr })
	if !isFile || !term.IsTerminal(int(file.Fd())) {
		return 0, 0, false
	}
	width, height, err := term.GetSize(int(file.Fd()))
	if err != nil || width <= 0 || height <= 0 {
		return 0, 0, false
	}
	width, height = Bounded(width, height)
	return width, height, true
}
