package board

import (
	"context"
	"errors"
	"os"
	"runtime"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"storydesk/tracker"
	"storydesk/tracker/guard"
	"storydesk/tracker/plaintext"
	"storydesk/ui"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/clipboard"
	"storydesk/ui/setting"
	"storydesk/ui/stage"
)

// Open returns what opens the user's database and shows the board.
func Open(p session.Runner[UseCases]) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error { return open(cmd, p) }
}

func open(cmd *cobra.Command, p session.Runner[UseCases]) error {
	if err := needsTerminal(p.Program); err != nil {
		return err
	}
	path, err := p.ChosenPath(cmd)
	if err != nil {
		return err
	}
	reason := ui.ExitPlain
	err = ui.Run(cmd.Context(), terminal(p.Program), func(ctx context.Context, show ui.Show) error {
		return p.Within(ctx, path, p.Grace(), func(ctx context.Context, s *opened) (err error) {
			o := ui.Options{OffersSandbox: true, Notice: p.ConfigNotice(), Config: p.Configured()}
			if !s.UserKnown || len(s.Alike) > 0 {
				o.AskUser, o.Alike = s.Actor(), s.Alike
			}
			reason, err = screen{p.Program, show}.show(ctx, s, o)
			return err
		})
	})
	if err != nil || reason != ui.ExitToSandbox {
		return err
	}
	// The sandbox knows nothing of the user's database: not its path either.
	program := &session.Program{Dependencies: p.Dependencies, Keys: p.Keys, Flags: session.Flags{Debug: p.Flags.Debug}}
	d := demo{runner: runner{Program: program, Make: p.Make}}
	return d.run(cmd.Context())
}

// needsTerminal fails where a board could not be shown.
func needsTerminal(p *session.Program) error {
	_, in := output.Terminal(p.In)
	_, out := output.Terminal(p.Out)
	if in && out && os.Getenv("TERM") == "dumb" {
		return tracker.Errorf(tracker.CodeRefused, "the board cannot be drawn on a dumb terminal; set TERM to your terminal's type, such as xterm-256color, "+
			"or use the commands that `storydesk --help` lists")
	}
	if in && out {
		return nil
	}
	return tracker.Errorf(tracker.CodeRefused, "the board needs a terminal; `storydesk --help` lists commands that do not")
}

// terminal is the user's.
func terminal(p *session.Program) stage.On {
	return stage.On{Input: p.In, Output: p.Out, Environ: os.Environ()}
}

// screen is a terminal that was taken over for the board.
type screen struct {
	*session.Program
	board ui.Show
}

// show shows the board while deliveries leave and views are read behind it,
// and returns what the user wants next. The screen is restored before it returns.
func (p screen) show(ctx context.Context, s *opened, o ui.Options) (reason ui.ExitReason, err error) {
	if o.Project, err = s.Service.Projects.OpenProject(ctx, p.Flags.Project); err != nil {
		return reason, err
	}
	if o.Look, err = look(s); err != nil {
		return reason, err
	}
	o.Service, o.OpenBrowser, o.Environ = s.Service.Screens, p.ShowInBrowser, os.Environ()
	if tool, ok := clipboard.Find(runtime.GOOS, os.Getenv); ok {
		o.Copy = tool.Write
	}
	o.Lent = p.Lent
	g, running := errgroup.WithContext(ctx)
	running, leave := context.WithCancel(running)
	g.Go(func() error { return s.Service.Engine.Run(running) })
	g.Go(func() error {
		defer leave()
		return guard.Run(func() (err error) {
			reason, err = p.board(running, o)
			var unsaved *ui.UnsavedError
			if errors.As(err, &unsaved) {
				p.Complain("Not saved:\n%s\n", plaintext.Block(unsaved.Texts))
			}
			return err
		})
	})
	switch err = g.Wait(); {
	case errors.Is(err, ui.ErrUnread):
		return reason, nil // there is nobody to report to
	case err != nil:
		return reason, err
	}
	return reason, reportPending(context.WithoutCancel(ctx), p.Program, s)
}

// look is how the board is drawn.
func look(s *opened) (ui.Look, error) {
	theme, err := s.Chosen(setting.Theme)
	if err != nil {
		return ui.Look{}, err
	}
	glyphs, err := s.Chosen(setting.Glyphs)
	return ui.Look{Colours: setting.Colours(theme), Glyphs: glyphs, ASCII: output.ASCIILocale(os.Getenv)}, err
}

// reportPending reports, on leaving, comments that have not been sent.
func reportPending(ctx context.Context, p *session.Program, s *opened) error {
	counts, err := s.Service.Outbox.DeliveryCounts(ctx)
	if err != nil {
		return err
	}
	if n := counts[tracker.DeliveryWaiting] + counts[tracker.DeliverySending] + counts[tracker.DeliveryUnconfirmed]; n > 0 {
		p.Complain("%s not been sent yet; start storydesk or run `storydesk sync` to send\n", tracker.Counted(n, "private comment has", "private comments have"))
	}
	return nil
}
