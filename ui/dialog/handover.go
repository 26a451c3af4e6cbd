package dialog

import (
	"io"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Handover are the streams of the terminal, for what has it for a while.
type Handover struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
}

// SetStdin sets what is read: the terminal itself, not a pipe from it.
func (h *Handover) SetStdin(r io.Reader) {
	if watched, ok := r.(interface{ Unwrap() io.Reader }); ok {
		r = watched.Unwrap()
	}
	h.Stdin = r
}

// SetStdout sets where it draws.
func (h *Handover) SetStdout(w io.Writer) {
	if output, ok := w.(interface{ Unwrap() io.Writer }); ok {
		w = output.Unwrap()
	}
	h.Stdout = w
}

// SetStderr sets where it complains.
func (h *Handover) SetStderr(w io.Writer) { h.Stderr = w }

// rest is how long to wait before the terminal is somebody else's. Bubble Tea stops drawing
// in a goroutine for which it does not wait; where that is later than the command's end, it
// stops what was begun again by then, and nothing is drawn any more
// (https://github.com/charmbracelet/bubbletea/issues/1778, up to 2.1.1).
const rest = 50 * time.Millisecond

// HandOver hands the terminal to a command; done makes a message of how it ended.
func HandOver(c tea.ExecCommand, done func(error) tea.Msg) tea.Cmd {
	return tea.Exec(rested{c}, done)
}

// rested is a command that begins when Bubble Tea has stopped to draw.
type rested struct{ tea.ExecCommand }

// Run waits and runs the command.
func (r rested) Run() error {
	time.Sleep(rest)
	return r.ExecCommand.Run()
}
