package cli

import (
	"context"
	"errors"
	"io"
	"sync"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/cli/session"
	"storydesk/ui/keymap"
)

// Run runs the program once and returns its exit code: 0 done, 1 failed, 2
// wrong usage. The use cases on the database that it opens are those of maker.
func Run(ctx context.Context, d session.Dependencies, maker Maker) int {
	keys := sync.OnceValue(func() keymap.Keys {
		k, _ := ui.ReadKeys("") // those of the table have no problems
		return k
	})
	p := &session.Program{Dependencies: d, Keys: keys}
	root := root(p, maker) //nolint:contextcheck // cobra hands the context to the command that runs
	reportFailures(p, root, root)
	root.SetArgs(d.Args)
	root.SetIn(d.In)
	root.SetOut(d.Out)
	root.SetErr(d.Err)
	err := fang.Execute(ctx, root,
		fang.WithVersion(d.Build.Version), fang.WithCommit(d.Build.Commit),
		fang.WithoutCompletions(), fang.WithoutManpage(),
		fang.WithErrorHandler(func(_ io.Writer, _ fang.Styles, err error) { p.Explain(root, err) }))
	return exitCode(errors.Join(p.Failed, err))
}

// reportFailures lets the commands from cmd down report why they fail
// themselves: fang would first ask the terminal for its colours, and read the
// answer where an interrupted question still reads.
func reportFailures(p *session.Program, root, cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		reportFailures(p, root, sub)
	}
	run := cmd.RunE
	if run == nil {
		return
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if p.Failed = run(cmd, args); p.Failed != nil {
			p.Explain(root, p.Failed)
		}
		return nil
	}
}

// exitCode returns the exit code of a run.
func exitCode(err error) int {
	switch {
	case err == nil:
		return 0
	case tracker.CodeOf(err) == tracker.CodeInvalid:
		return 2
	}
	return 1
}
