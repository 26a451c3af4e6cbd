package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/ui/cli/session"
)

// Commands are all commands, to be described: with the places of files as they are named
// in the documentation, not as they are on this machine.
func Commands() *cobra.Command {
	return root(&session.Program{Dependencies: session.Dependencies{
		DatabasePath: "$XDG_DATA_HOME/storydesk/storydesk.db",
		LogPath:      "$XDG_STATE_HOME/storydesk/storydesk.log",
	}}, nil)
}

// CommandTable returns all commands that the help lists as Markdown tables, one for each
// group, for the documentation.
func CommandTable() string {
	var alone, groups strings.Builder
	for _, cmd := range Commands().Commands() {
		switch {
		case !cmd.IsAvailableCommand():
		case cmd.HasAvailableSubCommands():
			fmt.Fprintf(&groups, "\n**%s**\n\n| command | what it does |\n|---|---|\n", cmd.Short)
			eachCommand(cmd, func(c *cobra.Command) { commandRow(&groups, c) })
		default:
			commandRow(&alone, cmd)
		}
	}
	return "| command | what it does |\n|---|---|\n" + alone.String() + groups.String()
}

// eachCommand calls f for each command below a group that can be run.
func eachCommand(group *cobra.Command, f func(*cobra.Command)) {
	for _, cmd := range group.Commands() {
		if !cmd.IsAvailableCommand() {
			continue
		}
		if cmd.Runnable() {
			f(cmd)
		}
		eachCommand(cmd, f)
	}
}

// commandRow writes a command's row.
func commandRow(b *strings.Builder, cmd *cobra.Command) {
	cell := strings.NewReplacer("|", `\|`)
	path := strings.TrimSuffix(cmd.UseLine(), " [flags]")
	fmt.Fprintf(b, "| `%s` | %s |\n", cell.Replace(path), cell.Replace(cmd.Short))
}
