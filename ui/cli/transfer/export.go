package transfer

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// The formats of an export.
const (
	formatCSV   = "csv"
	formatZIP   = "zip"
	formatLines = "jsonl"
	// formatWhole is a ZIP of JSON lines and attachments.
	formatWhole = "jsonl.zip"
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
file says in which format: .jsonl.zip holds everything and imports again to an equal
project: JSON lines and the attachments. .jsonl holds the JSON lines alone, one object
a line, where attachments are named. .csv is the table that Pivotal Tracker exported,
and .zip that table with the history and the attachments. Those know days, not hours,
and no links to tickets.

- writes to standard output; --format says what then. The file is readable for you
alone. One that exists is not replaced without --force.`,
		Example: `storydesk export acme.jsonl.zip
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
			_, err := c.write(ctx, s, c.Out, format)
			return err
		}
		var left int
		err = writeFile(args[0], replace, func(out io.Writer) (err error) {
			left, err = c.write(ctx, s, out, format)
			return err
		})
		if err != nil {
			return err
		}
		if c.Flags.JSON {
			return c.Printer().JSON(exportRecord{s.Project.Name, format, args[0], left})
		}
		if err := c.Printer().Line("project " + s.Project.Name + " exported to " + args[0]); err != nil || left == 0 {
			return err
		}
		return c.Printer().Line(tracker.Counted(left, "attachment is", "attachments are") + " not in it; export to a .zip or .jsonl.zip to take the files along")
	})
	cmd.Flags().StringVar(&format, "format", "", "format: jsonl, jsonl.zip, csv or zip (default: that of the file's ending)")
	usage.Choices(cmd, "format", formatLines, formatWhole, formatCSV, formatZIP)
	cmd.Flags().BoolVar(&replace, "force", false, "replace the file if it exists")
	return cmd
}

// chosenFormat is the format that was named, else that of the file's ending.
func chosenFormat(format, file string) (string, error) {
	if format == "" {
		format = strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
		if strings.HasSuffix(strings.ToLower(file), "."+formatWhole) {
			format = formatWhole
		}
	}
	switch format {
	case formatCSV, formatZIP, formatLines, formatWhole:
		return format, nil
	}
	return "", tracker.Invalid("format", "%s has no ending that names a format: use .jsonl.zip, .jsonl, .csv or .zip, or --format", file)
}

// writeFile writes a new file beside its place and puts it there when it is complete.
func writeFile(path string, replace bool, write func(io.Writer) error) (err error) {
	if _, err := os.Lstat(path); err == nil && !replace {
		return tracker.Invalid("file", "%s exists already: choose another name, or replace it with --force", path)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return tracker.Invalid("file", "%s cannot be written: %w", path, err)
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".storydesk-*")
	if errors.Is(err, fs.ErrNotExist) {
		return tracker.Invalid("file", "there is no folder %s: create it first, or choose another path", filepath.Dir(path))
	}
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
