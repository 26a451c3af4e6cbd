package session

import (
	"log/slog"

	"storydesk/ui/cli/output"
	"storydesk/ui/config"
	"storydesk/ui/keymap"
)

// Program is one run of the program.
type Program struct {
	Dependencies
	Flags Flags
	// Log is where to log, nil for the log file.
	Log *slog.Logger
	// Role is what the program is where nobody works with it, such as worker.
	Role string
	// Keys returns the table of all actions with their default keys, which only a config
	// file asks for.
	Keys func() keymap.Keys
	// Failed is why the command failed, once that was reported.
	Failed error
	// configured is what the config file said, nil before it was read.
	configured *config.Config
}

// Flags are those that every command takes.
type Flags struct {
	// Database is the path of the database, empty for the usual one.
	Database string
	// Project names the project to work in, empty for the usual one.
	Project string
	// JSON is true where objects and errors are printed as JSON.
	JSON bool
	// Debug is true where more is logged.
	Debug bool
}

// Complain writes to standard error.
func (p *Program) Complain(format string, args ...any) { p.Printer().Complain(format, args...) }

// Printer prints what commands print, as the flags say.
func (p *Program) Printer() output.Printer {
	return output.Printer{Out: p.Out, Err: p.Err, AsJSON: p.Flags.JSON}
}
