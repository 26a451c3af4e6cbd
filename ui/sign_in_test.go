package ui

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
)

// beginSignIn fills in a new integration, consents to keep its tokens in the
// database and saves it; the sign-in begins.
func (w *world) beginSignIn() *integrations.Form {
	w.t.Helper()
	w.press("a")
	p := w.formAtHand()
	w.fill(p, map[string]string{present.FieldName: "Support EU", present.FieldURL: "acme-eu", present.FieldClientID: "storydesk", present.FieldView: "360001234"})
	p.Focus(present.FieldConsent)
	w.press("space", "ctrl+s")
	w.until("the sign-in has begun", func() bool {
		s, ok := w.top().(*integrations.SignIn)
		return ok && s.Disabled(intent.ActCopyURL) == ""
	})
	return p
}

// saved is the secret that is saved for the project's only integration.
func (w *world) saved() string {
	w.t.Helper()
	secret, err := w.svc.Secrets.Secret(w.t.Context(), w.only().ID)
	if err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
		w.t.Fatal(err)
	}
	return secret
}

func TestSavingWithOAuthSignsIn(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	w.beginSignIn()
	w.see("Allow storydesk in the browser that opened.")
	w.until("the browser is opened", func() bool { return len(w.opened) == 1 })
	if w.opened[0] != w.browser.URL() {
		t.Errorf("opened %s", w.opened[0])
	}
	w.press("y")
	w.see("Copied https://acme-eu.zendesk.com/oauth/")
	w.browser.codes <- goodCode
	w.see("Support EU is signed in as ada@acme.com")
	if !w.onBoard() {
		t.Errorf("on top is %T, want the board", w.top())
	}
	in := w.only()
	if in.Auth != tracker.AuthOAuth || in.ClientID != "storydesk" || in.Email != "ada@acme.com" || w.saved() != "tokens" {
		t.Errorf("integration = %+v, secret %q", in, w.saved())
	}
	if text, err := w.svc.Settings.Draft(t.Context(), "integration/new/1"); err != nil || text != "" {
		t.Errorf("the draft is still saved: %q, %v", text, err)
	}
}

// The browser may be on another machine, or the port another program's.
func TestSignInByPasting(t *testing.T) {
	for _, taken := range []bool{false, true} {
		w := newWorld(t).start(120, 40)
		w.browser.taken = taken
		w.settings()
		w.beginSignIn()
		if taken {
			w.see("! port 8765 is in use: paste the address")
		}
		w.press("p").write("http://127.0.0.1:8765/callback?code=c0de&state=other").press("enter")
		w.see("! this address belongs to another sign-in")
		if taken {
			w.press("p").write(goodAddress).press("enter")
		} else {
			w.send(tea.PasteMsg{Content: goodAddress + "\n"})
		}
		w.see("Support EU is signed in")
		if w.saved() != "tokens" {
			t.Errorf("secret = %q", w.saved())
		}
	}
}

func TestSignInWithoutABrowser(t *testing.T) {
	w := newWorld(t)
	w.options.OpenBrowser = func(string) error { return errors.New("no such program") }
	w.start(120, 40)
	w.settings()
	w.beginSignIn()
	w.see("! the browser could not be opened: no such program")
	w.press("p") // the prompt goes with the dialogue
	w.browser.codes <- goodCode
	w.see("Support EU is signed in")
}

func TestSignInIsStopped(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	p := w.beginSignIn()
	w.press("esc")
	w.see("Support EU is saved, but not signed in")
	<-w.browser.over
	if w.top() != pane.Pane(p) || w.saved() != "" {
		t.Errorf("on top is %T, secret %q", w.top(), w.saved())
	}
	w.press("ctrl+s")
	w.see("Allow storydesk in the browser")
	w.browser.codes <- goodCode
	w.see("Support EU is signed in")
	w.only()
}

func TestFailedSignInIsShownInTheForm(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	p := w.beginSignIn()
	w.browser.codes <- "stale"
	w.see("Zendesk does not know this code")
	w.until("the form is back", func() bool { return w.top() == pane.Pane(p) })
	p.Focus(present.FieldConsent)
	w.press("space", "ctrl+s")
	w.see("! no keyring is available")
	if p.Focused() != present.FieldConsent {
		t.Errorf("focus on %q", p.Focused())
	}
}

// signedOut makes the project's only integration one that OAuth let in once.
func (w *world) signedOut() {
	w.t.Helper()
	d := w.only().Draft()
	d.Auth, d.ClientID = tracker.AuthOAuth, "storydesk"
	in, err := w.svc.Accounts.EditIntegration(w.t.Context(), d)
	if err == nil {
		err = w.svc.Store.Write(w.t.Context(), func(tx tracker.Writer) error {
			if in, err = tx.Integration(in.ID); err != nil {
				return err
			}
			in.PausedReason = "sign in again"
			return tx.SaveIntegration(&in)
		})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestPausedIntegrationSignsInAgain(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.signedOut()
	w.start(120, 40)
	w.settings()
	w.press("s")
	w.see("Save the tokens unencrypted in the database file?")
	w.press("y")
	w.see("Allow storydesk in the browser")
	w.browser.codes <- goodCode
	w.see("Support is signed in")
	if in := w.only(); in.PausedReason != "" || w.saved() != "tokens" {
		t.Errorf("paused %q, secret %q", in.PausedReason, w.saved())
	}
	// Once agreed, it is not asked again.
	w.press("s")
	w.see("Allow storydesk in the browser")
	w.press("esc")
	w.see("Support: sign-in cancelled")
}

func TestNoBrowserForAnAPIToken(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.settings()
	w.press("s")
	w.see("Support signs in with API token, which needs no browser")
}

func TestIntegrationFormShowsTheFieldsOfTheMethod(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.settings()
	w.press("a")
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
			w.see(label)
		}
		for _, label := range c.hidden {
			if strings.Contains(w.screen(), label) {
				t.Errorf("%s: %q is shown", c.method, label)
			}
		}
		w.press("right")
	}
	p.Focus(present.FieldClientID)
	w.see("http://127.0.0.1:8765/callback")
}

// What was typed for one method is not sent with another.
func TestHiddenFieldsAreNotSaved(t *testing.T) {
	w := newWorld(t).start(120, 40)
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
	w := newWorld(t).start(120, 40)
	w.settings()
	w.beginSignIn()
	w.see("invalid redirect URL")
	w.see("add read and tickets:write to the client's Allowed scopes")
	if strings.Contains(w.screen(), "Likely causes") {
		t.Error("causes are listed at once")
	}
	w.press("esc")
	w.see("is saved, but not signed in")
}

func TestASignInThatCannotBeRenewedIsReported(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.browser.warning = "no refresh token: this sign-in ends soon"
	w.settings()
	w.beginSignIn()
	w.browser.codes <- goodCode
	w.see("no refresh token: this sign-in ends soon")
}
