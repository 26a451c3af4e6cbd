package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
)

// Build tells which program this is.
type Build struct {
	// Version is the module's version, "dev" when built from a work tree.
	Version string
	// Commit is the revision it was built from, empty when not known.
	Commit string
	// Go is the version of the Go that built it.
	Go string
}

// ReadBuild reads what the linker wrote into the running program.
func ReadBuild() Build {
	b := Build{Version: "dev", Go: runtime.Version()}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			b.Commit = s.Value
		}
	}
	return b
}

func (a *app) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: takes(),
		RunE: func(*cobra.Command, []string) error {
			b := a.Build
			if a.flags.json {
				return a.out().JSON(struct {
					Version string  `json:"version"`
					Commit  *string `json:"commit"`
					Go      string  `json:"go"`
				}{b.Version, orNull(b.Commit), b.Go})
			}
			line := "storydesk " + b.Version
			if b.Commit != "" {
				line += fmt.Sprintf(" (%.7s)", b.Commit)
			}
			return a.out().Line(line + " " + b.Go)
		},
	}
}

func (a *app) completion() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	cmd := &cobra.Command{
		Use: "completion SHELL", Short: "Print a shell's completion script: " + joinWords(shells),
		Example: `source <(storydesk completion bash)
storydesk completion zsh > "${fpath[1]}/_storydesk"
storydesk completion fish > ~/.config/fish/completions/storydesk.fish
storydesk completion powershell | Out-String | Invoke-Expression`,
		Args: takes("shell"), ValidArgs: shells,
	}
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		root := cmd.Root()
		switch args[0] {
		case "bash":
			return output.Printed(root.GenBashCompletionV2(a.Out, true))
		case "zsh":
			return output.Printed(root.GenZshCompletion(a.Out))
		case "fish":
			return output.Printed(root.GenFishCompletion(a.Out, true))
		case "powershell":
			return output.Printed(root.GenPowerShellCompletionWithDesc(a.Out))
		}
		return tracker.Invalid("shell", "no completion for %q: use %s", args[0], joinWords(shells))
	}
	return cmd
}
