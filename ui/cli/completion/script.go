package completion

import (
	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/usage"
)

// Command returns the command that prints a shell's script.
func Command(p *session.Program) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	cmd := &cobra.Command{
		Use: "completion SHELL", Short: "Print a shell's completion script: " + tracker.OneOf(shells),
		Example: `source <(storydesk completion bash)
storydesk completion zsh > "${fpath[1]}/_storydesk"
storydesk completion fish > ~/.config/fish/completions/storydesk.fish
storydesk completion powershell | Out-String | Invoke-Expression`,
		Args: usage.Takes("shell"), ValidArgs: shells,
	}
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		root := cmd.Root()
		switch args[0] {
		case "bash":
			return output.Printed(root.GenBashCompletionV2(p.Out, true))
		case "zsh":
			return output.Printed(root.GenZshCompletion(p.Out))
		case "fish":
			return output.Printed(root.GenFishCompletion(p.Out, true))
		case "powershell":
			return output.Printed(root.GenPowerShellCompletionWithDesc(p.Out))
		}
		return tracker.Invalid("shell", "no completion for %q: use %s", args[0], tracker.OneOf(shells))
	}
	return cmd
}
