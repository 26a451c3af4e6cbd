package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/pane"
)

const (
	// spinnerDelay is how long something may take before it is shown: what is
	// shorter would only flicker.
	spinnerDelay = 200 * time.Millisecond
	// spinnerStep is the time between two pictures of the spinner, 8 a second.
	spinnerStep = 125 * time.Millisecond
)

// spinning turns the spinner of the status line.
type spinning struct {
	*pane.Host
	// broadcast hands a message to all open panes.
	broadcast func(tea.Msg) tea.Cmd
}

// working reports whether anything is under way.
func (s *spinning) working() bool {
	if s.Busy() || s.Asking() {
		return true
	}
	for _, l := range s.Layers {
		if w, ok := l.Pane.(pane.Worker); ok && w.Working() {
			return true
		}
	}
	return false
}

// spin starts the spinner when something begins and stops it when nothing is
// left, or nobody looks.
func (s *spinning) spin(blurred bool) tea.Cmd {
	switch {
	case !s.working():
		s.Spinner = pane.Spinner{}
		return nil
	case blurred:
		s.Spinner.Run = 0
		return nil
	case s.Spinner.Run != 0:
		return nil
	}
	s.Spinner.Run = s.Next()
	return s.stepAfter(spinnerDelay)
}

func (s *spinning) stepAfter(d time.Duration) tea.Cmd {
	run := s.Spinner.Run
	return tea.Tick(d, func(time.Time) tea.Msg { return pane.Spun{Run: run} })
}

// spun turns the spinner, once only where nothing may move.
func (s *spinning) spun(msg pane.Spun) tea.Cmd {
	if msg.Run != s.Spinner.Run {
		return nil
	}
	var cmds []tea.Cmd
	s.Spinner.Turn++
	if s.Spinner.Turn == 1 {
		cmds = append(cmds, s.broadcast(msg)) // documents say now what they wait for
	}
	if !s.ReducedMotion {
		cmds = append(cmds, s.stepAfter(spinnerStep))
	}
	return tea.Batch(cmds...)
}
