package integrations

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/document"
	"storydesk/ui/pane"
	"storydesk/ui/theme"
)

// begunSignIn is a sign-in whose browser has been opened.
type begunSignIn struct{ tracker.SignIn }

func (begunSignIn) URL() string { return "https://acme.zendesk.com/oauth/authorizations/new" }

func (begunSignIn) BrowserErrors() []tracker.BrowserError { return nil }

// When the browser has taken its time, what may be wrong is listed; that another
// sign-in is late says nothing of this one.
func TestLateSignInListsCauses(t *testing.T) {
	p := newSignInPane(&host{Commands: &command.Commands{Host: &pane.Host{}}}, tracker.Integration{Host: "acme.zendesk.com"}, false, nil)
	p.run, p.begun = 2, begunSignIn{}
	shown := func() string {
		w := document.Writer{Theme: theme.New(theme.Options{NoColor: true}), Width: 100}
		p.write(&w)
		return strings.Join(w.Lines, "\n")
	}
	p.Update(signInLate{Run: p.run - 1})
	if got := shown(); strings.Contains(got, "Likely causes") {
		t.Errorf("causes are listed though another sign-in is late:\n%s", got)
	}
	p.Update(signInLate{Run: p.run})
	if got := shown(); !strings.Contains(got, "Nothing has come back for 60 s. Likely causes:") {
		t.Errorf("no causes are listed:\n%s", got)
	}
}
