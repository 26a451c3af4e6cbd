package signin

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"storydesk/tracker"
	"storydesk/zendesk/diagnosis"
)

// BrowserErrors implements tracker.SignIn. These pages answer 400 and lead
// nowhere: https://support.zendesk.com/hc/en-us/articles/11093380955674.
func (s *Browser) BrowserErrors() []tracker.BrowserError {
	return []tracker.BrowserError{
		{Message: "invalid client", Meaning: "no OAuth client of " + s.host + " has the identifier " + s.config.ClientID + ": compare it in Admin Center"},
		{Message: "invalid redirect URL", Meaning: "add " + s.RedirectURL() + " to the client's Redirect URLs"},
		{Message: "invalid_scope", Meaning: "add read and tickets:write to the client's Allowed scopes"},
	}
}

// callbackPath is where the browser comes back to.
const callbackPath = "/callback"

// Browser is a sign-in with a browser: an authorization code with PKCE, for a
// client without a secret (RFC 7636, RFC 8252).
type Browser struct {
	Account
	port            int
	state, verifier string
	warning         string
}

var _ tracker.SignIn = (*Browser)(nil)

// WithBrowser begins a sign-in with a browser, which comes back to a port of
// this machine.
func WithBrowser(a Account, port int) *Browser {
	s := &Browser{Account: a, port: port, state: oauth2.GenerateVerifier(), verifier: oauth2.GenerateVerifier()}
	s.config.RedirectURL = s.RedirectURL()
	return s
}

// URL implements tracker.SignIn.
func (s *Browser) URL() string {
	return s.config.AuthCodeURL(s.state, oauth2.S256ChallengeOption(s.verifier))
}

func (s *Browser) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// RedirectURL implements tracker.SignIn.
func (s *Browser) RedirectURL() string { return "http://" + s.address() + callbackPath }

// Exchange implements tracker.SignIn.
func (s *Browser) Exchange(ctx context.Context, code string) (secret string, err error) {
	secret, s.warning, err = s.exchange(ctx, code, s.verifier)
	return secret, err
}

// Warning implements tracker.SignIn.
func (s *Browser) Warning() string { return s.warning }

// Code implements tracker.SignIn.
func (s *Browser) Code(pasted string) (string, error) {
	pasted = strings.TrimSpace(pasted)
	if !strings.Contains(pasted, "?") {
		if pasted == "" || strings.ContainsAny(pasted, " \t&=") {
			return "", tracker.Invalid("code", "this is not a code: paste the whole address that the browser ended at")
		}
		return pasted, nil
	}
	u, err := url.Parse(pasted)
	if err != nil {
		return "", tracker.Invalid("code", "this is not an address: paste the whole one that the browser ended at")
	}
	v := u.Query()
	if !s.sent(v) {
		return "", tracker.Invalid("code", "this address belongs to another sign-in: open the one shown here")
	}
	return s.outcome(v)
}

// sent reports whether an answer belongs to this sign-in.
func (s *Browser) sent(v url.Values) bool {
	return subtle.ConstantTimeCompare([]byte(v.Get("state")), []byte(s.state)) == 1
}

// outcome reads an answer, RFC 6749 sections 4.1.2 and 4.1.2.1.
func (s *Browser) outcome(v url.Values) (string, error) {
	switch reason := v.Get("error"); {
	case reason == "access_denied":
		return "", tracker.Errorf(tracker.CodeRefused, "the sign-in to %s was denied in the browser", s.host)
	case reason != "":
		return "", tracker.Errorf(tracker.CodeRefused, "%s refused the sign-in (%s): check the OAuth client in Zendesk's Admin Center", s.host, diagnosis.Tidy(reason))
	case v.Get("code") == "":
		return "", tracker.Errorf(tracker.CodeUnreadable, "%s sent the browser back without a code", s.host)
	}
	return v.Get("code"), nil
}

// Receive implements tracker.SignIn.
func (s *Browser) Receive(ctx context.Context, ready func() error) (code string, err error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", s.address())
	if err != nil {
		return "", &tracker.Error{
			Code: tracker.CodeUnavailable, Reason: tracker.ReasonPortTaken, Err: err,
			Message: fmt.Sprintf("port %d on this machine is in use, so the browser cannot come back here", s.port),
			Causes:  []string{"another sign-in is under way", "another program is using it"},
			Steps:   []string{"stop the program that uses the port", "or choose another port, and add its redirect URL to the OAuth client"},
		}
	}
	type answer struct {
		code string
		err  error
	}
	answers := make(chan answer, 1)
	server := &http.Server{
		ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0),
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			// Any page in the browser can send it here; only an answer counts.
			if r.Method != http.MethodGet || r.Host != s.address() || r.URL.Path != callbackPath || !s.sent(r.URL.Query()) {
				http.Error(w, "This is not the answer that storydesk waits for.", http.StatusBadRequest)
				return
			}
			code, err := s.outcome(r.URL.Query())
			showOutcome(w, err)
			select {
			case answers <- answer{code, err}:
			default: // the page was loaded again
			}
		}),
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if server.Shutdown(closing) != nil {
			err = errors.Join(err, server.Close())
		}
		if ended := <-served; !errors.Is(ended, http.ErrServerClosed) {
			err = errors.Join(err, ended)
		}
	}()
	if err := ready(); err != nil {
		return "", err
	}
	select {
	case got := <-answers:
		return got.code, got.err
	case <-ctx.Done():
		return "", &tracker.Error{Code: tracker.CodeUnavailable, Message: "no answer came from the browser", Err: ctx.Err()}
	}
}

// showOutcome shows the user how to go on.
func showOutcome(w http.ResponseWriter, err error) {
	words := "Sign-in denied. Nothing was changed."
	if err == nil {
		words = "Go back to the terminal to finish signing in. You can close this page."
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	// The code is in this page's address.
	w.Header().Set("Referrer-Policy", "no-referrer")
	_, _ = io.WriteString(w, words) // the browser has left
}
