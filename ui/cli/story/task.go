package story

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/usage"
)

// taskCommands are the commands on a story's tasks.
type taskCommands struct{ runner }

func (c taskCommands) group() *cobra.Command {
	var place int
	var move *cobra.Command
	move = c.onOne("move STORY TASK --to PLACE", "Move a task", "move 14 3 --to 1", nil,
		func(ctx context.Context, s *opened, at taskPath, _ string) (tracker.Story, error) {
			switch {
			case !move.Flags().Changed("to"):
				return tracker.Story{}, tracker.Invalid("to", "say where with --to, such as --to 1 for the top")
			case place < 1:
				return tracker.Story{}, tracker.Invalid("to", "there is no place %d: places begin at 1, the top", place)
			}
			return s.Service.Stories.MoveTask(ctx, at.story, at.task, place)
		})
	move.Flags().IntVar(&place, "to", 0, "the place in the list, from 1")
	return usage.Group("task", "A story's tasks; they are never sent to tickets",
		c.add(),
		c.onOne("done STORY TASK", "Complete a task", "done 14 3", nil,
			func(ctx context.Context, s *opened, at taskPath, _ string) (tracker.Story, error) {
				return s.Service.Stories.SetTaskDone(ctx, at.story, at.task, true)
			}),
		c.onOne("undone STORY TASK", "Reopen a task", "undone 14 3", nil,
			func(ctx context.Context, s *opened, at taskPath, _ string) (tracker.Story, error) {
				return s.Service.Stories.SetTaskDone(ctx, at.story, at.task, false)
			}),
		c.onOne("edit STORY TASK TEXT", "Edit a task", `edit 14 3 "Write the docs"`, []string{"text"},
			func(ctx context.Context, s *opened, at taskPath, text string) (tracker.Story, error) {
				return s.Service.Stories.EditTask(ctx, at.story, at.task, text)
			}),
		move,
		c.onOne("remove STORY TASK", "Remove a task", "remove 14 3", nil,
			func(ctx context.Context, s *opened, at taskPath, _ string) (tracker.Story, error) {
				return s.Service.Stories.RemoveTask(ctx, at.story, at.task)
			}),
	)
}

func (c taskCommands) add() *cobra.Command {
	return &cobra.Command{
		Use: "add STORY TEXT", Short: "Add a task below the others", Example: `storydesk story task add 14 "Write the docs"`,
		Args: usage.Takes("story", "text"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			id, err := tracker.ParseStoryID(args[0])
			if err != nil {
				return err
			}
			if _, err := s.Service.Stories.AddTask(ctx, id, args[1]); err != nil {
				return err
			}
			return c.printStory(ctx, s, id)
		}),
	}
}

// taskPath names a task of a story.
type taskPath struct {
	story tracker.StoryID
	task  tracker.TaskID
}

// onOne is a command on one task; more names an argument behind it.
func (c taskCommands) onOne(
	use, short, example string, more []string, do func(ctx context.Context, s *opened, at taskPath, text string) (tracker.Story, error),
) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Example: "storydesk story task " + example, Args: usage.Takes(append([]string{"story", "task"}, more...)...),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) (err error) {
			var at taskPath
			if at.story, err = tracker.ParseStoryID(args[0]); err != nil {
				return err
			}
			if at.task, err = parseTaskID(args[1]); err != nil {
				return tracker.Invalid("task", "%s, as `storydesk story show` prints it", err)
			}
			if _, err := do(ctx, s, at, args[len(args)-1]); err != nil {
				return err
			}
			return c.printStory(ctx, s, at.story)
		}),
	}
}

// printStory prints a story as it is now.
func (c taskCommands) printStory(ctx context.Context, s *opened, id tracker.StoryID) error {
	st, err := s.Service.Stories.Locate(ctx, id)
	if err != nil {
		return err
	}
	return output.Object(c.Printer(), stories(), st)
}

// parseTaskID reads a task's number.
func parseTaskID(text string) (tracker.TaskID, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n <= 0 {
		return 0, tracker.Invalid("task", "%q is not a task: give its number", text)
	}
	return tracker.TaskID(n), nil
}
