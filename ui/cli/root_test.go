package cli

import (
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"storydesk/ui/cli/session"
)

// The help of commands names no key of the board, because the user may have chosen another.
func TestHelpNamesNoKeysOfTheBoard(t *testing.T) {
	named := regexp.MustCompile(`(?i)\bpress\s+\S{1,2}\b`)
	read := 0
	var check func(*cobra.Command)
	check = func(cmd *cobra.Command) {
		read++
		for _, text := range []string{cmd.Short, cmd.Long, cmd.Example, cmd.LocalFlags().FlagUsages()} {
			if found := named.FindString(text); found != "" {
				t.Errorf("%s: %q", cmd.CommandPath(), found)
			}
		}
		for _, sub := range cmd.Commands() {
			check(sub)
		}
	}
	check(root(&session.Program{}, nil))
	if read < 20 {
		t.Errorf("only %d commands were read", read)
	}
}

// The help of each command shows how it is used.
func TestHelpHasAnExample(t *testing.T) {
	var check func(*cobra.Command)
	check = func(cmd *cobra.Command) {
		if !cmd.Hidden && !strings.Contains(cmd.Example, cmd.CommandPath()) {
			t.Errorf("%s has the example %q", cmd.CommandPath(), cmd.Example)
		}
		for _, sub := range cmd.Commands() {
			check(sub)
		}
	}
	check(root(&session.Program{}, nil))
}
