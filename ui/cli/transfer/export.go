package transfer

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/jsonlines"
	"storydesk/tracker/transfer/pivotal"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// The formats of an export.
const (
	formatCSV   = "csv"
	formatZIP   = "zip"
	formatLines = "jsonl"
)

// toOutput is the file that stands for standard output.
const toOutput = "-"

// Export returns the command that writes a project.
func Export(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	var format string
	var replace bool
	cmd := &cobra.Command{
		Use: "export FILE", Short: "Export a project to a file",
		Long: `Write the project's stories with their comments, tasks and links. The ending of the
file says in which format: .jsonl holds everything, one JSON object a line, and imports
again to an equal project; .csv is the table that Pivotal Tracker exported, and .zip
that table with the history. Those know days, not hours, and no links to tickets.

- writes to standard output; --format says what then. The file is readable for you
alone. One that exists is not replaced without --force.`,
		Example: `storydesk export acme.jsonl
storydesk export acme.zip --force
storydesk export - --format csv | less`,
		Args: usage.Takes("file"),
	}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, args []string) error {
		format, err := chosenFormat(format, args[0])
		if err != nil {
			return err
		}
		if args[0] == toOutput {
			return c.write(ctx, s, c.Out, format)
		}
		if err := writeFile(args[0], replace, func(out io.Writer) error { return c.write(ctx, s, out, format) }); err != nil {
			return err
		}
		if c.Flags.JSON {
			return c.Printer().JSON(map[string]string{"project": s.Project.Name, "format": format, "file": args[0]})
		}
		return c.Printer().Line("project " + s.Project.Name + " exported to " + args[0])
	})
	cmd.Flags().StringVar(&format, "format", "", "format: jsonl, csv or zip (default: that of the file's ending)")
	usage.Choices(cmd, "format", formatLines, formatCSV, formatZIP)
	cmd.Flags().BoolVar(&replace, "force", false, "replace the file if it exists")
	return cmd
}

// chosenFormat is the format that was named, else that of the file's ending.
func chosenFormat(format, file string) (string, error) {
	if format == "" {
		format = strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	}
	switch format {
	case formatCSV, formatZIP, formatLines:
		return format, nil
	}
	return "", tracker.Invalid("format", "%s has no ending that names a format: use .jsonl, .csv or .zip, or --format", file)
}

// writeFile writes a new file beside its place and puts it there when it is complete.
func writeFile(path string, replace bool, write func(io.Writer) error) (err error) {
	if _, err := os.Lstat(path); err == nil && !replace {
		return tracker.Invalid("file", "%s exists already: choose another name, or replace it with --force", path)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return tracker.Invalid("file", "%s cannot be written: %w", path, err)
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".storydesk-*")
	if err != nil {
		return tracker.Invalid("file", "%s cannot be written: %w", path, err)
	}
	err = write(draft)
	if err == nil {
		err = draft.Sync()
	}
	if closed := draft.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(draft.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(draft.Name()))
	}
	return nil
}

func (c commands) write(ctx context.Context, s *opened, out io.Writer, format string) error {
	each := func(do func(transfer.Record) error) error { return s.Service.Imports.Export(ctx, s.Project.ID, do) }
	if format == formatLines {
		lines, err := jsonlines.NewWriter(out)
		if err != nil {
			return err
		}
		return errors.Join(each(lines.Write), lines.Close())
	}
	var shape pivotal.Shape
	var past []transfer.Activity
	err := each(func(r transfer.Record) error {
		shape.Add(r)
		if r.Activity != nil && format == formatZIP {
			past = append(past, *r.Activity)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if format == formatCSV {
		table, err := pivotal.NewWriter(out, shape)
		if err != nil {
			return err
		}
		return errors.Join(each(table.Write), table.Close())
	}
	archive := pivotal.NewArchive(out, s.Project.Name, time.Now())
	table, err := archive.Stories(shape)
	if err != nil {
		return err
	}
	if err := errors.Join(each(table.Write), table.Close()); err != nil {
		return err
	}
	return errors.Join(archive.History(past), archive.Close())
}
