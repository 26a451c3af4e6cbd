package ui_test

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/integrations"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/uitest"
)

// beginSignIn fills in a new integration, consents to keep its tokens in the
// database and saves it; the sign-in begins.
func (w *world) beginSignIn() *integrations.Form {
	w.T.Helper()
	w.Press("a", "enter")
	p := w.formAtHand()
	w.fill(p, map[string]string{present.FieldName: "Support EU", present.FieldURL: "acme-eu", present.FieldClientID: "storydesk", present.FieldView: "360001234"})
	p.Focus(present.FieldConsent)
	w.Press("space", "ctrl+s")
	w.Until("the sign-in has begun", func() bool {
		s, ok := w.Top().(*integrations.SignIn)
		return ok && s.Disabled(intent.ActCopyURL) == ""
	})
	return p
}

// saved is the secret that is saved for the project's only integration.
func (w *world) saved() string {
	w.T.Helper()
	secret, err := w.Service.Secrets.Secret(w.T.Context(), w.only().ID)
	if err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
		w.T.Fatal(err)
	}
	return secret
}

func TestSavingWithOAuthSignsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	w.beginSignIn()
	w.See("Allow storydesk in the browser that opened.")
	w.Until("the browser is opened", func() bool { return len(w.Opened) == 1 })
	if w.Opened[0] != w.SignIn.URL() {
		t.Errorf("opened %s", w.Opened[0])
	}
	w.Press("y")
	w.See("Copied https://acme-eu.zendesk.com/oauth/")
	w.SignIn.Codes <- uitest.GoodCode
	w.See("Support EU is signed in as ada@acme.com")
	if !w.OnBoard() {
		t.Errorf("on top is %T, want the board", w.Top())
	}
	in := w.only()
	if in.Auth != tracker.AuthOAuth || in.ClientID != "storydesk" || in.Email != "ada@acme.com" || w.saved() != "tokens" {
		t.Errorf("integration = %+v, secret %q", in, w.saved())
	}
	if text, err := w.Service.Settings.Draft(t.Context(), "integration/new/1"); err != nil || text != "" {
		t.Errorf("the draft is still saved: %q, %v", text, err)
	}
}

// The browser may be on another machine, or the port another program's.
func TestSignInByPasting(t *testing.T) {
	t.Parallel()
	for _, taken := range []bool{false, true} {
		w := newWorld(t).Start(120, 40)
		w.SignIn.Taken = taken
		w.settings()
		w.beginSignIn()
		if taken {
			w.See("! port 8765 is in use: paste the address")
		}
		w.Press("p").Write("http://127.0.0.1:8765/callback?code=c0de&state=other").Press("enter")
		w.See("! this address belongs to another sign-in")
		if taken {
			w.Press("p").Write(uitest.GoodAddress).Press("enter")
		} else {
			w.Send(tea.PasteMsg{Content: uitest.GoodAddress + "\n"})
		}
		w.See("Support EU is signed in")
		if w.saved() != "tokens" {
			t.Errorf("secret = %q", w.saved())
		}
	}
}

func TestSignInWithoutABrowser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Options.OpenBrowser = func(string) error { return errors.New("no such program") }
	w.Start(120, 40)
	w.settings()
	w.beginSignIn()
	w.See("! the browser could not be opened: no such program")
	w.Press("p") // the prompt goes with the dialogue
	w.SignIn.Codes <- uitest.GoodCode
	w.See("Support EU is signed in")
}

func TestSignInIsStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.beginSignIn()
	w.Press("esc")
	w.See("Support EU is saved, but not signed in")
	<-w.SignIn.Over
	if w.Top() != pane.Pane(p) || w.saved() != "" {
		t.Errorf("on top is %T, secret %q", w.Top(), w.saved())
	}
	w.Press("ctrl+s")
	w.See("Allow storydesk in the browser")
	w.SignIn.Codes <- uitest.GoodCode
	w.See("Support EU is signed in")
	w.only()
}

func TestFailedSignInIsShownInTheForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.beginSignIn()
	w.SignIn.Codes <- "stale"
	w.See("Zendesk does not know this code")
	w.Until("the form is back", func() bool { return w.Top() == pane.Pane(p) })
	p.Focus(present.FieldConsent)
	w.Press("space", "ctrl+s")
	w.See("! no keyring is available")
	if p.Focused() != present.FieldConsent {
		t.Errorf("focus on %q", p.Focused())
	}
}

// signedOut makes the project's only integration one that OAuth let in once.
func (w *world) signedOut() {
	w.T.Helper()
	w.paused(tracker.AuthOAuth, tracker.PauseSignedOut, "the sign-in to acme.zendesk.com is no longer valid")
}

// paused pauses the project's only integration, which signs in by a method.
func (w *world) paused(auth tracker.AuthMethod, cause tracker.PauseCause, reason string) {
	w.T.Helper()
	d := w.only().Draft()
	d.Auth, d.ClientID = auth, "storydesk"
	if auth != tracker.AuthOAuth {
		d.Secret, d.SecretInDatabase = "secret", true
	}
	in, err := w.Service.Accounts.EditIntegration(w.T.Context(), d)
	if err == nil {
		err = w.Service.Store.Write(w.T.Context(), func(tx tracker.Writer) error {
			if in, err = tx.Integration(in.ID); err != nil {
				return err
			}
			in.PausedCause, in.PausedReason = cause, reason
			return tx.SaveIntegration(&in)
		})
	}
	if err != nil {
		w.T.Fatal(err)
	}
}

func TestPausedIntegrationSignsInAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.signedOut()
	w.Start(120, 40)
	w.settings()
	w.See("no longer valid (s signs in again)")
	w.Press("s")
	w.See("Save the tokens unencrypted in the database file?")
	w.Press("y")
	w.See("Allow storydesk in the browser")
	w.SignIn.Codes <- uitest.GoodCode
	w.See("Support is signed in")
	if in := w.only(); in.PausedReason != "" || w.saved() != "tokens" {
		t.Errorf("paused %q, secret %q", in.PausedReason, w.saved())
	}
	// Once agreed, it is not asked again.
	w.Press("s")
	w.See("Allow storydesk in the browser")
	w.Press("esc")
	w.See("Support: sign-in cancelled")
}

// What ends a pause depends on why it was made; to sign in again helps against one
// cause only.
func TestAPauseSaysWhatEndsIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cause      tracker.PauseCause
		auth       tracker.AuthMethod
		why, helps string
	}{
		{tracker.PauseSignedOut, tracker.AuthOAuth, "no longer valid", "no longer valid (s signs in again)"},
		{tracker.PauseRejected, tracker.AuthOAuth, "rejected the client", "rejected the client (enter edits the sign-in)"},
		{tracker.PauseRejected, tracker.AuthToken, "rejected the API token", "rejected the API token (enter edits the sign-in)"},
		{tracker.PauseNoAccount, tracker.AuthOAuth, "no account", "no account (enter edits the address)"},
		{tracker.PauseForbidden, tracker.AuthOAuth, "Ada may not see it", "Ada may not see it (space turns it on again once this is fixed)"},
		{tracker.PausePublic, tracker.AuthOAuth, "a public comment", "a public comment (space turns it on again)"},
		{tracker.PauseUnknown, tracker.AuthOAuth, "something else", "something else (space turns it on again)"},
	} {
		w := newWorld(t).WithTickets(uitest.Usual()...)
		w.paused(c.auth, c.cause, c.why)
		w.Start(120, 40)
		w.settings()
		w.See("paused: " + c.helps)
		w.Press("space")
		w.See("Support is on")
		if in := w.only(); !in.Sends() || in.PausedCause != "" {
			t.Errorf("still paused: %q, %s", in.PausedReason, in.PausedCause)
		}
	}
}

func TestNoBrowserForAnAPIToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.settings()
	w.Press("s")
	w.See("Support signs in with API token, which needs no browser")
}

func TestIntegrationFormShowsTheFieldsOfTheMethod(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	w.Press("a", "enter")
	p := w.formAtHand()
	for _, c := range []struct {
		method tracker.AuthMethod
		shown  []string
		hidden []string
	}{
		{tracker.AuthOAuth, []string{"‹ OAuth (browser) ›", "Client ID"}, []string{"Email", "Password or token", "Client secret"}},
		{tracker.AuthClient, []string{"‹ client credentials ›", "Client ID", "Client secret"}, []string{"Email", "Password or token"}},
		{tracker.AuthToken, []string{"‹ API token ›", "Email", "Password or token"}, []string{"Client ID", "Client secret"}},
		{tracker.AuthPassword, []string{"‹ password ›", "Email", "Password or token"}, []string{"Client ID", "Client secret"}},
	} {
		p.Focus(present.FieldAuth)
		if got := p.Filled().Auth; got != c.method {
			t.Errorf("%s is offered, want %s", got, c.method)
		}
		for _, label := range c.shown {
			w.See(label)
		}
		for _, label := range c.hidden {
			if strings.Contains(w.Screen(), label) {
				t.Errorf("%s: %q is shown", c.method, label)
			}
		}
		w.Press("right")
	}
	p.Focus(present.FieldClientID)
	w.See("http://127.0.0.1:8765/callback")
}

// What was typed for one method is not sent with another.
func TestHiddenFieldsAreNotSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	w.signInWith(p, tracker.AuthOAuth)
	if d := p.Filled(); d.Secret != "" || d.Email != "" {
		t.Errorf("secret %q, e-mail %q", d.Secret, d.Email)
	}
}

// An error that the browser shows does not come back: what it means is on the
// screen.
func TestWaitingForTheBrowserExplainsItsErrors(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	w.beginSignIn()
	w.See("invalid redirect URL")
	w.See("add read and tickets:write to the client's Allowed scopes")
	if strings.Contains(w.Screen(), "Likely causes") {
		t.Error("causes are listed at once")
	}
	w.Press("esc")
	w.See("is saved, but not signed in")
}

func TestASignInThatCannotBeRenewedIsReported(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.SignIn.Warns = "no refresh token: this sign-in ends soon"
	w.settings()
	w.beginSignIn()
	w.SignIn.Codes <- uitest.GoodCode
	w.See("no refresh token: this sign-in ends soon")
}
