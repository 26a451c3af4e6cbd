package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

func version(p *session.Program) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Example: "storydesk version", Args: usage.Takes(),
		RunE: func(*cobra.Command, []string) error {
			b := p.Build
			if p.Flags.JSON {
				return p.Printer().JSON(struct {
					Version string     `json:"version"`
					Commit  *string    `json:"commit"`
					Date    *time.Time `json:"date"`
					Go      string     `json:"go"`
					SQLite  string     `json:"sqlite"`
				}{b.Version, output.OrNull(b.Commit), output.OrNull(b.Time), b.Go, b.SQLite})
			}
			line := "storydesk " + b.Version
			if b.Commit != "" {
				line += fmt.Sprintf(" (%.7s of %s)", b.Commit, b.Time.UTC().Format(time.DateOnly))
			}
			return p.Printer().Line(line + ", " + b.Go + ", SQLite " + b.SQLite)
		},
	}
}
