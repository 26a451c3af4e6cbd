package remedy_test

import (
	"errors"
	"fmt"
	"testing"

	"storydesk/tracker"
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
			remedy.ForCheck(tracker.FailedCheck("connection", &tracker.Error{Reason: tracker.ReasonSignedOut, Subject: "Support", Message: "it ended"})).Text,
			"it ended; sign in with “storydesk integration login \"Support\"”",
		},
		{
			remedy.Paused(tracker.Integration{Name: "Support", Auth: tracker.AuthOAuth, PausedReason: "it ended"}),
			"it ended (`storydesk integration login \"Support\"` signs in again)",
		},
		{remedy.Paused(tracker.Integration{Name: "Support", Auth: tracker.AuthToken, PausedReason: "it ended"}), "it ended"},
		{remedy.Paused(tracker.Integration{Name: "Support", Auth: tracker.AuthOAuth}), ""},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}
