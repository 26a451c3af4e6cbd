package ui

import (
	"context"
	"net/url"
	"storydesk/tracker"
	"strings"
)

// testSignIn is a sign-in whose browser the test plays. As the real one it
// takes no answer to another sign-in, and exchanges no code but the one it gave.
type testSignIn struct {
	// codes brings what the browser came back with.
	codes chan string
	// over takes one value each time that nobody listens any more.
	over chan struct{}
	// taken is true when the port to come back to is another's.
	taken bool
	// warning is what it says of the tokens.
	warning string
}

const (
	goodCode    = "c0de"
	goodAddress = "http://127.0.0.1:8765/callback?code=" + goodCode + "&state=st4te"
)

func newTestSignIn() *testSignIn {
	return &testSignIn{codes: make(chan string, 1), over: make(chan struct{}, 8)}
}

func (s *testSignIn) URL() string {
	return "https://acme-eu.zendesk.com/oauth/authorizations/new?client_id=storydesk&code_challenge=" + strings.Repeat("x", 43) +
		"&code_challenge_method=S256&redirect_uri=" + url.QueryEscape(s.RedirectURL()) + "&response_type=code&scope=read+write&state=st4te"
}

func (s *testSignIn) Warning() string { return s.warning }

func (s *testSignIn) BrowserErrors() []tracker.BrowserError {
	return []tracker.BrowserError{
		{Message: "invalid redirect URL", Meaning: "add it to the client's Redirect URLs"},
		{Message: "invalid_scope", Meaning: "add read and tickets:write to the client's Allowed scopes"},
	}
}

func (s *testSignIn) RedirectURL() string { return "http://127.0.0.1:8765/callback" }

func (s *testSignIn) Receive(ctx context.Context, ready func() error) (string, error) {
	if s.taken {
		return "", &tracker.Error{Code: tracker.CodeUnavailable, Reason: tracker.ReasonPortTaken, Message: "port 8765 of this machine is taken"}
	}
	defer func() { s.over <- struct{}{} }()
	if err := ready(); err != nil {
		return "", err
	}
	select {
	case code := <-s.codes:
		return code, nil
	case <-ctx.Done():
		return "", &tracker.Error{Code: tracker.CodeUnavailable, Message: "no answer came from the browser", Err: ctx.Err()}
	}
}

func (s *testSignIn) Code(pasted string) (string, error) {
	switch strings.TrimSpace(pasted) {
	case goodCode, goodAddress:
		return goodCode, nil
	}
	return "", tracker.Invalid("code", "this address belongs to another sign-in: open the one shown here")
}

func (s *testSignIn) Exchange(_ context.Context, code string) (string, error) {
	if code != goodCode {
		return "", tracker.Errorf(tracker.CodeUnauthorized, "Zendesk does not know this code")
	}
	return "tokens", nil
}
