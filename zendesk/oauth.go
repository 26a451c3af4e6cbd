package zendesk

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"storydesk/tracker"
)

// scopes are the least that does: a client whose allowed scopes are fewer than
// those asked for is refused. Audits need the global scope read:
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/
func scopes() []string { return []string{scopeRead, scopeTickets} }

const (
	scopeRead    = "read"
	scopeTickets = "tickets:write"
	// scopeWrite includes scopeTickets.
	scopeWrite = "write"
	// tokenSeconds is how long access tokens are to last. Clients made before
	// 30 April 2026 give refresh tokens only where a lifetime is asked for.
	tokenSeconds = "1800"
)

// missingScopes are the scopes we need that are not among those granted.
func missingScopes(granted []string) []string {
	return slices.DeleteFunc(scopes(), func(s string) bool {
		return slices.Contains(granted, s) || s == scopeTickets && slices.Contains(granted, scopeWrite)
	})
}

// costOf says what cannot be done without some scopes.
func costOf(missing []string) string {
	switch {
	case len(missing) > 1:
		return "nothing works without them"
	case slices.Contains(missing, scopeRead):
		return "without it, tickets cannot be loaded and comments cannot be verified"
	}
	return "without it, private comments cannot be sent and tickets cannot be opened"
}

// tokens is what is kept of a sign-in with a browser. They go to no other host
// than the one that issued them, wherever the integration has moved since.
type tokens struct {
	Host    string    `json:"host"`
	Access  string    `json:"access_token"`
	Refresh string    `json:"refresh_token,omitempty"`
	Expiry  time.Time `json:"expiry,omitzero"`
	Issued  time.Time `json:"issued,omitzero"`
}

// account is what all that concerns an integration's sign-in needs to know.
type account struct {
	base, host string
	auth       tracker.AuthMethod
	// again tells people how to sign in again.
	again string
	// topic is what the token endpoint is asked for; topicTokens by default.
	topic  topic
	config oauth2.Config
	client *http.Client
}

// newAccount returns what signs in to an integration's account at a host. The
// token endpoint is asked as client asks.
func newAccount(in tracker.Integration, base, host string, client *http.Client) account {
	return account{
		base: base, host: host, auth: in.Auth, again: tracker.SignInHint(in.Name),
		config: oauth2.Config{
			ClientID: in.ClientID, Scopes: scopes(),
			Endpoint: oauth2.Endpoint{
				AuthURL: base + "/oauth/authorizations/new", TokenURL: base + "/oauth/tokens", AuthStyle: oauth2.AuthStyleInParams,
			},
		},
		client: &http.Client{Transport: client.Transport, CheckRedirect: client.CheckRedirect, Timeout: tracker.RenewalTime},
	}
}

// transport returns the transport that signs requests to an account through an
// OAuth client.
func (a account) transport(base http.RoundTripper, in tracker.Integration, c tracker.Credentials) (http.RoundTripper, error) {
	if in.Auth == tracker.AuthClient {
		return newBearer(base, a.host, a.again, session{secret: c.Secret}, a.serve), nil
	}
	first, err := a.read(c.Secret)
	if err != nil {
		return nil, err
	}
	b := newBearer(base, a.host, a.again, first, func(ctx context.Context, s session) (session, error) {
		if c.Renew == nil {
			return session{}, a.over(errors.New("there is no refresh token to renew the sign-in with"))
		}
		secret, err := c.Renew(ctx, s.secret, a.refresh)
		if err != nil {
			return session{}, err
		}
		return a.read(secret)
	})
	if c.Saved != nil {
		b.saved = func(ctx context.Context) (session, error) {
			secret, err := c.Saved(ctx)
			if err != nil {
				return session{}, err
			}
			return a.read(secret)
		}
	}
	return b, nil
}

// parse understands a kept secret. Its errors do not quote it.
func (a account) parse(secret string) (tokens, error) {
	var t tokens
	err := json.Unmarshal([]byte(secret), &t)
	switch {
	case err != nil || t.Access == "":
		return t, a.over(errors.New("the saved sign-in is not an OAuth token"))
	case t.Host != a.host:
		return t, a.over(errors.New("the saved token belongs to another host"))
	}
	return t, nil
}

// read makes a session of a kept secret.
func (a account) read(secret string) (session, error) {
	t, err := a.parse(secret)
	if err != nil {
		return session{}, err
	}
	s := session{secret: secret, access: t.Access, expiry: t.Expiry}
	if !t.Issued.IsZero() && !t.Expiry.IsZero() {
		s.life = t.Expiry.Sub(t.Issued)
	}
	return s, nil
}

// refresh implements tracker.Exchange: the refresh token in secret is spent.
func (a account) refresh(ctx context.Context, secret string) (string, error) {
	old, err := a.parse(secret)
	if err != nil {
		return "", err
	}
	if old.Refresh == "" {
		return "", a.over(errors.New("there is no refresh token"))
	}
	ctx, cancel := a.detached(ctx)
	defer cancel()
	t, err := a.config.TokenSource(ctx, &oauth2.Token{RefreshToken: old.Refresh}).Token()
	if err != nil {
		return "", a.problem(err)
	}
	return a.keepable(t)
}

