package ui

import (
	"context"
	"errors"

	"storydesk/tracker/guard"
	"storydesk/ui/board"
	"storydesk/ui/pane"
)

// Sight is what the program shows, as plain values: what a driver of it may look
// at besides the screen.
type Sight struct {
	// Board is what the board shows, or would where something covers it.
	Board board.Sight
	// Top is what has the keyboard, OnBoard is true while that is the board, and
	// Layers is how much is open, the board included.
	Top     pane.Pane
	OnBoard bool
	Layers  int
	// Said is what the footer says, nil for nothing.
	Said *pane.Toast
	// Settled is true once everything that was asked for has been read.
	Settled bool
	// Leaving is true once the program has been asked to end.
	Leaving bool
	// Exit is why the user has left the program.
	Exit ExitReason
}

// Sight returns what the program shows.
func (t *Model) Sight() Sight {
	a := t.app
	return Sight{
		Board: a.board.Sight(), Top: a.Top(), OnBoard: a.Top() == pane.Pane(a.board), Layers: len(a.Layers), Said: a.Toasts.Current,
		Settled: a.board.Settled() && a.choices.choosing == 0 && !a.announcer.reading, Leaving: a.ending.leaving, Exit: a.ending.reason,
	}
}

// Crash is what ended the program where it has panicked, a *[guard.Crash], nil
// where nothing or something else did.
func (t *Model) Crash() error {
	var crash *guard.Crash
	if errors.As(context.Cause(t.app.Context()), &crash) {
		return crash
	}
	return nil
}
