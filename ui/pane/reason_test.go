package pane

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// Where a sign-in has ended, the board adds the key of the screen that renews it,
// as the user has chosen it.
func TestEndedSignInNamesTheKey(t *testing.T) {
	h := NewHost(t.Context(), func(error) {}, nil)
	h.Keys = keymap.New(keymap.Defaults([]keymap.Action{{ID: intent.ActIntegrations, Scope: keymap.ScopeGlobal, Keys: keymap.Bind("f2", "integrations", "f2")}}))
	got := h.Reason(&tracker.Error{Code: tracker.CodeUnauthorized, Reason: tracker.ReasonSignedOut, Message: "Support is not signed in"})
	if want := "Support is not signed in; sign in again in the integrations: f2"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
