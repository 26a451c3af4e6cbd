package story

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/usage"
)

// storyFields are a story's fields as flags give them.
type storyFields struct {
	name, description, kind, requester, deadline, since string
	owners, labels                                      []string
}

func (c commands) edit() *cobra.Command {
	var f storyFields
	cmd := &cobra.Command{
		Use: "edit STORY...", Short: "Change a story's fields",
		Example: `storydesk story edit 14 --owner "Ada Lovelace" --label export --label p1
storydesk story edit 14 --name "Rotate all keys" --unchanged-since 2026-11-29T11:27:36Z`, Args: usage.TakesSome("story"),
	}
	cmd.RunE = c.With(func(ctx context.Context, s *opened, args []string) error {
		edit, err := c.fieldsToEdit(cmd, f)
		if err != nil {
			return err
		}
		return c.change(ctx, s, args, func(ids []tracker.StoryID) error {
			_, err := s.Service.Stories.Edit(ctx, ids, edit)
			return err
		})
	})
	flags := cmd.Flags()
	flags.StringVar(&f.name, "name", "", "the story's name")
	flags.StringVar(&f.description, "description", "", "description; - reads it from standard input")
	flags.StringVar(&f.kind, "type", "", "type: "+tracker.OneOf(tracker.StoryTypes()))
	flags.StringArrayVar(&f.owners, "owner", nil, "name of an owner; repeat for several, empty for none")
	flags.StringArrayVar(&f.labels, "label", nil, "label; repeat for several, empty for none")
	flags.StringVar(&f.requester, "requester", "", "who asked for it")
	flags.StringVar(&f.deadline, "deadline", "", "the day on which a release is due, such as 2026-12-24, or none")
	flags.StringVar(&f.since, "unchanged-since", "", "refuse if somebody changed one of these fields after this time, such as the story's updated_at")
	usage.Choices(cmd, "type", usage.PlainWords(tracker.StoryTypes())...)
	return cmd
}

// fieldsToEdit is what the flags that were given change.
func (c commands) fieldsToEdit(cmd *cobra.Command, f storyFields) (edit tracker.StoryEdit, err error) {
	flags := cmd.Flags()
	if err := usage.SomeOf(flags, "name", "description", "type", "owner", "label", "requester", "deadline"); err != nil {
		return edit, err
	}
	if flags.Changed("name") {
		edit.Name = &f.name
	}
	if flags.Changed("description") {
		text, err := c.textOrInput(f.description, tracker.MaxStoryDescription, "description")
		if err != nil {
			return edit, err
		}
		edit.Description = &text
	}
	if flags.Changed("type") {
		t, err := tracker.ParseStoryType(f.kind)
		if err != nil {
			return edit, err
		}
		edit.Type = &t
	}
	if flags.Changed("owner") {
		edit.Owners = &f.owners
	}
	if flags.Changed("label") {
		edit.Labels = &f.labels
	}
	if flags.Changed("requester") {
		edit.Requester = &f.requester
	}
	if flags.Changed("deadline") {
		day, err := tracker.ParseDeadline(f.deadline)
		if err != nil {
			return edit, err
		}
		edit.Deadline = &day
	}
	if flags.Changed("unchanged-since") {
		since, err := time.Parse(time.RFC3339, f.since)
		if err != nil {
			return edit, tracker.Invalid("unchanged-since", "%q is no time: write it as 2026-11-29T11:27:36Z", f.since)
		}
		edit.Since = &since
	}
	return edit, nil
}
