package ui

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/setting"
	"storydesk/ui/stage"
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

// prepare makes what the first frame waits for otherwise: the library that measures signs
// makes a table of all of them, of 2 MB, when it first meets one that is not Latin.
func prepare() { ansi.StringWidthWc("│") }

// Show shows the board until the user leaves, ctx ends, the input ends, or the process is asked
// to end. It fails with a *guard.Crash where the program has panicked, and with ErrUnread.
type Show func(ctx context.Context, o Options) (ExitReason, error)

// Run takes over a terminal, as [stage.Run] does, while open makes what the board needs; open
// shows the board then. The terminal is restored in every case but [ErrUnread].
func Run(ctx context.Context, on stage.On, open func(ctx context.Context, show Show) error) error {
	go prepare()
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return stage.Run(ctx, on, func(ctx context.Context, s *stage.Stage) error {
		return open(ctx, func(ctx context.Context, o Options) (ExitReason, error) {
			return New(ctx, o).show(s) //nolint:contextcheck // the model holds a context made of ctx
		})
	})
}

// show shows the program until it ends.
func (t *Model) show(s *stage.Stage) (ExitReason, error) {
	a := t.app
	defer a.feed.Close()
	defer a.End(nil)
	t.output = s.Output
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)
	go t.endWith(interrupts)
	err := s.Show(a.Context(), t, func() { a.End(nil) })
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
	return a.ending.reason, err
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
