//go:build unix

package tty

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Screen returns what the renderer writes to. It is no terminal to the
// renderer, which would otherwise make room for every cell that it says to have.
func (o *Output) Screen() io.Writer { return o }

// Resizes calls size whenever the terminal has another size, until ctx ends.
func Resizes(ctx context.Context, w io.Writer, size func(width, height int)) {
	changed := make(chan os.Signal, 1)
	signal.Notify(changed, syscall.SIGWINCH)
	defer signal.Stop(changed)
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			if width, height, ok := Size(w); ok {
				size(width, height)
			}
		}
	}
}
