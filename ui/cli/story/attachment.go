package story

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/usage"
	"storydesk/ui/present"
)

// attachmentCommands are the commands on the attachments of a story.
type attachmentCommands struct{ commands }

func (c attachmentCommands) group() *cobra.Command {
	return usage.Group("attachment", "Files attached to a story", c.add(), c.list(), c.open(), c.save(), c.remove())
}

// attachments prints attachments.
func attachments() output.Presenter[tracker.StoryFile] {
	return output.Presenter[tracker.StoryFile]{
		None: "no attachments", Record: func(f tracker.StoryFile) any { return recordFile(f) },
		Columns: []string{"ATTACHMENT", "SIZE", "ADDED BY", "ADDED", "NAME"},
		Cells: func(f tracker.StoryFile) []string {
			return []string{strconv.FormatInt(int64(f.ID), 10), present.SizeOf(f), f.Author, output.Moment(f.CreatedAt), f.Name}
		},
		Summary: func(f tracker.StoryFile) string {
			return fmt.Sprintf("attachment %d, %s: %s", f.ID, present.SizeOf(f), f.Name)
		},
	}
}

// fileRecord is an attachment as JSON.
type fileRecord struct {
	ID     tracker.FileID `json:"id"`
	Name   string         `json:"name"`
	Size   int64          `json:"size"`
	SHA256 string         `json:"sha256"`
	// Comments are those that carry it to tickets.
	Comments  []tracker.CommentID `json:"comment_ids"`
	Author    *string             `json:"author"`
	CreatedAt *time.Time          `json:"created_at"`
}

func recordFile(f tracker.StoryFile) fileRecord {
	return fileRecord{f.ID, f.Name, f.Size, f.Sum, output.OrEmpty(f.Comments), output.OrNull(f.Author), output.Stamp(f.CreatedAt)}
}

func recordFiles(files []tracker.StoryFile) []fileRecord {
	list := make([]fileRecord, len(files))
	for i, f := range files {
		list[i] = recordFile(f)
	}
	return list
}

// fileLines lists attachments, in a section of a story's sheet.
func fileLines(files []tracker.StoryFile) string {
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "%d %s, %s (%s)\n", f.ID, f.Name, present.SizeOf(f), strings.TrimPrefix(f.Author+", "+output.Moment(f.CreatedAt), ", "))
	}
	return b.String()
}

// carriedLine says what a comment carries; empty for nothing.
func carriedLine(c tracker.Comment, files []tracker.StoryFile) string {
	var names []string
	for _, f := range present.CarriedBy(c.ID, files) {
		names = append(names, f.Name+", "+present.SizeOf(f))
	}
	if len(names) == 0 {
		return ""
	}
	return "attached: " + strings.Join(names, "; ") + "\n"
}

// at reads the story and, where the command has one, the attachment that arguments name.
func (attachmentCommands) at(args []string) (story tracker.StoryID, file tracker.FileID, err error) {
	if story, err = tracker.ParseStoryID(args[0]); err != nil || len(args) < 2 {
		return story, 0, err
	}
	file, err = parseFile(args[1])
	return story, file, err
}

func parseFile(text string) (tracker.FileID, error) {
	return usage.ParseAttachment(text, "storydesk story attachment list")
}

func (c attachmentCommands) add() *cobra.Command {
	return &cobra.Command{
		Use: "add STORY FILE...", Short: "Attach files to a story; nothing is sent to tickets",
		Long: `Attach copies of files to a story. They are saved in a folder beside the database,
whose name is that of the database and -files. Nothing is sent to tickets:
storydesk story comment sends an attachment with --attachment.`,
		Example: "storydesk story attachment add 14 invoice.pdf screen.png",
		Args: func(cmd *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return usage.Missing(cmd, "story")
			case 1:
				return usage.Missing(cmd, "file")
			}
			return nil
		},
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			story, _, err := c.at(args[:1])
			if err != nil {
				return err
			}
			added, err := s.Service.Parts.AddFiles(ctx, story, args[1:])
			if err != nil {
				return err
			}
			return output.Objects(c.Printer(), attachments(), added)
		}),
	}
}

func (c attachmentCommands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list STORY", Short: "List the attachments of a story", Example: "storydesk story attachment list 14", Args: usage.Takes("story"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			story, _, err := c.at(args)
			if err != nil {
				return err
			}
			d, err := s.Service.Stories.Story(ctx, story)
			if err != nil {
				return err
			}
			return output.List(c.Printer(), attachments(), d.Parts.Files)
		}),
	}
}

func (c attachmentCommands) open() *cobra.Command {
	return &cobra.Command{
		Use: "open STORY ATTACHMENT", Short: "Open an attachment with the system's program for its kind",
		Long: `Open a copy of an attachment with the system's program for its kind. Programs are not
opened, for the system would run them: save a copy instead.`,
		Example: "storydesk story attachment open 14 3", Args: usage.Takes("story", "attachment"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			story, file, err := c.at(args)
			if err != nil {
				return err
			}
			path, err := s.Service.Parts.ShowFile(ctx, story, file)
			if err != nil {
				return err
			}
			if err := c.ShowInBrowser(path); err != nil {
				return tracker.Errorf(tracker.CodeUnavailable, "the attachment could not be opened: %w; a copy of it is in %s", err, path)
			}
			return nil
		}),
	}
}

func (c attachmentCommands) save() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use: "save STORY ATTACHMENT FILE", Short: "Save a copy of an attachment to a file",
		Example: "storydesk story attachment save 14 3 invoice.pdf", Args: usage.Takes("story", "attachment", "file"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			story, file, err := c.at(args)
			if err != nil {
				return err
			}
			saved, err := s.Service.Parts.ExportFile(ctx, story, file, args[2], replace)
			if err != nil {
				return err
			}
			if c.Flags.JSON {
				return c.Printer().JSON(recordFile(saved))
			}
			return c.Printer().Line(plaintext.Line(fmt.Sprintf("%s saved to %s", saved.Name, args[2])))
		}),
	}
	cmd.Flags().BoolVar(&replace, "force", false, "replace the file if it exists")
	return cmd
}

func (c attachmentCommands) remove() *cobra.Command {
	return &cobra.Command{
		Use: "remove STORY ATTACHMENT", Short: "Remove an attachment from a story; tickets keep what was sent to them",
		Example: "storydesk story attachment remove 14 3", Args: usage.Takes("story", "attachment"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			story, file, err := c.at(args)
			if err != nil {
				return err
			}
			if err := s.Service.Parts.RemoveFile(ctx, story, file); err != nil {
				return err
			}
			return c.printWhole(ctx, s, story)
		}),
	}
}