// serve gets an access token with the client's own credentials. There is
// nothing to keep of it.
func (a account) serve(ctx context.Context, s session) (session, error) {
	config := clientcredentials.Config{
		ClientID: a.config.ClientID, ClientSecret: s.secret, TokenURL: a.config.Endpoint.TokenURL,
		Scopes: a.config.Scopes, AuthStyle: a.config.Endpoint.AuthStyle,
	}
	ctx, cancel := a.detached(ctx)
	defer cancel()
	t, err := config.Token(ctx)
	if err != nil {
		return session{}, a.problem(err)
	}
	if err := a.granted(t); err != nil {
		return session{}, err
	}
	return session{secret: s.secret, access: t.AccessToken, expiry: t.Expiry, life: lifeOf(t)}, nil
}

// exchange gets the first tokens for a code that a browser brought. warning is
// what to know of the sign-in, empty for nothing.
func (a account) exchange(ctx context.Context, code, verifier string) (secret, warning string, err error) {
	ctx, cancel := a.detached(ctx)
	defer cancel()
	t, err := a.config.Exchange(ctx, code, oauth2.VerifierOption(verifier), oauth2.SetAuthURLParam("expires_in", tokenSeconds))
	if err != nil {
		a.topic = topicCode
		return "", "", a.problem(err)
	}
	if err := a.granted(t); err != nil {
		return "", "", err
	}
	secret, err = a.keepable(t)
	return secret, a.warning(t), err
}

// warning says what tokens that cannot be renewed mean.
func (a account) warning(t *oauth2.Token) string {
	switch {
	case t.RefreshToken != "":
		return ""
	case t.Expiry.IsZero():
		return a.host + " issued no refresh token: this sign-in lasts until an admin revokes it or Zendesk ends tokens that do not expire. Then sign in again."
	}
	return fmt.Sprintf("%s issued no refresh token: this sign-in ends on %s. Then sign in again, or ask an admin to set token lifetimes for the OAuth client %s.",
		a.host, t.Expiry.UTC().Format("2 January 15:04 UTC"), a.config.ClientID)
}

// detached returns a context for the token endpoint. Whoever is cut off there
// may have lost its tokens, so it outlives the caller; and it must not carry
// the trace of the request that waits for the token.
func (a account) detached(context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.Background(), tracker.RenewalTime)
	return context.WithValue(ctx, oauth2.HTTPClient, a.client), cancel
}

// lifeOf is how long a token that was just issued lasts, 0 where that is not told.
func lifeOf(t *oauth2.Token) time.Duration {
	if t.Expiry.IsZero() {
		return 0
	}
	return time.Until(t.Expiry)
}

func (a account) keepable(t *oauth2.Token) (string, error) {
	text, err := json.Marshal(tokens{a.host, t.AccessToken, t.RefreshToken, t.Expiry, time.Now()}) //nolint:gosec // G117: this is the secret that is kept
	if err != nil {
		return "", fmt.Errorf("save the tokens: %w", err)
	}
	return string(text), nil
}

// granted fails unless all scopes were granted: Zendesk issues a token for
// less, too, which then is refused everywhere.
func (a account) granted(t *oauth2.Token) error {
	scope, told := t.Extra("scope").(string)
	if !told {
		return nil
	}
	missing := missingScopes(strings.Fields(scope))
	if len(missing) == 0 {
		return nil
	}
	f := a.facts()
	f["scopes"], f["cost"] = strings.Join(missing, ", "), costOf(missing)
	return diagnose(a.symptom(http.StatusOK, signScopes), f)
}

func (a account) symptom(status int, found sign) symptom {
	return symptom{auth: a.auth, topic: cmp.Or(a.topic, topicTokens), status: status, sign: found}
}

func (a account) facts() facts {
	return facts{"host": a.host, "base": a.base, "client": a.config.ClientID, "again": a.again, "subject": "the sign-in"}
}

// over says that nothing but a new sign-in helps.
func (a account) over(cause error) error {
	e := diagnose(a.symptom(http.StatusUnauthorized, signGrant), a.facts())
	e.Unsent, e.Err = true, cause
	return e
}

// problem explains what the token endpoint answered, or that it did not. The
// cause leaves the answer's body out, for it may hold tokens.
func (a account) problem(err error) error {
	var refused *oauth2.RetrieveError
	var network *url.Error
	e := diagnose(a.symptom(http.StatusOK, signUnreadable), a.facts())
	e.Err = errors.New("the token endpoint's answer holds no token")
	switch {
	case errors.As(err, &refused) && refused.Response != nil:
		e = a.refused(refused)
	case errors.As(err, &network):
		e = diagnose(a.symptom(0, signOfFailure(err, false)), a.facts().failed(err))
		e.Err = network.Err
	}
	e.Unsent = true
	return e
}

// refused explains an error of RFC 6749 section 5.2, or another answer.
func (a account) refused(r *oauth2.RetrieveError) *tracker.Error {
	came := answer{status: r.Response.StatusCode, header: r.Response.Header, body: r.Body}
	p := readProblem(came.body)
	e := diagnose(a.symptom(came.status, signOf(a.host, came, p)), a.facts().answered(came, problem{}))
	e.RetryAfter = retryAfter(came.header)
	e.Err = fmt.Errorf("POST oauth/tokens: status %d, error %q", came.status, tidy(r.ErrorCode))
	return e
}

// problemOf returns err as a *tracker.Error.
func problemOf(err error) *tracker.Error {
	var e *tracker.Error
	if errors.As(err, &e) {
		return e
	}
	return &tracker.Error{Code: tracker.CodeInternal, Message: err.Error(), Err: err}
}
