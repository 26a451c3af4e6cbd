package uitest

import (
	"context"
	"net/url"
	"strings"

	"storydesk/tracker"
)

// SignIn is a sign-in whose browser the test plays. As the real one it
// takes no answer to another sign-in, and exchanges no code but the one it gave.
type SignIn struct {
	// Codes brings what the browser came back with.
	Codes chan string
	// Over takes one value each time that nobody listens any more.
	Over chan struct{}
	// Taken is true when the port to come back to is another's.
	Taken bool
	// Warns is what it says of the tokens.
	Warns string
}

// GoodCode is what the browser comes back with, to GoodAddress.
const (
	GoodCode    = "c0de"
	GoodAddress = "http://127.0.0.1:8765/callback?code=" + GoodCode + "&state=st4te"
)

func newSignIn() *SignIn {
	return &SignIn{Codes: make(chan string, 1), Over: make(chan struct{}, 8)}
}

// URL returns what the browser opens.
func (s *SignIn) URL() string {
	return "https://acme-eu.zendesk.com/oauth/authorizations/new?client_id=storydesk&code_challenge=" + strings.Repeat("x", 43) +
		"&code_challenge_method=S256&redirect_uri=" + url.QueryEscape(s.RedirectURL()) + "&response_type=code&scope=read+write&state=st4te"
}

// Warning returns what it says of the tokens.
func (s *SignIn) Warning() string { return s.Warns }

// BrowserErrors returns what the browser may show instead.
func (s *SignIn) BrowserErrors() []tracker.BrowserError {
	return []tracker.BrowserError{
		{Message: "invalid redirect URL", Meaning: "add it to the client's Redirect URLs"},
		{Message: "invalid_scope", Meaning: "add read and tickets:write to the client's Allowed scopes"},
	}
}

// RedirectURL returns where the browser comes back to.
func (s *SignIn) RedirectURL() string { return "http://127.0.0.1:8765/callback" }

// Receive waits until the browser comes back.
func (s *SignIn) Receive(ctx context.Context, ready func() error) (string, error) {
	if s.Taken {
		return "", &tracker.Error{Code: tracker.CodeUnavailable, Reason: tracker.ReasonPortTaken, Message: "port 8765 of this machine is taken"}
	}
	defer func() { s.Over <- struct{}{} }()
	if err := ready(); err != nil {
		return "", err
	}
	select {
	case code := <-s.Codes:
		return code, nil
	case <-ctx.Done():
		return "", &tracker.Error{Code: tracker.CodeUnavailable, Message: "no answer came from the browser", Err: ctx.Err()}
	}
}

// Code reads a code or an address that was pasted.
func (s *SignIn) Code(pasted string) (string, error) {
	switch strings.TrimSpace(pasted) {
	case GoodCode, GoodAddress:
		return GoodCode, nil
	}
	return "", tracker.Invalid("code", "this address belongs to another sign-in: open the one shown here")
}

// Exchange gives tokens for the code.
func (s *SignIn) Exchange(_ context.Context, code string) (string, error) {
	if code != GoodCode {
		return "", tracker.Errorf(tracker.CodeUnauthorized, "Zendesk does not know this code")
	}
	return "tokens", nil
}
