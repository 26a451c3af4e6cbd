package oauth

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/settings"
)

const (
	// codeLife is how long an authorization code may be exchanged, as with
	// Zendesk.
	codeLife = 120 * time.Second
	// defaultTokenLife is that of clients made since 30 April 2026.
	defaultTokenLife = 30 * time.Minute
	// refreshLife is Zendesk's default for refresh tokens.
	refreshLife = 30 * 24 * time.Hour
)

// redirectURIs lists the addresses that are registered with the OAuth clients.
// A request must name one of them to the letter.
func redirectURIs() []string {
	return []string{
		"http://127.0.0.1:8765/callback", "http://127.0.0.1:8766/callback", "http://127.0.0.1:8767/callback",
	}
}

// Authority issues OAuth tokens and knows which are good. They live in memory:
// a sandbox that is opened again accepts none of them.
type Authority struct {
	now      func() time.Time
	life     time.Duration
	settings func() settings.Settings

	mu        sync.Mutex
	redirects []string
	codes     map[string]code
	// access and refresh hold grants by token; a pair shares its grant.
	access  map[string]*grant
	refresh map[string]*grant
}

// code is an authorization code that was not exchanged yet.
type code struct {
	client, redirect, challenge string
	scopes                      []string
	expires                     time.Time
}

// grant is what a pair of tokens allows.
type grant struct {
	client          string
	scopes          []string
	access, refresh string
	accessUntil     time.Time
	refreshUntil    time.Time
}

// New returns an authority that has issued nothing. Its clients may be
// sent back to redirects beside those of redirectURIs; life is how long an access
// token is accepted, 0 for 30 minutes.
func New(now func() time.Time, settings func() settings.Settings, redirects []string, life time.Duration) *Authority {
	return &Authority{
		now: now, settings: settings, redirects: append(redirectURIs(), redirects...), life: cmp.Or(life, defaultTokenLife),
		codes: map[string]code{}, access: map[string]*grant{}, refresh: map[string]*grant{},
	}
}

// Route adds the endpoints.
func (a *Authority) Route(mux *http.ServeMux) {
	mux.HandleFunc("GET /oauth/authorizations/new", a.askConsent)
	mux.HandleFunc("POST /oauth/authorizations", a.takeConsent)
	mux.HandleFunc("POST /oauth/tokens", a.issueTokens)
}

// Admit refuses a request unless its token is good and allows the method.
func (a *Authority) Admit(token, method, path string) *answer.Answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	g := a.access[token]
	if g == nil || !a.now().Before(g.accessUntil) {
		return answer.InvalidToken()
	}
	needed := "write"
	if method == http.MethodGet || method == http.MethodHead {
		needed = "read"
	}
	o := a.settings()
	resource, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/v2/"), "/")
	if resource == "uploads" {
		resource = "tickets" // they are files of tickets
	}
	narrow := resource + ":" + needed
	if strings.Contains(path, "/audits") {
		narrow = needed // audits need the global scope
	}
	switch {
	case !o.ClientAccess:
		return answer.InvalidToken()
	case !covers(g.scopes, narrow) || !covers(o.Scopes, narrow):
		return answer.MissingScope(needed)
	}
	return nil
}

// covers reports whether scopes include one, or the global scope that it is
// part of.
func covers(scopes []string, wanted string) bool {
	_, global, _ := strings.Cut(wanted, ":")
	return slices.Contains(scopes, wanted) || slices.Contains(scopes, global)
}

// beyond reports whether a request asks for a scope that the client may not
// ask for. A misspelt one is not noticed.
func (a *Authority) beyond(asked string) bool {
	allowed := a.settings().Scopes
	for scope := range strings.FieldsSeq(asked) {
		if slices.Contains(settings.KnownScopes(), scope) && !covers(allowed, scope) {
			return true
		}
	}
	return false
}

// grant issues a pair of tokens, or an access token alone. The caller holds mu.
func (a *Authority) grant(client string, scopes []string, renewable bool) *grant {
	now := a.now()
	g := &grant{client: client, scopes: scopes, access: rand.Text(), accessUntil: now.Add(a.life)}
	a.access[g.access] = g
	if renewable {
		g.refresh, g.refreshUntil = rand.Text(), now.Add(refreshLife)
		a.refresh[g.refresh] = g
	}
	return g
}

// revoke ends a pair. The caller holds mu.
func (a *Authority) revoke(g *grant) {
	delete(a.access, g.access)
	delete(a.refresh, g.refresh)
}

// AddRedirects registers more addresses with the clients.
func (a *Authority) AddRedirects(uris ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.redirects = append(a.redirects, uris...)
}

// ExpireAll ends all access tokens now; refresh tokens stay good.
func (a *Authority) ExpireAll() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.access)
}

// RevokeAll ends all access and refresh tokens, as an admin does.
func (a *Authority) RevokeAll() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.access)
	clear(a.refresh)
}

// Accepted lists the access tokens that are accepted now, in no order.
func (a *Authority) Accepted() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var tokens []string
	for token, g := range a.access {
		if a.now().Before(g.accessUntil) {
			tokens = append(tokens, token)
		}
	}
	return tokens
}

func (a *Authority) registered(uri string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Contains(a.redirects, uri)
}

// grantable returns, of the scopes asked for, those that exist and are allowed:
// Zendesk issues a token for a misspelt scope all the same, and it allows nothing.
func (a *Authority) grantable(asked string) []string {
	allowed := a.settings().Scopes
	var scopes []string
	for scope := range strings.FieldsSeq(asked) {
		if slices.Contains(settings.KnownScopes(), scope) && covers(allowed, scope) {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}
