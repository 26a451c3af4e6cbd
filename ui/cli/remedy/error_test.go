package remedy_test

import (
	"errors"
	"fmt"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/remedy"
)

// The domain says that a sign-in has ended; the command line adds the command, also
// where the error is wrapped or was stored as the reason of a pause.
func TestEndedSignInNamesTheCommand(t *testing.T) {
	ended := &tracker.Error{
		Code: tracker.CodeUnauthorized, Reason: tracker.ReasonSignedOut, Subject: "Support\x1b[2J",
		Message: "the sign-in to acme.zendesk.com is no longer valid",
	}
	const says = "the sign-in to acme.zendesk.com is no longer valid; sign in with `storydesk integration login \"Support\"`"
	for _, test := range []struct{ got, want string }{
		{ended.Message + remedy.ForError(*ended), says},
		{remedy.Sentence(fmt.Errorf("Support: %w", ended)), "Support: " + says},
		{remedy.Sentence(errors.New("disk full")), "disk full"},
		{
			remedy.ForCheck(verdict.FailedCheck("connection", &tracker.Error{Reason: tracker.ReasonSignedOut, Subject: "Support", Message: "it ended"})).Text,
			"it ended; sign in with “storydesk integration login \"Support\"”",
		},
		{
			remedy.Paused(tracker.Integration{Name: "Support", PausedReason: "it ended", PausedCause: tracker.PauseSignedOut}),
			"it ended (`storydesk integration login \"Support\"` signs in again)",
		},
		{remedy.Paused(tracker.Integration{Name: "Support", Auth: tracker.AuthOAuth}), ""},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

// The command that ends a pause follows from its cause, not from how one signs in.
func TestAPauseNamesTheCommandThatEndsIt(t *testing.T) {
	for cause, command := range map[tracker.PauseCause]string{
		tracker.PauseRejected:  "`storydesk integration edit \"Support\"` changes the sign-in",
		tracker.PauseNoAccount: "`storydesk integration edit \"Support\"` changes the address",
		tracker.PauseForbidden: "`storydesk integration enable \"Support\"` turns it on again once this is fixed",
		tracker.PausePublic:    "`storydesk integration enable \"Support\"` turns it on again",
		tracker.PauseUnknown:   "`storydesk integration enable \"Support\"` turns it on again",
	} {
		for _, auth := range tracker.AuthMethods() {
			if got := remedy.Paused(tracker.Integration{Name: "Support", Auth: auth, PausedReason: "it failed", PausedCause: cause}); got != "it failed ("+command+")" {
				t.Errorf("%s: %q", cause, got)
			}
		}
	}
}
