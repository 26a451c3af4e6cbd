package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

func version(p *session.Program) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: usage.Takes(),
		RunE: func(*cobra.Command, []string) error {
			b := p.Build
			if p.Flags.JSON {
				return p.Printer().JSON(struct {
					Version string  `json:"version"`
					Commit  *string `json:"commit"`
					Go      string  `json:"go"`
				}{b.Version, output.OrNull(b.Commit), b.Go})
			}
			line := "storydesk " + b.Version
			if b.Commit != "" {
				line += fmt.Sprintf(" (%.7s)", b.Commit)
			}
			return p.Printer().Line(line + " " + b.Go)
		},
	}
}
