package epic

import (
	"context"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/plaintext"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/prompt"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// commands are the commands on epics.
type commands struct{ runner }

// Group returns the commands on epics.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	return usage.Group("epic", "Epics: goals that stories with a label lead to", c.list(), c.show(), c.save(), c.add(), c.edit(), c.move(), c.delete())
}

// all are a project's epics in their order.
func all(ctx context.Context, s *opened) ([]listed, error) {
	list, err := s.Service.Epics.Epics(ctx, s.Project.ID)
	now := time.Now()
	each := make([]listed, len(list))
	for i, f := range list {
		each[i] = listed{f, i + 1, now}
	}
	return each, err
}

// print prints an epic as it is now.
func (c commands) print(ctx context.Context, s *opened, id tracker.EpicID) error {
	list, err := all(ctx, s)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(l listed) bool { return l.Epic.ID == id })
	if i < 0 {
		return tracker.Errorf(tracker.CodeNotFound, "there is no epic %s", id)
	}
	return output.Object(c.Printer(), epics(), list[i])
}

func (c commands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the project's epics in their order", Example: "storydesk epic list", Args: usage.Takes(),
		Long: `List the project's epics in their order. DONE is the accepted share of the points, or
of the stories where none has points. FINISH is the last day of the iteration that the
last story is planned for.`,
		RunE: c.InProject(func(ctx context.Context, s *opened, _ []string) error {
			list, err := all(ctx, s)
			if err != nil {
				return err
			}
			return output.List(c.Printer(), epics(), list)
		}),
	}
}

func (c commands) show() *cobra.Command {
	return &cobra.Command{
		Use: "show EPIC", Short: "Show an epic with its stories and comments", Args: usage.Takes("epic"),
		Long:    "Show an epic with its stories, comments and attachments. EPIC is its number, name or label.",
		Example: "storydesk epic show checkout",
		RunE: c.InProject(func(ctx context.Context, s *opened, args []string) error {
			d, err := s.Service.Epics.Epic(ctx, s.Project.ID, args[0])
			if err != nil {
				return err
			}
			list, err := all(ctx, s)
			if err != nil {
				return err
			}
			place := 1 + slices.IndexFunc(list, func(l listed) bool { return l.Epic.ID == d.Epic.ID })
			l := listed{d.Figures, place, d.At}
			return output.Full(c.Printer(), output.Presenter[listed]{Record: func(l listed) any { return recordDetail(l, d) }}, l, sheet(l, d))
		}),
	}
}

// save saves a copy of an attachment, which came with an import.
func (c commands) save() *cobra.Command {
	var replace bool
	cmd := &cobra.Command{
		Use: "save EPIC ATTACHMENT FILE", Short: "Save a copy of an epic's attachment to a file",
		Long:    "Save a copy of an attachment that an epic was imported with. `epic show` lists them by their numbers.",
		Example: "storydesk epic save checkout 3 plan.pdf", Args: usage.Takes("epic", "attachment", "file"),
		RunE: c.InProject(func(ctx context.Context, s *opened, args []string) error {
			id, err := usage.ParseAttachment(args[1], "storydesk epic show")
			if err != nil {
				return err
			}
			saved, err := s.Service.Epics.ExportFile(ctx, s.Project.ID, args[0], id, args[2], replace)
			if err != nil {
				return err
			}
			if c.Flags.JSON {
				return c.Printer().JSON(recordFile(saved))
			}
			return c.Printer().Line(plaintext.Line(saved.Name + " saved to " + args[2]))
		}),
	}
	cmd.Flags().BoolVar(&replace, "force", false, "replace the file if it exists")
	return cmd
}

func recordDetail(l listed, d epic.Detail) any {
	r := detailRecord{record: recordOf(l), StoryIDs: []tracker.StoryID{}, Comments: []commentRecord{}, Files: []fileRecord{}}
	for _, f := range d.Files {
		r.Files = append(r.Files, recordFile(f))
	}
	for _, c := range d.Cards {
		r.StoryIDs = append(r.StoryIDs, c.ID)
	}
	for _, c := range d.Comments {
		r.Comments = append(r.Comments, commentRecord{c.ID, c.Author, c.Text, output.Stamp(c.CreatedAt)})
	}
	return r
}

// fields are an epic's own fields as flags give them.
type fields struct{ name, label, description string }

func (f *fields) bind(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.name, "name", "", "the epic's name")
	cmd.Flags().StringVar(&f.label, "label", "", "the label that its stories carry")
	cmd.Flags().StringVar(&f.description, "description", "", "description; - reads it from standard input")
}

// read reads the description from standard input where that is asked for.
func (f *fields) read(c commands) (err error) {
	if f.description == "-" {
		const longestCharacter = 4
		f.description, err = c.ReadInput(tracker.MaxStoryDescription*longestCharacter, "description")
	}
	return err
}

