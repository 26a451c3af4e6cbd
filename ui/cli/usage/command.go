package usage

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// Group is a command that only holds others.
func Group(name, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{
		Use: name, Short: short, Args: UnknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return tracker.Invalid("", "%s needs a command: %s", commandName(cmd), strings.Join(Names(cmd), ", "))
		},
	}
	cmd.AddCommand(commands...)
	cmd.Example = strings.Join(examples(commands), "\n")
	return cmd
}

// examples are the first lines of the examples of commands, of the first few that have some.
func examples(commands []*cobra.Command) []string {
	const enough = 4
	var list []string
	for _, cmd := range commands {
		if line, _, _ := strings.Cut(cmd.Example, "\n"); line != "" && len(list) < enough {
			list = append(list, line)
		}
	}
	return list
}

// Names are those of the commands below a command.
func Names(parent *cobra.Command) []string {
	var list []string
	for _, cmd := range parent.Commands() {
		if cmd.IsAvailableCommand() {
			list = append(list, cmd.Name())
		}
	}
	return list
}

// UnknownCommand refuses what is no command's name and says what is like it.
func UnknownCommand(cmd *cobra.Command, args []string) error {
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

// commandName is the name of a command behind the program's, which begins every error.
func commandName(cmd *cobra.Command) string {
	return strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()))
}
