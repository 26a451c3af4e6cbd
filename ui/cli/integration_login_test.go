package cli

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
)

// pendingSignIn is a sign-in that nobody has answered.
type pendingSignIn struct{ tracker.SignIn }

func (pendingSignIn) RedirectURL() string { return "http://127.0.0.1:8765/callback" }

// told passes on what is written.
type told chan string

func (t told) Write(b []byte) (int, error) {
	t <- string(b)
	return len(b), nil
}

// Once the browser has taken its time, the likely causes are listed; not
// before, and not when the answer has come.
func TestLateSignInListsCauses(t *testing.T) {
	words := make(told, 1)
	due := make(chan time.Time)
	var asked time.Duration
	a := &app{Dependencies: Dependencies{Err: words, After: func(d time.Duration) <-chan time.Time {
		asked = d
		return due
	}}}
	a.complainLate(pendingSignIn{})()
	select {
	case text := <-words:
		t.Errorf("said %q though the answer has come", text)
	default:
	}
	stop := a.complainLate(pendingSignIn{})
	due <- time.Time{}
	text := <-words
	stop()
	if asked != tracker.SignInPatience || !strings.Contains(text, "60 s. Likely causes:") || !strings.Contains(text, "--no-browser") {
		t.Errorf("after %s: %q", asked, text)
	}
}
