package zendesk

import (
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

// scopes are what we ask for. Audits need the global scope read:
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_audits/
func scopes() []string { return []string{"read", "write"} }

// tokens is what is kept of a sign-in with a browser. They go to no other host
// than the one that issued them, wherever the integration has moved since.
type tokens struct {
	Host    string    `json:"host"`
	Access  string    `json:"access_token"`
	Refresh string    `json:"refresh_token,omitempty"`
	Expiry  time.Time `json:"expiry,omitzero"`
}

// account is what all that concerns an integration's sign-in needs to know.
type account struct {
	base, host string
	// again tells people how to sign in again.
	again  string
	config oauth2.Config
	client *http.Client
}

func (d *Desks) account(in tracker.Integration, base, host string) account {
	return account{
		base: base, host: host, again: tracker.SignInHint(in.Name),
		config: oauth2.Config{
			ClientID: in.ClientID, Scopes: scopes(),
			Endpoint: oauth2.Endpoint{
				AuthURL: base + "/oauth/authorizations/new", TokenURL: base + "/oauth/tokens", AuthStyle: oauth2.AuthStyleInParams,
			},
		},
		client: &http.Client{Transport: d.client.Transport, CheckRedirect: d.client.CheckRedirect, Timeout: tracker.RenewalTime},
	}
}

// signIn returns the transport that signs requests to an account through an
// OAuth client.
func (a account) signIn(base http.RoundTripper, in tracker.Integration, c tracker.Credentials) (http.RoundTripper, error) {
	if in.Auth == tracker.AuthClient {
		return newBearer(base, a.host, a.again, session{secret: c.Secret}, a.serve), nil
	}
	first, err := a.read(c.Secret)
	if err != nil {
		return nil, err
	}
	return newBearer(base, a.host, a.again, first, func(ctx context.Context, s session) (session, error) {
		if c.Renew == nil {
			return session{}, a.over(errors.New("there is nothing to renew the sign-in with"))
		}
		secret, err := c.Renew(ctx, s.secret, a.refresh)
		if err != nil {
			return session{}, err
		}
		return a.read(secret)
	}), nil
}

// parse understands a kept secret. Its errors do not quote it.
func (a account) parse(secret string) (tokens, error) {
	var t tokens
	err := json.Unmarshal([]byte(secret), &t)
	switch {
	case err != nil || t.Access == "":
		return t, a.over(errors.New("what is kept is no OAuth token"))
	case t.Host != a.host:
		return t, a.over(errors.New("the token that is kept is another host's"))
	}
	return t, nil
}

// read makes a session of a kept secret.
func (a account) read(secret string) (session, error) {
	t, err := a.parse(secret)
	if err != nil {
		return session{}, err
	}
	return session{secret: secret, access: t.Access, expiry: t.Expiry}, nil
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
	return session{secret: s.secret, access: t.AccessToken, expiry: t.Expiry}, nil
}

// exchange gets the first tokens for a code that a browser brought.
func (a account) exchange(ctx context.Context, code, verifier string) (string, error) {
	ctx, cancel := a.detached(ctx)
	defer cancel()
	t, err := a.config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return "", a.problem(err)
	}
	if err := a.granted(t); err != nil {
		return "", err
	}
	return a.keepable(t)
}

// detached returns a context for the token endpoint. Whoever is cut off there
// may have lost its tokens, so it outlives the caller; and it must not carry
// the trace of the request that waits for the token.
func (a account) detached(context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.Background(), tracker.RenewalTime)
	return context.WithValue(ctx, oauth2.HTTPClient, a.client), cancel
}

func (a account) keepable(t *oauth2.Token) (string, error) {
	text, err := json.Marshal(tokens{a.host, t.AccessToken, t.RefreshToken, t.Expiry}) //nolint:gosec // G117: this is the secret that is kept
	if err != nil {
		return "", fmt.Errorf("write the tokens down: %w", err)
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
	have := strings.Fields(scope)
	missing := slices.DeleteFunc(scopes(), func(s string) bool { return slices.Contains(have, s) })
	if len(missing) == 0 {
		return nil
	}
	return &tracker.Error{
		Code: tracker.CodeMissingScope, Field: "client-id",
		Message: fmt.Sprintf("%s granted the sign-in without the scope %s: allow the OAuth client both read and write, then sign in again",
			a.host, strings.Join(missing, ", ")),
	}
}

// over says that nothing but a new sign-in helps.
func (a account) over(cause error) error {
	return &tracker.Error{
		Code: tracker.CodeUnauthorized, Field: "password", Unsent: true, Err: cause,
		Message: "the sign-in to " + a.host + " is over: " + a.again,
	}
}

// problem explains what the token endpoint answered, or that it did not. The
// cause leaves the answer's body out, for it may hold tokens.
func (a account) problem(err error) error {
	var refused *oauth2.RetrieveError
	var network *url.Error
	switch {
	case errors.As(err, &refused) && refused.Response != nil:
		return a.refused(refused)
	case errors.As(err, &network):
		return &tracker.Error{
			Code: tracker.CodeUnavailable, Unsent: true, Err: network.Err,
			Message: "there is no answer from " + a.host + " about the sign-in: check the network",
		}
	}
	return &tracker.Error{
		Code: tracker.CodeUnreadable, Field: "url", Unsent: true, Err: errors.New("the token endpoint's answer holds no token"),
		Message: a.host + " answered something other than a sign-in: check the address",
	}
}

// refused tells the errors of RFC 6749 section 5.2 apart.
func (a account) refused(r *oauth2.RetrieveError) error {
	status := r.Response.StatusCode
	cause := fmt.Errorf("POST oauth/tokens: status %d, error %q", status, tidy(r.ErrorCode))
	e := tracker.Errorf(tracker.CodeUnreadable, "%s answered %d to the sign-in, which is not understood", a.host, status)
	switch {
	case status == http.StatusTooManyRequests:
		e = tracker.Errorf(tracker.CodeLimited, "%s takes no more sign-ins for now%s", a.host, waitWords(r.Response.Header))
	case status >= 500:
		e = tracker.Errorf(tracker.CodeUnavailable, "%s is out of order (%d)%s", a.host, status, waitWords(r.Response.Header))
	case r.ErrorCode == "invalid_grant":
		return a.over(cause)
	case r.ErrorCode == "invalid_client", r.ErrorCode == "unauthorized_client":
		e = tracker.Errorf(tracker.CodeUnauthorized,
			"%s does not accept the OAuth client %q: check its identifier, its kind and its secret in Zendesk's Admin Center", a.host, a.config.ClientID)
		e.Field = "client-id"
	case r.ErrorCode == "invalid_scope":
		e = tracker.Errorf(tracker.CodeMissingScope, "%s does not grant the OAuth client the scopes read and write", a.host)
		e.Field = "client-id"
	case status == http.StatusNotFound:
		e = tracker.Errorf(tracker.CodeNoDesk, "there is no Zendesk account at %s: check the address", a.host)
		e.Field = "url"
	}
	e.RetryAfter, e.Unsent, e.Err = retryAfter(r.Response.Header), true, cause
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
