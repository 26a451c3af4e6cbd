package prompt

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// CannotBeUndone is said of what is final.
const CannotBeUndone = "This cannot be undone."

// Confirmation is the word of the user to do what removes something.
type Confirmation struct{ yes bool }

// Bind lets the word be given beforehand.
func (c *Confirmation) Bind(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&c.yes, "yes", false, "do not ask for confirmation")
}

// Confirm asks whether to do a deed, such as "delete S-14", says what
// that means afterwards, and fails unless the answer is yes. Where nobody can be
// asked, which a nil Prompter says, it needs --yes.
func (c *Confirmation) Confirm(ctx context.Context, ask *Prompter, deed, after string) error {
	if c.yes {
		return nil
	}
	if ask == nil {
		return tracker.Invalid("yes", "there is no terminal to ask on: add --yes to %s. %s", deed, after)
	}
	agreed, err := ask.Agrees(ctx, strings.ToUpper(deed[:1])+deed[1:]+"? "+after)
	if err == nil && !agreed {
		return tracker.Errorf(tracker.CodeRefused, "nothing was changed")
	}
	return err
}
