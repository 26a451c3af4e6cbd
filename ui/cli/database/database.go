package database

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/finding"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/prompt"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// commands are the commands on the database as a whole. They do not open it as others do:
// it is neither created nor upgraded.
type commands struct{ *session.Program }

// Group returns the commands on the database as a whole.
func Group(p *session.Program) *cobra.Command {
	c := commands{p}
	return usage.Group("db", "The database: back it up, check it, restore a backup, copy it to a server", c.backup(), c.check(), c.restore(), c.copy(), c.info())
}

func (c commands) backup() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use: "backup FILE", Short: "Copy the database to a file",
		Long: `Copy the database to a file that only you can read. Boards and other commands can
work meanwhile: the copy is the database at one moment. It holds everything but the
secrets in the system's keyring. A file that exists is not replaced without --force.`,
		Example: "storydesk db backup ~/backup/storydesk.db --force", Args: usage.Takes("file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := c.ChosenPath(cmd)
			if err != nil {
				return err
			}
			if err := c.Storage.Backup(cmd.Context(), path, args[0], replace); err != nil {
				return err
			}
			summary, err := c.Storage.Summarize(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if c.Flags.JSON {
				return c.Printer().JSON(record(args[0], summary))
			}
			return c.Printer().Line("backed up to " + args[0] + ": " + words(summary))
		},
	}
	cmd.Flags().BoolVar(&replace, "force", false, "replace the file if it exists")
	return cmd
}

func (c commands) check() *cobra.Command {
	return &cobra.Command{
		Use: "check [FILE]", Short: "Check the database or a backup",
		Long: `Check the database, or a backup, for damage, and whether this storydesk can open it.
The file is not changed. The exit code is 1 when something failed.`,
		Example: "storydesk db check ~/backup/storydesk.db",
		Args:    func(cmd *cobra.Command, args []string) error { return usage.AtMost(cmd, args, 1) },
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := c.ChosenPath(cmd)
			if len(args) > 0 {
				path, err = args[0], nil
			}
			if err != nil {
				return err
			}
			if len(args) > 0 && session.IsServer(path) {
				return tracker.Invalid("file", "this is no file: name a database on a server with --db")
			}
			report := c.InspectDatabase(cmd.Context(), path)
			if report.Missing {
				return tracker.Invalid("file", "there is no file %s", path)
			}
			return c.printChecks(report.Checks)
		},
	}
}

// printChecks prints what was found, and fails where something did.
func (c commands) printChecks(checks []verdict.Check) error {
	failed := 0
	records := []any{}
	for _, check := range checks {
		if check.Level == verdict.LevelFailed {
			failed++
		}
		if c.Flags.JSON {
			records = append(records, map[string]any{
				"name": check.Name, "level": check.Level, "text": check.Text, "steps": output.OrEmpty(check.Steps),
			})
			continue
		}
		if err := c.Printer().Text(finding.Lines(check, output.ASCIILocale(os.Getenv), c.Printer().Width())); err != nil {
			return err
		}
	}
	if c.Flags.JSON {
		if err := c.Printer().JSON(records); err != nil {
			return err
		}
	}
	if failed > 0 {
		return tracker.Errorf(tracker.CodeRefused, "%s failed", tracker.Counted(failed, "check", "checks"))
	}
	return nil
}

func (c commands) restore() *cobra.Command {
	var dryRun bool
	var agreed prompt.Confirmation
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Restore a backup",
		Long: `Put the content of a backup in place of the database's. What is in the database now
is saved beside it first. Boards that are open show the restored content.

Private comments that the backup holds as waiting may have been sent since: before any
of them is sent, storydesk looks on its ticket whether it is there.`,
		Example: "storydesk db restore ~/backup/storydesk.db --dry-run", Args: usage.Takes("file"),
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		path, err := c.ChosenPath(cmd)
		if err != nil {
			return err
		}
		summary, err := c.Storage.Summarize(ctx, args[0])
		if err != nil {
			return err
		}
		now := c.present(cmd, path)
		if dryRun {
			return c.printRestored(restored{File: args[0], Backup: record(args[0], summary), Now: now, DryRun: true}, summary)
		}
		what := fmt.Sprintf("The database then holds %s. What it holds now is saved beside it.", words(summary))
		if err := agreed.Confirm(ctx, c.Prompter(false), "restore "+args[0], what); err != nil {
			return err
		}
		kept, err := c.Storage.Restore(ctx, path, args[0])
		if err != nil {
			return err
		}
		return c.printRestored(restored{File: args[0], Backup: record(args[0], summary), Now: now, Kept: output.OrNull(kept)}, summary)
	}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "show what the backup and the database hold, and change nothing")
	agreed.Bind(cmd)
	return cmd
}

// present is what the database holds now, nil where it cannot be read.
func (c commands) present(cmd *cobra.Command, path string) *summaryRecord {
	summary, err := c.Storage.Summarize(cmd.Context(), path)
	if err != nil {
		return nil
	}
	r := record(path, summary)
	return &r
}

func (c commands) printRestored(r restored, summary verdict.StorageSummary) error {
	if c.Flags.JSON {
		return c.Printer().JSON(r)
	}
	if r.DryRun {
		now := "the database now: nothing that can be read"
		if r.Now != nil {
			now = "the database now: " + r.Now.words
		}
		if err := c.Printer().Line(now); err != nil {
			return err
		}
		return c.Printer().Line("the backup: " + words(summary) + " (dry run: nothing was changed)")
	}
	if err := c.Printer().Line("restored " + r.File + ": " + words(summary)); err != nil {
		return err
	}
	if r.Kept == nil {
		return nil
	}
	return c.Printer().Line("what was there before is in " + *r.Kept)
}
