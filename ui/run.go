package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/setting"
	"storydesk/ui/tty"
)

// Options is what the terminal program needs. Service, Project and OpenBrowser
// are required.
type Options struct {
	// Service are the use cases. What runs behind them is the caller's business.
	Service UseCases
	// Project is shown first.
	Project tracker.Project
	// OpenBrowser shows an address in the user's browser. It must not write to
	// the terminal, nor wait for the browser to end.
	OpenBrowser func(url string) error
	// Copy puts a text on the system's clipboard, beside what the terminal does;
	// nil where nothing can.
	Copy func(ctx context.Context, text string) error
	// AskUser is the name offered when the user is asked for their own, which
	// is then remembered; empty asks nothing.
	AskUser string
	// Alike are people who are known and may be meant by that.
	Alike []string
	// Config is what the user's config file says, as far as it is right.
	Config config.Config
	// Lent counts those who have the terminal for a while: an interruption is for them
	// then. nil counts for the board alone.
	Lent *atomic.Int32
	// OffersSandbox lets a first start leave with ExitToSandbox.
	OffersSandbox bool
	// Notice stands in the status line, such as that nothing is saved; its part
	// before a colon is enough in a narrow window. Empty for none.
	Notice string
	// Input and Output are the terminal.
	Input  io.Reader
	Output io.Writer
	// Environ is the user's environment, as NAME=value. With
	// STORYDESK_REDUCED_MOTION nothing moves by itself.
	Environ []string
	// Look is how it is drawn.
	Look
}

// Look is how the program is drawn.
type Look struct {
	// ASCII is true where the locale shows ASCII only; Glyphs, a value of
	// [setting.Glyphs], may say otherwise.
	ASCII  bool
	Glyphs string
	// Colours choose the palette; empty is ColoursAuto.
	Colours setting.Colours
}

// ExitReason is why the user left the board: the caller may have something else to show.
type ExitReason int

// The reasons.
const (
	// ExitPlain: just to leave.
	ExitPlain ExitReason = iota
	// ExitToSandbox: to look around in a sandbox.
	ExitToSandbox
)

// ErrUnread is what Run fails with where the terminal did not take the last of
// what was drawn. A write to it after that may wait forever.
var ErrUnread = errors.New("the terminal has stopped reading")

// lastWords is how long the end waits for the terminal to take what restores it.
const lastWords = time.Second

// Prepare makes what the first frame waits for otherwise: the library that measures signs
// makes a table of all of them, of 2 MB, when it first meets one that is not Latin.
func Prepare() { ansi.StringWidthWc("│") }

// Run shows the board until the user leaves, ctx ends, the input ends, or the
// process is asked to end. It fails with a *guard.Crash where the program has
// panicked. The terminal is restored in every case but [ErrUnread].
func Run(ctx context.Context, o Options) (ExitReason, error) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	t := New(ctx, o)
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	go t.endWith(interrupts)
	return t.run(o) //nolint:contextcheck // the model holds a context made of ctx
}

// endWith ends the program when it is interrupted. While a command of the user's has
// the terminal, the interruption is for that.
func (t *Model) endWith(interrupts <-chan os.Signal) {
	for {
		select {
		case <-interrupts:
			if t.app.Lent.Load() == 0 {
				t.app.End(nil)
			}
		case <-t.app.Context().Done():
			return
		}
	}
}

// saveTime is how long the end waits for what was typed last to be saved.
const saveTime = 2 * time.Second

// run is Run once everything is made.
func (t *Model) run(o Options) (ExitReason, error) {
	defer t.app.feed.Close()
	defer t.app.End(nil)
	var program *tea.Program
	t.output = tty.NewOutput(o.Output, func() { program.Send(readsAgain{}) })
	input := tty.NewInput(o.Input, func() { t.app.End(nil) })
	program = tea.NewProgram(t, t.programOptions(o, input)...)
	// The program is asked to quit. A context that ends, or Bubble Tea's own way
	// with an interrupt, would kill it, and then it closes the terminal while it
	// still reads from it.
	defer context.AfterFunc(t.app.Context(), program.Quit)()
	resizing, stop := context.WithCancel(t.app.Context())
	defer stop()
	go tty.Resizes(resizing, o.Output, func(w, h int) { program.Send(tea.WindowSizeMsg{Width: w, Height: h}) })
	_, err := program.Run()
	unsaved := saveDrafts(t)
	unread := !t.output.Flush(lastWords)
	if crash := t.Crash(); crash != nil {
		return ExitPlain, errors.Join(crash, unsaved)
	}
	if unsaved != nil {
		return ExitPlain, unsaved
	}
	if unread {
		return ExitPlain, ErrUnread
	}
	return t.app.ending.reason, err
}

// programOptions describe the terminal to Bubble Tea. It draws 60 times a second: with 120 the
// first frame came up to 8 ms sooner, but an idle board took 2.6 % of a core instead of 1.6 %.
func (t *Model) programOptions(o Options, input io.Reader) []tea.ProgramOption {
	profile := lipgloss.Writer.Profile // known already; to ask again takes another process in tmux
	if o.Output != io.Writer(os.Stdout) {
		profile = colorprofile.Detect(o.Output, o.Environ)
	}
	options := []tea.ProgramOption{
		tea.WithInput(input), tea.WithOutput(t.output.Screen()), tea.WithEnvironment(o.Environ),
		tea.WithColorProfile(profile), tea.WithFilter(bounded), tea.WithoutSignalHandler(),
	}
	if w, h, ok := tty.Size(o.Output); ok {
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
