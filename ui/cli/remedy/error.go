// Package remedy says by which flags and commands one gets around what the domain
// refuses, and applies the remedies of its checks. The domain names neither.
package remedy

import (
	"errors"
	"fmt"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
)

// ForError returns how the sentence of an error goes on: with the flag or the command
// that gets around its reason. It is empty where there is none.
func ForError(e tracker.Error) string {
	switch flag := Flag(e.Reason); e.Reason {
	case tracker.ReasonPending, tracker.ReasonNeedsConsent:
		return " with --" + flag
	case tracker.ReasonHasStory:
		return "; use --" + flag + " to create another"
	case tracker.ReasonPortTaken:
		return "; choose another with --" + flag
	case tracker.ReasonAccepted:
		return "; restart it first"
	case tracker.ReasonUnknownProject:
		return "; `storydesk project list` lists them"
	case tracker.ReasonUnknownIntegration:
		return "; `storydesk integration list` lists them"
	case tracker.ReasonNoIntegration:
		return "; add one with `storydesk integration add`"
	case tracker.ReasonInactive:
		return fmt.Sprintf("; turn it on with `storydesk integration enable %q`", plaintext.Line(e.Subject))
	case tracker.ReasonSignedOut:
		return fmt.Sprintf("; sign in with `storydesk integration login %q`", plaintext.Line(e.Subject))
	case tracker.ReasonSeveralAccounts:
		return "; name one with --integration"
	default:
		return ""
	}
}

// Sentence is an error's sentence with the command or flag that helps.
func Sentence(err error) string {
	var e *tracker.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	return err.Error() + ForError(*e)
}

// Paused returns why an integration is paused, with the command that ends the pause
// by its cause. It is empty where it is not paused.
func Paused(in tracker.Integration) string {
	if in.PausedReason == "" {
		return ""
	}
	command, does := "enable", "turns it on again"
	switch in.PausedCause {
	case tracker.PauseSignedOut:
		command, does = "login", "signs in again"
	case tracker.PauseRejected:
		command, does = "edit", "changes the sign-in"
	case tracker.PauseNoAccount:
		command, does = "edit", "changes the address"
	case tracker.PauseForbidden:
		does += " once this is fixed"
	case tracker.PausePublic, tracker.PauseUnknown:
	}
	return fmt.Sprintf("%s (`storydesk integration %s %q` %s)", in.PausedReason, command, plaintext.Line(in.Name), does)
}

// Flag names the flag that gets around a reason, empty for none.
func Flag(why tracker.Reason) string {
	switch why {
	case tracker.ReasonPending:
		return "drop"
	case tracker.ReasonNeedsConsent:
		return "store-secret-in-db"
	case tracker.ReasonHasStory:
		return "again"
	case tracker.ReasonPortTaken:
		return "port"
	default:
		return ""
	}
}
