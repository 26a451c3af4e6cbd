package remedy

import (
	"fmt"
	"slices"

	"storydesk/tracker/verdict"
)

// ForCheck adds to a check the command by which its remedy is applied.
func ForCheck(c verdict.Check) verdict.Check {
	step := ""
	switch c.Remedy {
	case verdict.RemedyAddIntegration:
		c.Text += "; “storydesk integration add” adds one"
	case verdict.RemedySignIn:
		c.Text += fmt.Sprintf("; sign in with “storydesk integration login %q”", c.Subject)
	case verdict.RemedyEnable:
		step = fmt.Sprintf("fix the cause, then run “storydesk integration enable %q”", c.Subject)
	case verdict.RemedySend:
		step = "run “storydesk sync”: it sends what can be sent, and says what holds the rest"
	case verdict.RemedyConfirm:
		step = "leave storydesk running or run “storydesk sync”: it checks the ticket before sending again"
	case verdict.RemedyDecide:
		step = "run “storydesk delivery list --state parked” to see why; retry or drop each"
	}
	if step != "" {
		c.Steps = append(slices.Clone(c.Steps), step)
	}
	return c
}
