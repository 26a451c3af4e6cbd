package story

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/usage"
	"storydesk/ui/present"
)

// labelCommands are the commands on the labels of a project's stories.
type labelCommands struct{ commands }

type labelRecord struct {
	Name     string `json:"name"`
	Stories  int    `json:"stories"`
	Accepted int    `json:"accepted"`
}

func labelUses() output.Presenter[epic.LabelUse] {
	return output.Presenter[epic.LabelUse]{
		None:    "no labels",
		Record:  func(u epic.LabelUse) any { return labelRecord(u) },
		Columns: []string{"LABEL", "STORIES", "ACCEPTED"},
		Cells: func(u epic.LabelUse) []string {
			return []string{u.Name, strconv.Itoa(u.Stories), strconv.Itoa(u.Accepted)}
		},
		Summary: func(u epic.LabelUse) string {
			return fmt.Sprintf("%s: %s, %d accepted", u.Name, present.StoryCount(u.Stories), u.Accepted)
		},
	}
}

func (c labelCommands) group() *cobra.Command {
	list := &cobra.Command{
		Use: "list", Short: "List the project's labels", Example: "storydesk story label list", Args: usage.Takes(),
		RunE: c.InProject(func(ctx context.Context, s *opened, _ []string) error {
			uses, err := s.Service.Stories.Labels(ctx, s.Project.ID)
			if err != nil {
				return err
			}
			return output.List(c.Printer(), labelUses(), uses)
		}),
	}
	return usage.Group("label", "Labels of a project's stories",
		list,
		c.on("rename LABEL NAME", "Rename a label on all stories", "rename csv export", []string{"label", "name"},
			func(ctx context.Context, s *opened, args []string) ([]tracker.Story, error) {
				return s.Service.Stories.RenameLabel(ctx, s.Project.ID, args[0], args[1])
			}),
		c.on("merge LABEL INTO", "Merge a label into another on all stories", "merge csv export", []string{"label", "into"},
			func(ctx context.Context, s *opened, args []string) ([]tracker.Story, error) {
				return s.Service.Stories.MergeLabel(ctx, s.Project.ID, args[0], args[1])
			}),
		c.on("delete LABEL", "Take a label off all stories", "delete csv", []string{"label"},
			func(ctx context.Context, s *opened, args []string) ([]tracker.Story, error) {
				return s.Service.Stories.DeleteLabel(ctx, s.Project.ID, args[0])
			}),
	)
}

// on is a command that changes a label and prints the stories that carried it.
func (c labelCommands) on(use, short, example string, takes []string, do func(ctx context.Context, s *opened, args []string) ([]tracker.Story, error)) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Example: "storydesk story label " + example, Args: usage.Takes(takes...),
		RunE: c.InProject(func(ctx context.Context, s *opened, args []string) error {
			changed, err := do(ctx, s, args)
			if err != nil {
				return err
			}
			ids := present.Each(changed, func(st tracker.Story) tracker.StoryID { return st.ID })
			return output.Reread(c.Printer(), stories(), ids, locate(ctx, s))
		}),
	}
}
