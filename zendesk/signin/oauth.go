package signin

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
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/transport"
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

// tokens is what is saved of a sign-in with a browser. They go to no other host
// than the one that issued them, wherever the integration has moved since.
type tokens struct {
	Host    string    `json:"host"`
	Access  string    `json:"access_token"`
	Refresh string    `json:"refresh_token,omitempty"`
	Expiry  time.Time `json:"expiry,omitzero"`
	Issued  time.Time `json:"issued,omitzero"`
}

// Account is what all that concerns an integration's sign-in needs to know.
type Account struct {
	base, host string
	auth       tracker.AuthMethod
	// integration is the name of what signs in.
	integration string
	// topic is what the token endpoint is asked for; topicTokens by default.
	topic  diagnosis.Topic
	config oauth2.Config
	client *http.Client
}

// New returns what signs in to an integration's account at a host. The
// token endpoint is asked as client asks.
func New(in tracker.Integration, base, host string, client *http.Client) Account {
	return Account{
		base: base, host: host, auth: in.Auth, integration: in.Name,
		config: oauth2.Config{
			ClientID: in.ClientID, Scopes: scopes(),
			Endpoint: oauth2.Endpoint{
				AuthURL: base + "/oauth/authorizations/new", TokenURL: base + "/oauth/tokens", AuthStyle: oauth2.AuthStyleInParams,
			},
		},
		client: &http.Client{Transport: client.Transport, CheckRedirect: client.CheckRedirect, Timeout: tracker.RenewalTime},
	}
}

// Transport returns the transport that signs requests to an account through an
// OAuth client.
func (a Account) Transport(base http.RoundTripper, in tracker.Integration, c tracker.Credentials) (http.RoundTripper, error) {
	if in.Auth == tracker.AuthClient {
		return newBearer(base, a.host, session{secret: c.Secret}, a.serve), nil
	}
	first, err := a.read(c.Secret)
	if err != nil {
		return nil, err
	}
	b := newBearer(base, a.host, first, func(ctx context.Context, s session) (session, error) {
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

// parse reads a saved secret. Its errors do not quote it.
func (a Account) parse(secret string) (tokens, error) {
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

// read makes a session of a saved secret.
func (a Account) read(secret string) (session, error) {
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
func (a Account) refresh(ctx context.Context, secret string) (string, error) {
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
	return a.saveable(t)
}

// serve gets an access token with the client's own credentials. There is
// nothing to save of it.
func (a Account) serve(ctx context.Context, s session) (session, error) {
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
func (a Account) exchange(ctx context.Context, code, verifier string) (secret, warning string, err error) {
	ctx, cancel := a.detached(ctx)
	defer cancel()
	t, err := a.config.Exchange(ctx, code, oauth2.VerifierOption(verifier), oauth2.SetAuthURLParam("expires_in", tokenSeconds))
	if err != nil {
		a.topic = diagnosis.TopicCode
		return "", "", a.problem(err)
	}
	if err := a.granted(t); err != nil {
		return "", "", err
	}
	secret, err = a.saveable(t)
	return secret, a.warning(t), err
}

// warning says what tokens that cannot be renewed mean.
func (a Account) warning(t *oauth2.Token) string {
	switch {
	case t.RefreshToken != "":
		return ""
	case t.Expiry.IsZero():
		return a.host + " issued no refresh token: this sign-in lasts until an admin revokes it or Zendesk ends tokens that do not expire. Then sign in again."
	}
	return fmt.Sprintf("%s issued no refresh token: this sign-in ends on %s. Then sign in again, or ask an admin to set token lifetimes for the OAuth client %s.",
		a.host, t.Expiry.UTC().Format("2 January 15:04 UTC"), a.config.ClientID)
}

// detached returns a context for the token endpoint. A request cut off there
// may have lost its tokens, so it outlives the caller; and it must not carry
// the trace of the request that waits for the token.
func (a Account) detached(context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.Background(), tracker.RenewalTime)
	return context.WithValue(ctx, oauth2.HTTPClient, a.client), cancel
}

// lifeOf is how long a token that was just issued lasts, 0 where that is not known.
func lifeOf(t *oauth2.Token) time.Duration {
	if t.Expiry.IsZero() {
		return 0
	}
	return time.Until(t.Expiry)
}

func (a Account) saveable(t *oauth2.Token) (string, error) {
	text, err := json.Marshal(tokens{a.host, t.AccessToken, t.RefreshToken, t.Expiry, time.Now()}) //nolint:gosec // G117: this is the secret that is saved
	if err != nil {
		return "", fmt.Errorf("save the tokens: %w", err)
	}
	return string(text), nil
}

// granted fails unless all scopes were granted: Zendesk issues a token for
// less, too, which then is refused everywhere.
func (a Account) granted(t *oauth2.Token) error {
	scope, named := t.Extra("scope").(string)
	if !named {
		return nil
	}
	missing := missingScopes(strings.Fields(scope))
	if len(missing) == 0 {
		return nil
	}
	f := a.facts()
	f["scopes"], f["cost"] = strings.Join(missing, ", "), costOf(missing)
	return diagnosis.Of(a.symptom(http.StatusOK, diagnosis.SignScopes), f)
}

func (a Account) symptom(status int, found diagnosis.Sign) diagnosis.Symptom {
	return diagnosis.Symptom{Auth: a.auth, Topic: cmp.Or(a.topic, diagnosis.TopicTokens), Status: status, Sign: found}
}

func (a Account) facts() diagnosis.Facts {
	return diagnosis.Facts{"host": a.host, "base": a.base, "client": a.config.ClientID, "integration": a.integration, "subject": "the sign-in"}
}

// over says that nothing but a new sign-in helps.
func (a Account) over(cause error) error {
	e := diagnosis.Of(a.symptom(http.StatusUnauthorized, diagnosis.SignGrant), a.facts())
	e.Unsent, e.Err = true, cause
	return e
}

// problem explains what the token endpoint answered, or that it did not. The
// cause leaves the answer's body out, for it may hold tokens.
func (a Account) problem(err error) error {
	var refused *oauth2.RetrieveError
	var network *url.Error
	e := diagnosis.Of(a.symptom(http.StatusOK, diagnosis.SignUnreadable), a.facts())
	e.Err = errors.New("the token endpoint's answer holds no token")
	switch {
	case errors.As(err, &refused) && refused.Response != nil:
		e = a.refused(refused)
	case errors.As(err, &network):
		e = diagnosis.Of(a.symptom(0, diagnosis.SignOfFailure(err, false)), a.facts().Failed(err))
		e.Err = network.Err
	}
	e.Unsent = true
	return e
}

// refused explains an error of RFC 6749 section 5.2, or another answer.
func (a Account) refused(r *oauth2.RetrieveError) *tracker.Error {
	came := transport.Answer{Status: r.Response.StatusCode, Header: r.Response.Header, Body: r.Body}
	p := diagnosis.ReadProblem(came.Body)
	e := diagnosis.Of(a.symptom(came.Status, diagnosis.SignOf(a.host, came, p)), a.facts().Answered(came, diagnosis.Problem{}))
	e.RetryAfter = transport.RetryAfter(came.Header)
	e.Err = fmt.Errorf("POST oauth/tokens: status %d, error %q", came.Status, diagnosis.Tidy(r.ErrorCode))
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
