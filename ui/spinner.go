package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// spinnerDelay is how long something may take before it is told: what is
	// shorter would only flicker.
	spinnerDelay = 200 * time.Millisecond
	// spinnerStep is the time between two pictures of the spinner, 8 a second.
	spinnerStep = 125 * time.Millisecond
)

// worker is a pane that may be busy with something that takes long.
type worker interface {
	// Working tells whether it is now.
	Working() bool
}

// spinner tells that something takes long. There is one, in the status line.
type spinner struct {
	// run is the generation of the steps that turn it, 0 while it stands still.
	run int
	// turn counts the steps since something takes long, 0 while nothing does.
	turn int
}

// spun tells that it is time for the next step.
type spun struct{ run int }

// slow tells whether what is under way takes long enough to be spoken of.
func (s *shell) slow() bool { return s.spinner.turn > 0 }

// working tells whether anything is under way.
func (a *app) working() bool {
	if len(a.queue) > 0 || a.asking > 0 {
		return true
	}
	for _, l := range a.layers {
		if w, ok := l.pane.(worker); ok && w.Working() {
			return true
		}
	}
	return false
}

// spin starts the spinner when something begins and stops it when nothing is
// left, or nobody looks.
func (a *app) spin() tea.Cmd {
	switch {
	case !a.working():
		a.spinner = spinner{}
		return nil
	case a.blurred:
		a.spinner.run = 0
		return nil
	case a.spinner.run != 0:
		return nil
	}
	a.spinner.run = a.next()
	return a.stepAfter(spinnerDelay)
}

func (a *app) stepAfter(d time.Duration) tea.Cmd {
	run := a.spinner.run
	return tea.Tick(d, func(time.Time) tea.Msg { return spun{run} })
}

// spun turns the spinner, once only where nothing may move.
func (a *app) spun(msg spun) tea.Cmd {
	if msg.run != a.spinner.run {
		return nil
	}
	var cmds []tea.Cmd
	a.spinner.turn++
	if a.spinner.turn == 1 {
		cmds = append(cmds, a.broadcast(msg)) // documents say now what they wait for
	}
	if !a.calm {
		cmds = append(cmds, a.stepAfter(spinnerStep))
	}
	return tea.Batch(cmds...)
}
