package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// confirmation is the word of the user to do what cannot be taken back.
type confirmation struct{ yes bool }

// bind lets the word be given beforehand.
func (c *confirmation) bind(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&c.yes, "yes", false, "do not ask first")
}

// confirm asks on a terminal whether to do a deed, such as "delete S-14", and
// fails unless the answer is yes. Where nobody can be asked it needs --yes.
func (a *app) confirm(ctx context.Context, c confirmation, deed string) error {
	if c.yes {
		return nil
	}
	ask := a.prompter(false)
	if ask == nil {
		return tracker.Invalid("yes", "to %s cannot be taken back: say --yes where nobody can be asked", deed)
	}
	agreed, err := ask.agrees(ctx, strings.ToUpper(deed[:1])+deed[1:]+"? This cannot be taken back.")
	if err == nil && !agreed {
		return tracker.Errorf(tracker.CodeRefused, "nothing was changed")
	}
	return err
}

// agrees asks a question whose answer is no unless it is yes.
func (p *prompter) agrees(ctx context.Context, question string) (bool, error) {
	answer, err := p.answer(ctx, draftText{field: "answer", label: question + " [y/N]"}, "")
	return strings.HasPrefix(strings.ToLower(answer), "y"), err
}
