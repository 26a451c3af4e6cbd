package transfer

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/source"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// commands are the commands of imports and exports.
type commands struct{ runner }

// importFlags are what import can be told.
type importFlags struct {
	dryRun, relink bool
	people         string
	columns        []string
}

// Import returns the command that brings a project in.
func Import(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	var f importFlags
	cmd := &cobra.Command{
		Use: "import FILE", Short: "Import a project from Pivotal Tracker or another table",
		Long: `Import stories with their comments, tasks, attachments and history into the project:
from a CSV or ZIP that Pivotal Tracker exported, or the folder of an unzipped one,
from a table of another program, or from what storydesk exported.

Everything that has no place is listed with its file, line and column. With --dry-run
nothing is changed. Otherwise all of the file is imported, or nothing where it cannot
be read. Nothing is sent to Zendesk because of an import.

Importing a file again changes nothing, and a newer export of the same project
changes what changed in it since. What people changed here stays. An empty project
takes over the point scale and the length of iterations.

A table of another program needs a first line with the columns name, description,
type, estimate, labels, state, owner, requester or id; --column maps others.
--map is a CSV of two columns: a name in the file, and that person's name here.`,
		Example: `storydesk import acme_20250401_101112.zip --dry-run
storydesk import jira.csv --column name=Summary --column estimate="Story Points"
storydesk import --relink`,
		Args: func(cmd *cobra.Command, args []string) error {
			if f.relink {
				return usage.AtMost(cmd, args, 0)
			}
			return usage.Takes("file")(cmd, args)
		},
	}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, args []string) error {
		if f.relink {
			return c.relink(ctx, s)
		}
		return c.bring(ctx, s, args[0], f)
	})
	flags := cmd.Flags()
	flags.BoolVar(&f.dryRun, "dry-run", false, "list what would be done, and change nothing")
	flags.StringVar(&f.people, "map", "", "table (CSV) that says who is meant by names in the file")
	flags.StringArrayVar(&f.columns, "column", nil, "column of another program's table, as FIELD=HEADING")
	flags.BoolVar(&f.relink, "relink", false, "link stories to the tickets whose addresses stand in their descriptions")
	return cmd
}

func (c commands) relink(ctx context.Context, s *opened) error {
	made, err := s.Service.Imports.Relink(ctx, s.Project.ID)
	if err != nil {
		return err
	}
	if c.Flags.JSON {
		return c.Printer().JSON(map[string]int{"links": made})
	}
	return c.Printer().Line(tracker.Counted(made, "link", "links") + " added")
}

func (c commands) bring(ctx context.Context, s *opened, path string, f importFlags) (err error) {
	mapping, err := readMapping(f.columns)
	if err != nil {
		return err
	}
	people, err := source.People(f.people)
	if err != nil {
		return err
	}
	from, file, err := source.Open(path, mapping)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	told := telling{c: c, bar: newProgress(c.Err)}
	report, err := s.Service.Imports.Import(ctx, from, transfer.Options{
		Project: s.Project.ID, DryRun: f.dryRun, People: people, Found: told.found, Changed: told.changed, Progress: told.bar.show,
	})
	told.bar.clear()
	if err = errors.Join(err, told.err); err != nil {
		return err
	}
	return told.report(report, f.dryRun)
}

// telling prints what an import says.
type telling struct {
	c        commands
	bar      *progress
	findings []findingRecord
	changes  []changeRecord
	// err is the first failure to print.
	err error
}

func (t *telling) found(f transfer.Finding) {
	if t.c.Flags.JSON {
		t.findings = append(t.findings, findingRecord{f.File, f.Line, f.Column, f.Heading, f.Message})
		return
	}
	t.line(f.String())
}

func (t *telling) changed(c transfer.Change) {
	if t.c.Flags.JSON {
		t.changes = append(t.changes, changeRecord{int64(c.Story), int64(c.Epic), c.Name, c.Fields, c.Comments, c.Attachments})
		return
	}
	t.line(c.String())
}

func (t *telling) line(text string) {
	t.bar.clear()
	if t.err == nil {
		t.err = t.c.Printer().Line(text)
	}
}

// report prints the counts.
func (t *telling) report(r transfer.Report, dryRun bool) error {
	if t.c.Flags.JSON {
		return t.c.Printer().JSON(recordReport(r, dryRun, t.findings, t.changes))
	}
	for _, note := range r.Notes() {
		t.line(note)
	}
	if t.err != nil {
		return t.err
	}
	if err := t.c.Printer().Table(transfer.Headings(), r.Table()); err != nil {
		return err
	}
	if dryRun {
		return t.c.Printer().Line("dry run: nothing was changed")
	}
	return t.c.Printer().Line("imported into project " + r.Project.Name)
}
