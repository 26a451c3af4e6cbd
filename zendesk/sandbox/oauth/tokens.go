package oauth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
)

// issueTokens answers the token endpoint. It takes JSON, which Zendesk
// documents, and forms, which it takes too.
func (a *Authority) issueTokens(w http.ResponseWriter, r *http.Request) {
	v, ok := tokenRequest(r)
	if !ok {
		oauthError(http.StatusBadRequest, "invalid_request", "The request cannot be read.").Send(w)
		return
	}
	client := v.Get("client_id")
	if !a.settings().ClientAccess || client != record.PublicClient && (client != record.ConfidentialClient || subtle.ConstantTimeCompare([]byte(v.Get("client_secret")), []byte(record.ClientSecret)) != 1) {
		oauthError(http.StatusUnauthorized, "invalid_client", "Client authentication failed due to unknown client, "+
			"no client authentication included, or unsupported authentication method.").Send(w)
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	switch v.Get("grant_type") {
	case "authorization_code":
		a.exchangeCode(client, v).Send(w)
	case "refresh_token":
		a.rotate(client, v.Get("refresh_token")).Send(w)
	case "client_credentials":
		a.serve(client, v.Get("scope")).Send(w)
	default:
		oauthError(http.StatusBadRequest, "unsupported_grant_type", "The authorization grant type is not supported.").Send(w)
	}
}

// tokenRequest reads the parameters from either form of body.
func tokenRequest(r *http.Request) (url.Values, bool) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, false
	}
	if kind != "application/json" {
		err := r.ParseForm()
		return r.PostForm, err == nil
	}
	var fields map[string]any
	if err := json.NewDecoder(r.Body).Decode(&fields); err != nil {
		return nil, false
	}
	v := url.Values{}
	for name, value := range fields {
		switch value.(type) {
		case string, float64:
			v.Set(name, fmt.Sprint(value))
		}
	}
	return v, true
}

// exchangeCode issues the first pair for a code, which then is spent even if
// the rest of the request is wrong. The caller holds mu.
func (a *Authority) exchangeCode(client string, v url.Values) *answer.Answer {
	c, known := a.codes[v.Get("code")]
	delete(a.codes, v.Get("code"))
	proven := c.challenge == "" || c.challenge == challengeOf(v.Get("code_verifier"))
	if !known || !proven || c.client != client || c.redirect != v.Get("redirect_uri") || !a.now().Before(c.expires) {
		return invalidGrant()
	}
	renewable := !a.settings().LegacyClient || v.Get("expires_in") != ""
	return a.tokens(a.grant(client, c.scopes, renewable)).WithStatus(http.StatusCreated)
}

// challengeOf is PKCE's S256, RFC 7636 section 4.2.
func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// rotate issues a new pair for a refresh token; the old pair is dead. The
// caller holds mu.
func (a *Authority) rotate(client, token string) *answer.Answer {
	old := a.refresh[token]
	if old == nil || old.client != client || !a.now().Before(old.refreshUntil) {
		return invalidGrant()
	}
	a.revoke(old)
	return a.tokens(a.grant(client, old.scopes, true))
}

// serve issues an access token to a confidential client for itself. The
// caller holds mu.
func (a *Authority) serve(client, scope string) *answer.Answer {
	if client != record.ConfidentialClient {
		return oauthError(http.StatusBadRequest, "unauthorized_client", "A public client has no credentials of its own.")
	}
	if a.beyond(scope) {
		return oauthError(http.StatusBadRequest, "invalid_scope", "The requested scope is invalid, unknown, or malformed.")
	}
	return a.tokens(a.grant(client, a.grantable(scope), false))
}

// tokens shows a grant to the client that it was made for.
func (a *Authority) tokens(g *grant) *answer.Answer {
	shown := map[string]any{
		"access_token": g.access, "token_type": "bearer", "scope": strings.Join(g.scopes, " "),
		"expires_in": int(a.life / time.Second),
	}
	if g.refresh != "" {
		shown["refresh_token"], shown["refresh_token_expires_in"] = g.refresh, int(refreshLife/time.Second)
	}
	return answer.OK(shown).With("Cache-Control", "no-store")
}

func invalidGrant() *answer.Answer {
	return oauthError(http.StatusBadRequest, "invalid_grant", "The provided authorization grant (e.g., authorization code, "+
		"resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI "+
		"used in the authorization request, or was issued to another client.")
}

// oauthError is an error of the OAuth endpoints, RFC 6749 section 5.2.
func oauthError(status int, code, description string) *answer.Answer {
	a := answer.OK(map[string]string{"error": code, "error_description": description})
	a.Status = status
	return a
}
