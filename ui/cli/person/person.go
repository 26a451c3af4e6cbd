package person

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
	"storydesk/ui/present"
)

// record is a person as JSON.
type record struct {
	Name     string   `json:"name"`
	Initials string   `json:"initials"`
	Email    *string  `json:"email"`
	Aliases  []string `json:"aliases"`
	Stories  int      `json:"stories"`
	You      bool     `json:"you"`
}

func people() output.Presenter[person.Use] {
	return output.Presenter[person.Use]{
		None: "no people",
		Record: func(u person.Use) any {
			return record{u.Name, initials(u), output.OrNull(u.Email), append([]string{}, u.Aliases...), u.Stories, u.Me}
		},
		Columns: []string{"NAME", "INITIALS", "E-MAIL", "STORIES", "ALSO"},
		Cells: func(u person.Use) []string {
			name := u.Name
			if u.Me {
				name += " (you)"
			}
			return []string{name, initials(u), u.Email, strconv.Itoa(u.Stories), strings.Join(u.Aliases, ", ")}
		},
		Summary: func(u person.Use) string { return fmt.Sprintf("%s, on %s", u.Name, present.StoryCount(u.Stories)) },
	}
}

func initials(u person.Use) string {
	if u.Initials != "" {
		return u.Initials
	}
	return present.Initials(u.Name)
}

// commands are the commands on people.
type commands struct{ runner }

// Group returns the commands on people.
func Group(p session.Runner[UseCases]) *cobra.Command {
	c := commands{p}
	return usage.Group("person", "People, whose names stand on the stories of all projects",
		c.list(), c.add(), c.edit(),
		c.change("rename PERSON NAME", "Rename a person everywhere", `rename "A. Lovelace" "Ada Lovelace"`, []string{"person", "name"},
			`Rename a person on all stories, comments and reviews, and in the history. The former name
still leads to them: in the settings of others, and in files that are imported.`,
			func(ctx context.Context, p People, args []string) (tracker.Person, error) {
				return p.Rename(ctx, args[0], args[1])
			}),
		c.change("merge PERSON INTO", "Put one person in place of another everywhere", `merge adal "Ada Lovelace"`, []string{"person", "into"},
			`Put the second person in place of the first on all stories, comments and reviews, and in the
history. The first name leads to the second person from then on.`,
			func(ctx context.Context, p People, args []string) (tracker.Person, error) {
				return p.Merge(ctx, args[0], args[1])
			}),
		c.remove())
}

func (c commands) list() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the people", Args: usage.Takes(), Example: "storydesk person list",
		Long: `List the people with the stories of all projects that they own or asked for, and the other
names that lead to them.`,
		RunE: c.With(func(ctx context.Context, s *opened, _ []string) error {
			list, err := s.Service.People.People(ctx)
			if err != nil {
				return err
			}
			return output.List(c.Printer(), people(), list)
		}),
	}
}

// print prints a person as they are now.
func (c commands) print(ctx context.Context, s *opened, name string) error {
	list, err := s.Service.People.People(ctx)
	if err != nil {
		return err
	}
	return c.printOf(list, name)
}

// printOf prints somebody of a list.
func (c commands) printOf(list []person.Use, name string) error {
	i := slices.IndexFunc(list, func(u person.Use) bool { return u.Name == name })
	if i < 0 {
		return tracker.Errorf(tracker.CodeNotFound, "nobody is called %q", name)
	}
	return output.Object(c.Printer(), people(), list[i])
}

func (c commands) add() *cobra.Command {
	var p tracker.Person
	cmd := &cobra.Command{
		Use: "add NAME", Short: "Add a person", Args: usage.Takes("name"), Example: `storydesk person add "Ada Lovelace" --email ada@acme.com`,
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			p.Name = args[0]
			added, err := s.Service.People.Add(ctx, p)
			if err != nil {
				return err
			}
			return c.print(ctx, s, added.Name)
		}),
	}
	cmd.Flags().StringVar(&p.Initials, "initials", "", "initials; default from the name")
	cmd.Flags().StringVar(&p.Email, "email", "", "e-mail address")
	return cmd
}

func (c commands) edit() *cobra.Command {
	var initials, email string
	cmd := &cobra.Command{
		Use: "edit PERSON", Short: "Change a person's initials or e-mail address", Args: usage.Takes("person"),
		Example: `storydesk person edit "Ada Lovelace" --initials AL`,
	}
	flags := cmd.Flags()
	flags.StringVar(&initials, "initials", "", "initials; empty for those of the name")
	flags.StringVar(&email, "email", "", "e-mail address; empty for none")
	cmd.RunE = c.With(func(ctx context.Context, s *opened, args []string) error {
		if err := usage.SomeOf(flags, "initials", "email"); err != nil {
			return err
		}
		given := func(flag string, value *string) *string {
			if flags.Changed(flag) {
				return value
			}
			return nil
		}
		edited, err := s.Service.People.Edit(ctx, args[0], given("initials", &initials), given("email", &email))
		if err != nil {
			return err
		}
		return c.print(ctx, s, edited.Name)
	})
	return cmd
}

// change is a command that changes somebody and prints who they are then.
func (c commands) change(use, short, example string, takes []string, long string, do func(ctx context.Context, p People, args []string) (tracker.Person, error)) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Long: long, Example: "storydesk person " + example, Args: usage.Takes(takes...),
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			changed, err := do(ctx, s.Service.People, args)
			if err != nil {
				return err
			}
			return c.print(ctx, s, changed.Name)
		}),
	}
}

func (c commands) remove() *cobra.Command {
	return &cobra.Command{
		Use: "remove PERSON", Short: "Take a person off the list; their name stays on stories", Args: usage.Takes("person"),
		Example: `storydesk person remove "Ada Lovelace"`,
		RunE: c.With(func(ctx context.Context, s *opened, args []string) error {
			before, err := s.Service.People.People(ctx) // the stories keep the name
			if err != nil {
				return err
			}
			gone, err := s.Service.People.Remove(ctx, args[0])
			if err != nil {
				return err
			}
			return c.printOf(before, gone.Name)
		}),
	}
}
