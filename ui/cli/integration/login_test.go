package integration

import (
	"io"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/cli/session"
)

// pendingSignIn is a sign-in that nobody has answered.
type pendingSignIn struct{ tracker.SignIn }

func (pendingSignIn) URL() string { return "https://acme.zendesk.com/oauth/authorizations/new" }

func (pendingSignIn) BrowserErrors() []tracker.BrowserError { return nil }

func (pendingSignIn) Code(pasted string) (string, error) { return strings.TrimSpace(pasted), nil }

func (pendingSignIn) RedirectURL() string { return "http://127.0.0.1:8765/callback" }

// lineWriter sends what is written.
type lineWriter chan string

func (t lineWriter) Write(b []byte) (int, error) {
	t <- string(b)
	return len(b), nil
}

// Once the browser has taken its time, the likely causes are listed; not
// before, and not when the answer has come.
func TestLateSignInListsCauses(t *testing.T) {
	words := make(lineWriter, 1)
	due := make(chan time.Time)
	var asked time.Duration
	c := commands{runner{Program: &session.Program{Dependencies: session.Dependencies{Err: words, After: func(d time.Duration) <-chan time.Time {
		asked = d
		return due
	}}}}}
	c.complainLate("")()
	select {
	case text := <-words:
		t.Errorf("printed %q although the answer has arrived", text)
	default:
	}
	stop := c.complainLate("  another cause\n")
	due <- time.Time{}
	text := <-words
	stop()
	if asked != tracker.SignInHelpAfter || !strings.Contains(text, "60 s. Likely causes:") || !strings.Contains(text, "another cause") {
		t.Errorf("after %s: %q", asked, text)
	}
}

// A user who pastes the address gets the list, too.
func TestLatePasteListsCauses(t *testing.T) {
	words := make(lineWriter, 1)
	due := make(chan time.Time)
	in, pasted := io.Pipe()
	c := commands{runner{Program: &session.Program{Dependencies: session.Dependencies{In: in, Err: words, After: func(time.Duration) <-chan time.Time { return due }}}}}
	codes := make(chan string, 1)
	go func() {
		code, err := c.paste(t.Context(), pendingSignIn{})
		if err != nil {
			t.Error(err)
		}
		codes <- code
	}()
	if text := <-words; !strings.Contains(text, "Paste that whole address here") {
		t.Errorf("printed %q", text)
	}
	due <- time.Time{}
	if text := <-words; !strings.Contains(text, "60 s. Likely causes:") || !strings.Contains(text, "nobody has pressed Allow yet") {
		t.Errorf("printed %q", text)
	}
	if _, err := pasted.Write([]byte("c0de\n")); err != nil {
		t.Fatal(err)
	}
	if code := <-codes; code != "c0de" {
		t.Errorf("code %q", code)
	}
}