func (c commands) add() *cobra.Command {
	var f fields
	cmd := &cobra.Command{
		Use: "add", Short: "Add an epic at the end of the list", Args: usage.Takes(),
		Long: `Add an epic at the end of the list. Without --label, its label is its name in lower
case. The stories that carry the label already are the epic's.`,
		Example: `storydesk epic add --name "Pay in one step" --label checkout`,
	}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, _ []string) error {
		if err := f.read(c); err != nil {
			return err
		}
		e, err := s.Service.Epics.AddEpic(ctx, tracker.Epic{ProjectID: s.Project.ID, Name: f.name, Label: f.label, Description: f.description})
		if err != nil {
			return err
		}
		return c.print(ctx, s, e.ID)
	})
	f.bind(cmd)
	return cmd
}

func (c commands) edit() *cobra.Command {
	var f fields
	cmd := &cobra.Command{
		Use: "edit EPIC", Short: "Change an epic's name, label or description", Args: usage.Takes("epic"),
		Long: `Change an epic's name, label or description. With another label, the stories that carry
that one are the epic's; "story label rename" renames the label on its stories too.`,
		Example: `storydesk epic edit checkout --name "Pay in one step"`,
	}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, args []string) error {
		if err := usage.SomeOf(cmd.Flags(), "name", "label", "description"); err != nil {
			return err
		}
		if err := f.read(c); err != nil {
			return err
		}
		given := func(flag string, value *string) *string {
			if cmd.Flags().Changed(flag) {
				return value
			}
			return nil
		}
		e, err := s.Service.Epics.EditEpic(ctx, s.Project.ID, args[0], epic.Edit{
			Name: given("name", &f.name), Label: given("label", &f.label), Description: given("description", &f.description),
		})
		if err != nil {
			return err
		}
		return c.print(ctx, s, e.ID)
	})
	f.bind(cmd)
	return cmd
}

func (c commands) move() *cobra.Command {
	var before, after string
	var top, bottom bool
	cmd := &cobra.Command{
		Use: "move EPIC", Short: "Move an epic among the others", Args: usage.Takes("epic"),
		Example:     "storydesk epic move checkout --before search",
		Annotations: map[string]string{"before": "EPIC", "after": "EPIC"},
	}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, args []string) error {
		if err := usage.Exclusive(cmd.Flags(), "before", "after", "top", "bottom"); err != nil {
			return err
		}
		to := epic.Place{Bottom: bottom}
		for ref, id := range map[*string]*tracker.EpicID{&before: &to.Before, &after: &to.After} {
			if *ref == "" {
				continue
			}
			beside, err := s.Service.Epics.Epic(ctx, s.Project.ID, *ref)
			if err != nil {
				return err
			}
			*id = beside.Epic.ID
		}
		if to == (epic.Place{}) && !top {
			return tracker.Invalid("before", "say where the epic goes: --before, --after, --top or --bottom")
		}
		e, err := s.Service.Epics.MoveEpic(ctx, s.Project.ID, args[0], to)
		if err != nil {
			return err
		}
		return c.print(ctx, s, e.ID)
	})
	cmd.Flags().StringVar(&before, "before", "", "the epic above which it goes")
	cmd.Flags().StringVar(&after, "after", "", "the epic below which it goes")
	cmd.Flags().BoolVar(&top, "top", false, "move it to the top")
	cmd.Flags().BoolVar(&bottom, "bottom", false, "move it to the end")
	return cmd
}

func (c commands) delete() *cobra.Command {
	var sure prompt.Confirmation
	cmd := &cobra.Command{
		Use: "delete EPIC", Short: "Delete an epic; its stories keep the label", Args: usage.Takes("epic"),
		Long:    "Delete an epic. Its stories keep the label. It asks first; without a terminal it needs --yes.",
		Example: "storydesk epic delete checkout",
		RunE: c.InProject(func(ctx context.Context, s *opened, args []string) error {
			d, err := s.Service.Epics.Epic(ctx, s.Project.ID, args[0])
			if err != nil {
				return err
			}
			if err := sure.Confirm(ctx, c.Prompter(false), "delete "+d.Epic.ID.String(), "Its stories keep the label."); err != nil {
				return err
			}
			if _, err := s.Service.Epics.DeleteEpic(ctx, s.Project.ID, d.Epic.ID.String()); err != nil {
				return err
			}
			deleted := epics()
			deleted.Summary = func(l listed) string { return "deleted " + l.Epic.ID.String() + ": " + l.Epic.Name }
			return output.Object(c.Printer(), deleted, listed{d.Figures, 0, d.At})
		}),
	}
	sure.Bind(cmd)
	return cmd
}
