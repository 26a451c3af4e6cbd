//go:build unix

package ui

import (
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/dialog"
)

// stopTime is how long the process may take to be stopped.
const stopTime = time.Second

// backgrounder stops the process until the shell lets it go on. It is a
// tea.ExecCommand: meanwhile the terminal belongs to the shell.
type backgrounder struct{}

// errNoShell is why the process was not stopped: no shell controls it, such as
// where it is the only program of its terminal.
var errNoShell = errors.New("storydesk cannot be suspended: no shell is waiting for it")

// toBackground suspends the program, and reports when it goes on.
func toBackground() tea.Cmd {
	return dialog.HandOver(backgrounder{}, func(err error) tea.Msg { return wentOn{err} })
}

// SetStdin does nothing: no program is started.
func (backgrounder) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (backgrounder) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (backgrounder) SetStderr(io.Writer) {}

// Run stops all processes of the job, as the terminal's own key does, and waits
// for the signal to go on. The system ignores that where nobody could send one.
// https://pubs.opengroup.org/onlinepubs/9799919799/functions/V2_chap02.html#tag_16_04_03
func (backgrounder) Run() error {
	goOn := make(chan os.Signal, 1)
	signal.Notify(goOn, syscall.SIGCONT)
	defer signal.Stop(goOn)
	if err := syscall.Kill(0, syscall.SIGTSTP); err != nil {
		return err
	}
	// A process that was stopped finds the first time over when it goes on.
	for range 2 {
		select {
		case <-goOn:
			return nil
		case <-time.After(stopTime / 2):
		}
	}
	return errNoShell
}
