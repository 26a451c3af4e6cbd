package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// Dependencies are what the command line needs from the world. All fields are
// required.
type Dependencies struct {
	// Args are the arguments behind the program's name.
	Args []string
	// In, Out and Err are the standard streams. Prompts and colours appear
	// only on those that are terminals.
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// Build tells which program this is.
	Build Build
	// DatabasePath and LogPath are where the files live unless told otherwise.
	DatabasePath string
	LogPath      string
	// OpenDatabase opens the database at a path and makes it where there is
	// none. It fails with an error that says so in a sentence.
	OpenDatabase func(ctx context.Context, path string) (Database, error)
	// InspectDatabase checks a database file without changing it.
	InspectDatabase func(ctx context.Context, path string) tracker.StorageReport
	// OpenDemo is OpenDatabase for a demo's: it never touches the system's keyring.
	OpenDemo func(ctx context.Context, path string) (Database, error)
	// NewDesks makes what reaches help desks.
	NewDesks func(log *slog.Logger) tracker.Zendesk
	// StartSandbox starts a help desk on this machine.
	StartSandbox func(ctx context.Context, o SandboxOptions) (Sandbox, error)
	// OpenBrowser shows an address to the user.
	OpenBrowser func(url string) error
	// After is the clock of what is said while somebody is waited for; nil for
	// time.After.
	After func(time.Duration) <-chan time.Time
}

// Database is an open database.
type Database struct {
	Store   tracker.Store
	Secrets tracker.Secrets
	Close   func() error
}

// SandboxOptions choose a sandbox.
type SandboxOptions struct {
	// StatePath is the file that keeps its state; empty keeps it in memory.
	StatePath string
	// Address is where it listens, loopback only; empty takes a free port.
	Address string
}

// Sandbox is a help desk that runs in this process.
type Sandbox struct {
	URL      string
	Email    string
	Password string
	Token    string
	View     tracker.ViewID
	Close    func() error
}

// app is one run of the program.
type app struct {
	Dependencies
	flags globalFlags
	// failed is why the command failed, once that was reported.
	failed error
}

// globalFlags are those that every command takes.
type globalFlags struct {
	db      string
	project string
	json    bool
	debug   bool
}

// Run runs the program once and returns its exit code: 0 done, 1 failed, 2
// wrong usage.
func Run(ctx context.Context, d Dependencies) int {
	a := &app{Dependencies: d}
	root := a.root() //nolint:contextcheck // cobra hands the context to the command that runs
	a.reportFailures(root, root)
	root.SetArgs(d.Args)
	root.SetIn(d.In)
	root.SetOut(d.Out)
	root.SetErr(d.Err)
	err := fang.Execute(ctx, root,
		fang.WithVersion(d.Build.Version), fang.WithCommit(d.Build.Commit),
		fang.WithoutCompletions(), fang.WithoutManpage(),
		fang.WithErrorHandler(func(_ io.Writer, _ fang.Styles, err error) { a.explain(root, err) }))
	return exitCode(errors.Join(a.failed, err))
}

// reportFailures lets the commands from cmd down report why they fail
// themselves: fang would first ask the terminal for its colours, and read the
// answer where an interrupted question still reads.
func (a *app) reportFailures(root, cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		a.reportFailures(root, sub)
	}
	run := cmd.RunE
	if run == nil {
		return
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if a.failed = run(cmd, args); a.failed != nil {
			a.explain(root, a.failed)
		}
		return nil
	}
}

// exitCode tells how a run ended.
func exitCode(err error) int {
	switch {
	case err == nil:
		return 0
	case tracker.CodeOf(err) == tracker.CodeInvalid:
		return 2
	}
	return 1
}
