package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// root returns the program's tree of commands.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "storydesk",
		Short: "Zendesk tickets beside your backlog",
		Long: `Zendesk tickets beside your backlog, in the terminal.

Without a command the board opens. Every command prints the object that it
found or changed; with --json as one JSON value on one line. Of several stories
or deliveries all are changed or none. Errors go to standard error. Exit codes:
0 done, 1 failed, 2 wrong usage.`,
		Example: `storydesk
storydesk demo
storydesk story list --column backlog --json`,
		Args: unknownCommand,
		RunE: a.openBoard,
	}
	root.SetFlagErrorFunc(flagError)
	flags := root.PersistentFlags()
	flags.StringVar(&a.flags.db, "db", "", "database path (default $STORYDESK_DB, else "+a.DatabasePath+")")
	flags.StringVar(&a.flags.project, "project", "", "name or id of the project to work in (default for commands $"+envProject+", else the only one, else that of `project use`)")
	flags.BoolVar(&a.flags.json, "json", false, "print JSON")
	flags.BoolVar(&a.flags.debug, "debug", false, "write more to the log ("+a.LogPath+")")
	root.AddCommand(
		a.demo(),
		projectCommands{a}.group(),
		integrationCommands{a}.group(),
		ticketCommands{a}.group(),
		storyCommands{a}.group(),
		deliveryCommands{a}.group(),
		settingCommands{a}.group(),
		keyCommands{a}.group(),
		a.sync(), a.doctor(), a.version(), a.completion(),
	)
	root.SetHelpCommand(help())
	a.offerAll(root)
	return root
}

// help shows the help of the command that its arguments name.
func help() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Show the help of a command", Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil {
				return err
			}
			if err := unknownCommand(about, rest); err != nil {
				return err
			}
			return about.Help()
		},
	}
}

// group is a command that only holds others.
func group(name, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: name, Short: short, Args: unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return tracker.Invalid("", "%s needs a command: %s", commandName(cmd), strings.Join(names(cmd), ", "))
		},
	}
	cmd.AddCommand(commands...)
	return cmd
}

func names(parent *cobra.Command) []string {
	var list []string
	for _, cmd := range parent.Commands() {
		if cmd.IsAvailableCommand() {
			list = append(list, cmd.Name())
		}
	}
	return list
}

// unknownCommand refuses what is no command's name and says what is like it.
func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	like := cmd.SuggestionsFor(args[0])
	hint := ""
	if len(like) > 0 {
		hint = fmt.Sprintf("; did you mean %s?", strings.Join(like, " or "))
	}
	return tracker.Invalid("", "unknown command %q%s", strings.TrimSpace(commandName(cmd)+" "+args[0]), hint)
}

// takes asks for exactly the arguments named.
func takes(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < len(names) {
			return missing(cmd, names[len(args)])
		}
		return atMost(cmd, args, len(names))
	}
}

// takesSome asks for one argument or more.
func takesSome(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return missing(cmd, name)
		}
		return nil
	}
}

// commandName is the name of a command behind the program's, which begins every error.
func commandName(cmd *cobra.Command) string {
	return strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()))
}

func missing(cmd *cobra.Command, name string) error {
	return tracker.Invalid(name, "%s needs %s", commandName(cmd), strings.ToUpper(name))
}

func atMost(cmd *cobra.Command, args []string, n int) error {
	if len(args) > n {
		return tracker.Invalid("", "%s does not take the argument %q", commandName(cmd), args[n])
	}
	return nil
}

// choices offers the shell the values of a flag.
func choices(cmd *cobra.Command, flag string, values ...string) {
	// It fails only for a flag that the same function has not defined.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
