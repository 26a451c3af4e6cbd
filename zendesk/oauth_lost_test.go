package zendesk_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// A renewal whose answer is lost leaves the new tokens with Zendesk alone: the
// next one finds the old ones dead, and asks for a new sign-in.
func TestLostAnswerOfARenewal(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	a.signIn()
	a.ExpireTokens()
	if err := a.AddFaults(sandbox.Fault{Path: "/oauth/tokens", Apply: true, Answer: "reset"}); err != nil {
		t.Fatal(err)
	}
	_, err := a.account().Me(t.Context())
	wantCode(t, "the lost answer", err, tracker.CodeUnavailable)
	_, err = a.account().Me(t.Context())
	wantCode(t, "afterwards", err, tracker.CodeUnauthorized)
}

// One that never arrived is repeated with the same token.
func TestRenewalThatNeverArrived(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	a.signIn()
	a.ExpireTokens()
	if err := a.AddFaults(sandbox.Fault{Path: "/oauth/tokens", Answer: "reset-unread"}); err != nil {
		t.Fatal(err)
	}
	d := a.account()
	_, err := d.Me(t.Context())
	wantCode(t, "the request that was cut off", err, tracker.CodeUnavailable)
	if _, err := d.Me(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
