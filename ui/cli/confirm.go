package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// cannotBeTakenBack is said of a deed that is final.
const cannotBeTakenBack = "This cannot be undone."

// confirmation is the word of the user to do what removes something.
type confirmation struct{ yes bool }

// bind lets the word be given beforehand.
func (c *confirmation) bind(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&c.yes, "yes", false, "do not ask for confirmation")
}

// confirm asks on a terminal whether to do a deed, such as "delete S-14", says what
// that means afterwards, and fails unless the answer is yes. Where nobody can be
// asked it needs --yes.
func (a *app) confirm(ctx context.Context, c confirmation, deed, after string) error {
	if c.yes {
		return nil
	}
	ask := a.prompter(false)
	if ask == nil {
		return tracker.Invalid("yes", "there is no terminal to ask on: add --yes to %s. %s", deed, after)
	}
	agreed, err := ask.agrees(ctx, strings.ToUpper(deed[:1])+deed[1:]+"? "+after)
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
