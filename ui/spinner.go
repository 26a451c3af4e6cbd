package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/pane"
)

const (
	// spinnerDelay is how long something may take before it is told: what is
	// shorter would only flicker.
	spinnerDelay = 200 * time.Millisecond
	// spinnerStep is the time between two pictures of the spinner, 8 a second.
	spinnerStep = 125 * time.Millisecond
)

// working tells whether anything is under way.
func (a *app) working() bool {
	if a.Busy() || a.Asking() {
		return true
	}
	for _, l := range a.Layers {
		if w, ok := l.Pane.(pane.Worker); ok && w.Working() {
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
		a.Spinner = pane.Spinner{}
		return nil
	case a.blurred:
		a.Spinner.Run = 0
		return nil
	case a.Spinner.Run != 0:
		return nil
	}
	a.Spinner.Run = a.Next()
	return a.stepAfter(spinnerDelay)
}

func (a *app) stepAfter(d time.Duration) tea.Cmd {
	run := a.Spinner.Run
	return tea.Tick(d, func(time.Time) tea.Msg { return pane.Spun{Run: run} })
}

// spun turns the spinner, once only where nothing may move.
func (a *app) spun(msg pane.Spun) tea.Cmd {
	if msg.Run != a.Spinner.Run {
		return nil
	}
	var cmds []tea.Cmd
	a.Spinner.Turn++
	if a.Spinner.Turn == 1 {
		cmds = append(cmds, a.broadcast(msg)) // documents say now what they wait for
	}
	if !a.Calm {
		cmds = append(cmds, a.stepAfter(spinnerStep))
	}
	return tea.Batch(cmds...)
}
