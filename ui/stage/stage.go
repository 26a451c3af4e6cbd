// Package stage takes a terminal over while what is to be shown on it is still being made, so
// that the first frame comes as soon as that is there.
package stage

import (
	"context"
	"io"
	"os"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"storydesk/ui/tty"
)

// On is the terminal.
type On struct {
	Input  io.Reader
	Output io.Writer
	// Environ is the user's environment, as NAME=value.
	Environ []string
}

// Stage is a terminal that was taken over.
type Stage struct {
	// Output is what is drawn on.
	Output  *tty.Output
	program *tea.Program
	// end ends what is shown, nil until there is something.
	end atomic.Pointer[func()]
	// ended is closed once the terminal has been restored; err is why, then.
	ended chan struct{}
	err   error
}

// Run takes over a terminal while open makes what is to be shown on it. Until that shows it,
// nothing is drawn, keys are kept, and ctrl+c ends the context that open gets; what cannot be
// opened leaves no trace. Run restores the terminal, and fails as open does, or with nil where
// the user did not wait for it.
func Run(ctx context.Context, on On, open func(ctx context.Context, s *Stage) error) error {
	waited, leave := context.WithCancel(ctx)
	defer leave()
	s := takeOver(waited, leave, on)
	defer s.giveBack()
	err := open(waited, s)
	if s.end.Load() == nil && waited.Err() != nil && ctx.Err() == nil {
		return nil // the user has left
	}
	return err
}

// takeOver begins to read a terminal.
func takeOver(ctx context.Context, leave context.CancelFunc, on On) *Stage {
	s := &Stage{ended: make(chan struct{})}
	s.Output = tty.NewOutput(on.Output, func() { s.program.Send(readsAgain{}) })
	s.Output.Hold()
	input := tty.NewInput(on.Input, func() {
		if end := s.end.Load(); end != nil {
			(*end)()
			return
		}
		leave()
	})
	s.program = tea.NewProgram(&curtain{output: s.Output, leave: leave}, s.programOptions(on, input)...)
	// The program is asked to quit. A context that ends, or Bubble Tea's own way
	// with an interrupt, would kill it, and then it closes the terminal while it
	// still reads from it.
	quit := context.AfterFunc(ctx, s.program.Quit)
	resizing, stop := context.WithCancel(ctx)
	go tty.Resizes(resizing, on.Output, func(w, h int) { s.program.Send(tea.WindowSizeMsg{Width: w, Height: h}) })
	go func() {
		defer close(s.ended)
		defer stop()
		defer quit()
		_, s.err = s.program.Run()
	}()
	return s
}

// giveBack restores the terminal, unless that has happened.
func (s *Stage) giveBack() {
	s.Output.Drop()
	s.program.Quit()
	<-s.ended
}

// Show shows a model until it quits or ctx ends, and restores the terminal. It shows nothing
// where ctx has ended. end is called at the end of the input. Show is called once.
func (s *Stage) Show(ctx context.Context, m tea.Model, end func()) error {
	defer context.AfterFunc(ctx, s.program.Quit)()
	if ctx.Err() == nil {
		s.end.Store(&end)
		s.program.Send(begun{m})
	}
	<-s.ended
	return s.err
}

// programOptions describe the terminal to Bubble Tea. It draws 60 times a second: with 120 the
// first frame came up to 8 ms sooner, but an idle board took 2.6 % of a core instead of 1.6 %.
func (s *Stage) programOptions(on On, input io.Reader) []tea.ProgramOption {
	profile := lipgloss.Writer.Profile // known already; to ask again takes another process in tmux
	if on.Output != io.Writer(os.Stdout) {
		profile = colorprofile.Detect(on.Output, on.Environ)
	}
	options := []tea.ProgramOption{
		tea.WithInput(input), tea.WithOutput(s.Output.Screen()), tea.WithEnvironment(on.Environ),
		tea.WithColorProfile(profile), tea.WithFilter(bounded), tea.WithoutSignalHandler(),
	}
	if w, h, ok := tty.Size(on.Output); ok {
		options = append(options, tea.WithWindowSize(w, h))
	}
	return options
}

// bounded limits what is drawn, whatever is reported as the size of the
// terminal.
func bounded(_ tea.Model, msg tea.Msg) tea.Msg {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		size.Width, size.Height = tty.Bounded(size.Width, size.Height)
		return size
	}
	return msg
}
