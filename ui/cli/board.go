package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui"
	"storydesk/ui/cli/output"
	"storydesk/ui/clipboard"
	"storydesk/ui/setting"
)

// openBoard opens the user's database and shows the board.
func (a *app) openBoard(cmd *cobra.Command, _ []string) error {
	if err := a.needsTerminal(); err != nil {
		return err
	}
	path, err := a.databasePath(cmd)
	if err != nil {
		return err
	}
	wish := ui.WishNothing
	err = a.within(cmd.Context(), path, tracker.DefaultGrace, func(ctx context.Context, s *session) (err error) {
		o := ui.Options{OffersSandbox: true}
		if !s.userKnown {
			o.AskUser = s.Actor()
		}
		wish, err = a.board(ctx, s, o)
		return err
	})
	if err != nil || wish != ui.WishSandbox {
		return err
	}
	// The sandbox knows nothing of the user's database: not its path either.
	d := demo{app: &app{Dependencies: a.Dependencies, flags: globalFlags{debug: a.flags.debug}}}
	return d.run(cmd.Context())
}

// needsTerminal fails where a board could not be shown.
func (a *app) needsTerminal() error {
	_, in := output.Terminal(a.In)
	_, out := output.Terminal(a.Out)
	if in && out && os.Getenv("TERM") == "dumb" {
		return tracker.Errorf(tracker.CodeRefused, "the board cannot be drawn on a dumb terminal; set TERM to your terminal's type, such as xterm-256color, "+
			"or use the commands that `storydesk --help` lists")
	}
	if in && out {
		return nil
	}
	return tracker.Errorf(tracker.CodeRefused, "the board needs a terminal; `storydesk --help` lists commands that do not")
}

// board shows the board while deliveries leave and views are read behind it,
// and tells what the user wants next. The screen is restored before it returns.
func (a *app) board(ctx context.Context, s *session, o ui.Options) (wish ui.Wish, err error) {
	if o.Project, err = s.Projects.OpenProject(ctx, a.flags.project); err != nil {
		return wish, err
	}
	if o.Look, err = s.look(); err != nil {
		return wish, err
	}
	o.Service, o.OpenBrowser, o.Input, o.Output, o.Environ = s.Engine, a.showInBrowser, a.In, a.Out, os.Environ()
	if tool, ok := clipboard.Find(runtime.GOOS, os.Getenv); ok {
		o.Copy = tool.Write
	}
	g, running := errgroup.WithContext(ctx)
	running, leave := context.WithCancel(running)
	g.Go(func() error { return s.Run(running) })
	g.Go(func() error {
		defer leave()
		return tracker.Guard(func() (err error) {
			wish, err = ui.Run(running, o)
			var unsaved *ui.UnsavedError
			if errors.As(err, &unsaved) {
				a.complain("Not saved:\n%s\n", plaintext.Block(unsaved.Texts))
			}
			return err
		})
	})
	switch err = g.Wait(); {
	case errors.Is(err, ui.ErrUnread):
		return wish, nil // there is nobody to tell anything
	case err != nil:
		return wish, err
	}
	return wish, a.tellUnsent(context.WithoutCancel(ctx), s)
}

// look is how the board is drawn.
func (s *session) look() (ui.Look, error) {
	theme, err := s.chosen(setting.Theme)
	if err != nil {
		return ui.Look{}, err
	}
	glyphs, err := s.chosen(setting.Glyphs)
	return ui.Look{Colours: setting.Colours(theme), Glyphs: glyphs, ASCII: asciiLocale(os.Getenv)}, err
}

// tellUnsent says on leaving what did not leave with the user.
func (a *app) tellUnsent(ctx context.Context, s *session) error {
	counts, err := s.Outbox.DeliveryCounts(ctx)
	if err != nil {
		return err
	}
	if n := counts[tracker.DeliveryWaiting] + counts[tracker.DeliverySending] + counts[tracker.DeliveryUnconfirmed]; n > 0 {
		a.complain("%s not been sent yet; start storydesk or run `storydesk sync` to send\n", notes(n))
	}
	return nil
}

// notes counts notes, with their verb.
func notes(n int) string {
	if n == 1 {
		return "1 private comment has"
	}
	return fmt.Sprintf("%d private comments have", n)
}

// asciiLocale tells whether the locale shows ASCII only. The first variable
// that is set decides, and none is the "C" locale.
// https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
func asciiLocale(getenv func(string) string) bool {
	locale := strings.ToLower(cmp.Or(getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")))
	if locale == "" && runtime.GOOS == "windows" {
		return false // consoles there are told by other means, and show Unicode
	}
	return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
}
