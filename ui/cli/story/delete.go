package story

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/prompt"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

func (c commands) delete() *cobra.Command {
	var drop bool
	var sure prompt.Confirmation
	cmd := &cobra.Command{
		Use: "delete STORY...", Short: "Delete a story; restore brings it back",
		Long: `Delete a story. It keeps its number, comments, tasks, links and history, and
"story restore" brings it back until "story purge" removes it for good. The command
prints the deleted story. It asks first; without a terminal it needs --yes. If
private comments have not been sent, it needs --drop, which drops them.`,
		Example: "storydesk story delete 14\nstorydesk story list --deleted", Args: usage.TakesSome("story"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			ids, err := usage.ParseEach(args, tracker.ParseStoryID)
			if err != nil {
				return err
			}
			if err := sure.Confirm(ctx, c.Prompter(false), "delete "+nameAll(ids), "“storydesk story restore” brings it back."); err != nil {
				return err
			}
			last, err := output.ReadAll(ids, locate(ctx, s))
			if err == nil {
				err = s.Service.Stories.DeleteStories(ctx, ids, drop)
			}
			if err != nil {
				return session.AllOrNone(ids, err)
			}
			return output.Each(c.Printer(), removedStories("deleted"), last)
		}),
	}
	usage.DropFlag(cmd, &drop)
	sure.Bind(cmd)
	return cmd
}

// removedStories prints stories that were deleted, as they last were.
func removedStories(verb string) output.Presenter[tracker.Story] {
	p := stories()
	p.Summary = func(st tracker.Story) string { return verb + " " + st.ID.String() + ": " + st.Name }
	if verb == purged {
		p.Record = recordDeletedStory
	}
	return p
}

// purged is the verb of stories that were purged.
const purged = "purged"

// nameAll names stories.
func nameAll(ids []tracker.StoryID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id.String()
	}
	return strings.Join(names, ", ")
}

func (c commands) restore() *cobra.Command {
	return &cobra.Command{
		Use: "restore DELETED...", Short: "Restore a deleted story",
		Long: `Restore a deleted story with its number, comments, tasks, links and history.
Nothing is sent.`,
		Example: "storydesk story restore 14", Args: usage.TakesSome("story"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			return c.change(ctx, s, args, func(ids []tracker.StoryID) error {
				_, err := s.Service.Stories.RestoreStories(ctx, ids)
				return err
			})
		}),
	}
}

func (c commands) purge() *cobra.Command {
	var all bool
	var sure prompt.Confirmation
	cmd := &cobra.Command{
		Use: "purge (DELETED... | --all)", Short: "Remove deleted stories for good",
		Long: `Remove deleted stories for good, with their comments, tasks, links and history;
their deliveries stay in the list of deliveries. It asks first; without a terminal
it needs --yes.`,
		Example: "storydesk story purge 14\nstorydesk story purge --all",
	}
	cmd.Args = func(_ *cobra.Command, args []string) error {
		switch {
		case all && len(args) > 0:
			return tracker.Invalid("all", "name the stories or give --all, not both")
		case !all && len(args) == 0:
			return tracker.Invalid("story", "give the number of a deleted story, or --all for all that are deleted")
		}
		return nil
	}
	cmd.RunE = c.With(func(ctx context.Context, s *opened, args []string) error {
		ids, err := usage.ParseEach(args, tracker.ParseStoryID)
		if err != nil {
			return err
		}
		if all {
			return c.purgeAll(ctx, s, sure)
		}
		deleted, err := allDeleted(ctx, s)
		if err != nil {
			return err
		}
		if err := sure.Confirm(ctx, c.Prompter(false), "purge "+nameAll(ids), prompt.CannotBeUndone); err != nil {
			return err
		}
		if err := s.Service.Stories.PurgeStories(ctx, ids); err != nil {
			return session.AllOrNone(ids, err)
		}
		return output.Reread(c.Printer(), removedStories(purged), ids, func(id tracker.StoryID) (tracker.Story, error) { return deleted[id], nil })
	})
	cmd.Flags().BoolVar(&all, "all", false, "all deleted stories of the project")
	sure.Bind(cmd)
	return cmd
}

// allDeleted are the deleted stories of all projects, by their numbers.
func allDeleted(ctx context.Context, s *opened) (map[tracker.StoryID]tracker.Story, error) {
	projects, err := s.Service.Projects.Projects(ctx)
	if err != nil {
		return nil, err
	}
	deleted := make(map[tracker.StoryID]tracker.Story)
	for _, p := range projects {
		list, err := s.Service.Stories.DeletedStories(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		for _, st := range list {
			deleted[st.ID] = st
		}
	}
	return deleted, nil
}

// purgeAll purges the deleted stories of the project: those that are asked about,
// either all of them or none.
func (c commands) purgeAll(ctx context.Context, s *opened, sure prompt.Confirmation) error {
	p, err := s.WorkProject(ctx)
	if err != nil {
		return err
	}
	list, err := s.Service.Stories.DeletedStories(ctx, p.ID)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return output.List(c.Printer(), deletedStories(), list)
	}
	ids := make([]tracker.StoryID, len(list))
	for i, st := range list {
		ids[i] = st.ID
	}
	if err := sure.Confirm(ctx, c.Prompter(false), "purge "+nameAll(ids), prompt.CannotBeUndone); err != nil {
		return err
	}
	if err := s.Service.Stories.PurgeStories(ctx, ids); err != nil {
		return err
	}
	return output.Objects(c.Printer(), removedStories(purged), list)
}

// listDeleted lists the deleted stories of the project.
func (c commands) listDeleted(ctx context.Context, s *opened, flags *pflag.FlagSet) error {
	for _, other := range []string{"column", "search"} {
		if err := usage.Exclusive(flags, other, "deleted"); err != nil {
			return err
		}
	}
	list, err := s.Service.Stories.DeletedStories(ctx, s.Project.ID)
	if err != nil {
		return err
	}
	return output.List(c.Printer(), deletedStories(), list)
}

func deletedStories() output.Presenter[tracker.Story] {
	return output.Presenter[tracker.Story]{
		None: "no deleted stories", Record: recordDeletedStory,
		Columns: []string{"STORY", "DELETED", "TYPE", "STATE", "POINTS", "TICKETS", "OWNERS", "NAME"},
		Cells: func(st tracker.Story) []string {
			return []string{
				st.ID.String(), output.Moment(st.DeletedAt), string(st.Type), string(st.State), points(st), links(st), strings.Join(st.Owners, ", "), st.Name,
			}
		},
	}
}

// deletedRecord is a deleted story, which is in no column.
type deletedRecord struct {
	storyRecord
	Column    *string    `json:"column"`
	Position  *int       `json:"position"`
	DeletedAt *time.Time `json:"deleted_at"`
}

func recordDeletedStory(st tracker.Story) any {
	return deletedRecord{storyRecord: storyRecordOf(st), DeletedAt: output.Stamp(st.DeletedAt)}
}
