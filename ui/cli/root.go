package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"storydesk/docs"
	"storydesk/ui/cli/board"
	"storydesk/ui/cli/completion"
	"storydesk/ui/cli/config"
	"storydesk/ui/cli/database"
	"storydesk/ui/cli/delivery"
	"storydesk/ui/cli/doctor"
	"storydesk/ui/cli/epic"
	"storydesk/ui/cli/find"
	"storydesk/ui/cli/integration"
	"storydesk/ui/cli/keys"
	"storydesk/ui/cli/person"
	"storydesk/ui/cli/project"
	"storydesk/ui/cli/report"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/setting"
	"storydesk/ui/cli/story"
	"storydesk/ui/cli/ticket"
	"storydesk/ui/cli/transfer"
	"storydesk/ui/cli/usage"
	"storydesk/ui/cli/worker"
)

// root returns the program's tree of commands.
func root(p *session.Program, maker Maker) *cobra.Command {
	root := &cobra.Command{
		Use:   "storydesk",
		Short: "Zendesk tickets beside your backlog",
		Long: `Zendesk tickets beside your backlog, in the terminal.

Without a command the board opens. Every command prints the object that it
found or changed; with --json as one JSON value on one line. Of several stories
or deliveries all are changed or none. Errors go to standard error. Exit codes:
0 done, 1 failed, 2 wrong usage.

` + "`storydesk help TOPIC` explains " + strings.Join(docs.Names(), ", ") + ".",
		Example: `storydesk
storydesk demo
storydesk story list --column backlog --json
storydesk help search`,
		Args: usage.UnknownCommand,
		RunE: board.Open(group(p, maker, UseCases.board)),
	}
	root.SetFlagErrorFunc(usage.FlagError)
	flags := root.PersistentFlags()
	flags.StringVar(&p.Flags.Database, "db", "", "database path, or postgres://USER@HOST/DATABASE (default $STORYDESK_DB, else "+p.DatabasePath+")")
	flags.StringVar(&p.Flags.Project, "project", "", "name or id of the project to work in (default for commands $"+session.EnvProject+", else the only one, else that of `project use`)")
	flags.BoolVar(&p.Flags.JSON, "json", false, "print JSON")
	flags.BoolVar(&p.Flags.Debug, "debug", false, "write more to the log ("+p.LogPath+")")
	root.AddCommand(
		board.Demo(group(p, maker, UseCases.board)),
		project.Group(group(p, maker, UseCases.project)),
		integration.Group(group(p, maker, UseCases.integration)),
		ticket.Group(group(p, maker, UseCases.ticket)),
		story.Group(group(p, maker, UseCases.story)),
		epic.Group(group(p, maker, UseCases.epic)),
		person.Group(group(p, maker, UseCases.person)),
		find.Command(group(p, maker, UseCases.find)),
		report.Group(group(p, maker, UseCases.report)),
		delivery.Group(group(p, maker, UseCases.delivery)),
		transfer.Import(group(p, maker, UseCases.transfer)),
		transfer.Export(group(p, maker, UseCases.transfer)),
		setting.Group(group(p, maker, UseCases.setting)),
		keys.Group(group(p, maker, UseCases.keys)),
		config.Group(group(p, maker, UseCases.config)),
		syncNow(group(p, maker, UseCases.sync)), worker.Command(group(p, maker, UseCases.worker)), doctor.Command(group(p, maker, UseCases.doctor)), database.Group(p), version(p), completion.Command(p),
	)
	root.SetHelpCommand(help(p))
	if completion.Asked(p.Args) {
		completion.Offer(group(p, maker, UseCases.completion), root)
	}
	return root
}
