package prompt

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"storydesk/tracker"
)

// CannotBeUndone ends questions about what is final.
const CannotBeUndone = "This cannot be undone."

// Confirmation is the user's consent to a removal.
type Confirmation struct{ yes bool }

// Bind adds the flag that gives consent in advance.
func (c *Confirmation) Bind(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&c.yes, "yes", false, "do not ask for confirmation")
}

// Confirm asks whether to do an action, such as "delete S-14", says what
// that means afterwards, and fails unless the answer is yes. Where nobody can be
// asked, which a nil Prompter says, it needs --yes.
func (c *Confirmation) Confirm(ctx context.Context, ask *Prompter, action, after string) error {
	if c.yes {
		return nil
	}
	if ask == nil {
		return tracker.Invalid("yes", "there is no terminal to ask on: add --yes to %s. %s", action, after)
	}
	agreed, err := ask.Agrees(ctx, strings.ToUpper(action[:1])+action[1:]+"? "+after)
	if err == nil && !agreed {
		return tracker.Errorf(tracker.CodeRefused, "nothing was changed")
	}
	return err
}
