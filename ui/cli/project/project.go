package project

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/projectsetting"
)

// commands are the commands on projects.
type commands struct{ runner }

// Group returns the commands on projects.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	return usage.Group("project", "Projects: separate backlogs", c.list(), c.add(), c.edit(), c.use(), c.plan())
}

// listedProject is a project as commands print it.
type listedProject struct {
	tracker.Project
	// used is true for the project that commands work on when they name none.
	used bool
}

func projects() output.Presenter[listedProject] {
	return output.Presenter[listedProject]{
		None: "no projects", Record: recordProject,
		Columns: []string{"ID", "DEFAULT", "POINTS", "ITERATION", "NAME"},
		Cells: func(p listedProject) []string {
			used := ""
			if p.used {
				used = "yes"
			}
			return []string{
				strconv.FormatInt(int64(p.ID), 10), used, tracker.FormatPointScale(p.PointScale), iteration(p.Project), p.Name,
			}
		},
		Summary: func(p listedProject) string {
			return "project " + p.Name + ": points " + tracker.FormatPointScale(p.PointScale) + ", iterations of " + iteration(p.Project)
		},
	}
}

// print prints a project after a change, and says so when commands no
// longer know which project to work on.
func (c commands) print(ctx context.Context, s *opened, p tracker.Project) error {
	used := used(ctx, s)
	if err := output.Object(c.Printer(), projects(), listedProject{p, p.ID == used}); err != nil {
		return err
	}
	c.askForChoice(used)
	return nil
}

// used is the project that commands work on when they have no --project, 0 when
// none is chosen.
func used(ctx context.Context, s *opened) tracker.ProjectID {
	p, err := s.UsualProject(ctx)
	if err != nil {
		return 0
	}
	return p.ID
}

// askForChoice says what to do while no project is chosen for commands.
func (c commands) askForChoice(used tracker.ProjectID) {
	if used == 0 && !c.Flags.JSON {
		c.Complain("commands need --project, until `storydesk project use NAME` chooses one\n")
	}
}

func iteration(p tracker.Project) string {
	return tracker.Counted(p.IterationWeeks, "week", "weeks") + " starting " + p.WeekStart.String()
}

func weekday(d time.Weekday) string { return strings.ToLower(d.String()) }

func (c commands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the projects", Example: "storydesk project list", Args: usage.Takes(),
		Long: `List the projects. DEFAULT marks the one that commands work on when they have no
--project: that of STORYDESK_PROJECT, else the only one, else the one chosen with
storydesk project use.`,
		RunE: c.With(func(ctx context.Context, s *opened, _ []string) error {
			used := used(ctx, s) // before the list: the first use makes a project
			list, err := s.Service.Projects.Projects(ctx)
			if err != nil {
				return err
			}
			listed := make([]listedProject, len(list))
			for i, p := range list {
				listed[i] = listedProject{p, p.ID == used}
			}
			if err := output.List(c.Printer(), projects(), listed); err != nil {
				return err
			}
			c.askForChoice(used)
			return nil
		}),
	}
}

func (c commands) use() *cobra.Command {
	return &cobra.Command{
		Use: "use PROJECT", Short: "Choose the project that commands work on",
		Long: `Choose the project that commands work on when they have no --project and
STORYDESK_PROJECT is not set. The board remembers its own project.`,
		Example: `storydesk project use "Acme Mobile"`, Args: usage.Takes("project"),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			p, err := s.Service.Projects.UseProject(ctx, args[0])
			if err != nil {
				return err
			}
			used := used(ctx, s)
			shown := projects()
			shown.Summary = func(p listedProject) string { return "commands now use project " + p.Name }
			if err := output.Object(c.Printer(), shown, listedProject{p, p.ID == used}); err != nil {
				return err
			}
			if p.ID != used && !c.Flags.JSON {
				c.Complain("%s is set and takes precedence\n", session.EnvProject)
			}
			return nil
		}),
	}
}

func (c commands) add() *cobra.Command {
	settings := projectsetting.All()
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Add a project", Example: `storydesk project add "Acme Mobile" --points 0,1,2,4,8`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && cmd.Flags().Lookup("name").Value.String() == "" {
				return usage.Missing(cmd, "name")
			}
			return usage.AtMost(cmd, args, 1)
		},
	}
	cmd.RunE = c.With(func(ctx context.Context, s *opened, args []string) error {
		p := tracker.NewProject("")
		if err := apply(cmd.Flags(), &p, settings); err != nil {
			return err
		}
		p.Name = cmp.Or(strings.Join(args, ""), p.Name)
		p, err := s.Service.Projects.AddProject(ctx, p)
		if err != nil {
			return err
		}
		return c.print(ctx, s, p)
	})
	bind(cmd, settings)
	return cmd
}

func (c commands) edit() *cobra.Command {
	settings := projectsetting.All()
	var rehearsed bool
	var iteration int
	cmd := &cobra.Command{
		Use: "edit PROJECT", Short: "Change a project",
		Long: `Change a project, and say what becomes of its plan. --strength and --length are of
one iteration, which --iteration names: storydesk project plan lists their numbers.`,
		Example: `storydesk project edit "Acme Mobile" --name "Acme Apps" --weeks 2
storydesk project edit "Acme Mobile" --iteration 14 --strength 50`, Args: usage.Takes("project"),
	}
	cmd.RunE = c.With(func(ctx context.Context, s *opened, args []string) error {
		if !changesSome(cmd.Flags(), settings) {
			return tracker.Invalid("", "say what to change, such as --name or --weeks")
		}
		p, err := s.Service.Projects.Project(ctx, args[0])
		if err != nil {
			return err
		}
		if err := apply(cmd.Flags(), &p, settings); err != nil {
			return err
		}
		if err := applyToIteration(cmd.Flags(), &p, iteration); err != nil {
			return err
		}
		effect, err := s.Service.Projects.Effect(ctx, p)
		if err != nil {
			return err
		}
		if !rehearsed {
			if p, err = s.Service.Projects.SaveProject(ctx, p); err != nil {
				return err
			}
		}
		return output.Object(c.Printer(), edited(effect), listedProject{p, p.ID == used(ctx, s)})
	})
	bind(cmd, settings)
	bindIteration(cmd, &iteration)
	cmd.Flags().BoolVar(&rehearsed, "dry-run", false, "say what would become of the plan, and save nothing")
	return cmd
}

// edited prints a project with what its change does to the plan.
func edited(effect []string) output.Presenter[listedProject] {
	shown := projects()
	summary := shown.Summary
	shown.Summary = func(p listedProject) string { return summary(p) + ". " + strings.Join(effect, " ") }
	shown.Record = func(p listedProject) any { return editedRecord{recordOf(p), effect} }
	return shown
}
