package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"storydesk/tracker"
	"storydesk/ui"
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
	return a.within(cmd.Context(), path, tracker.DefaultGrace, a.board)
}

// needsTerminal fails where a board could not be shown.
func (a *app) needsTerminal() error {
	_, in := terminal(a.In)
	_, out := terminal(a.Out)
	if in && out {
		return nil
	}
	return tracker.Errorf(tracker.CodeRefused, "the board needs a terminal; `storydesk --help` lists the commands that need none")
}

// board shows the board while deliveries leave and views are read behind it.
// The screen is restored before it returns.
func (a *app) board(ctx context.Context, s *session) error {
	project, err := s.OpenProject(ctx, a.flags.project)
	if err != nil {
		return err
	}
	g, ctx := errgroup.WithContext(ctx)
	ctx, leave := context.WithCancel(ctx)
	g.Go(func() error { return s.Run(ctx) })
	g.Go(func() error {
		defer leave()
		return ui.Run(ctx, ui.Options{
			Service: s.Service, Project: project, OpenBrowser: a.OpenBrowser,
			Input: a.In, Output: a.Out, Environ: os.Environ(),
		})
	})
	return g.Wait()
}
