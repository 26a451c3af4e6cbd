//go:build !unix

package tty

import (
	"context"
	"io"
	"os"
)

// screen is a console, whose mode the renderer has to set.
type screen struct {
	*os.File
	to *Output
}

// Write writes to the console as [Output] does.
func (s screen) Write(p []byte) (int, error) { return s.to.Write(p) }

// Unwrap returns the console itself.
func (s screen) Unwrap() io.Writer { return s.File }

// Screen returns what the renderer writes to.
func (o *Output) Screen() io.Writer {
	if file, ok := o.to.(*os.File); ok {
		return screen{file, o}
	}
	return o
}

// Resizes does nothing: the console reports its sizes among the keys.
func Resizes(context.Context, io.Writer, func(width, height int)) {}
