package cli

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/docs"
	"storydesk/tracker"
	"storydesk/tracker/alike"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/topic"
	"storydesk/ui/cli/usage"
)

// usualWidth is that of a page which is not shown on a terminal.
const usualWidth = 80

// help shows a topic, or the help of the command that its arguments name.
func help(p *session.Program) *cobra.Command {
	return &cobra.Command{
		Use: "help [TOPIC | COMMAND]", Short: "Explain a topic, or show the help of a command", Hidden: true,
		ValidArgs: docs.Names(),
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if t, found := docs.Find(strings.Join(args, " ")); found {
				return showTopic(p, t, about)
			}
			if words := append(docs.Names(), usage.Names(cmd.Root())...); len(args) > 0 && about == cmd.Root() {
				hint := cmp.Or(alike.DidYouMean(args[0], words), "; `storydesk --help` lists them")
				return tracker.Invalid("", "there is no topic or command %q%s", args[0], hint)
			}
			if err != nil {
				return err
			}
			if err := usage.UnknownCommand(about, rest); err != nil {
				return err
			}
			return about.Help()
		},
	}
}

// showTopic prints a topic, and how to see the help of the command of the same name.
func showTopic(p *session.Program, t docs.Topic, about *cobra.Command) error {
	width := p.Printer().Width()
	if width == 0 {
		width = usualWidth
	}
	page := topic.Render(t.Page, width)
	if about != nil && about.Name() == t.Name {
		page += fmt.Sprintf("\nThe command: `%s --help`\n", about.CommandPath())
	}
	return p.Printer().Write(page)
}
