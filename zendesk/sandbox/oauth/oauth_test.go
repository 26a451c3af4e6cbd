package oauth_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"storydesk/zendesk/sandbox/oauth"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/settings"
)

// token gets an access token with the confidential client's own credentials.
func token(t *testing.T, a *oauth.Authority, scope string) string {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {record.ConfidentialClient}, "client_secret": {record.ClientSecret}, "scope": {scope}}
	r := httptest.NewRequest("POST", "/oauth/tokens", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	mux, w := http.NewServeMux(), httptest.NewRecorder()
	a.Route(mux)
	mux.ServeHTTP(w, r)
	var body struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || body.Token == "" {
		t.Fatalf("%d %s, %v", w.Code, w.Body, err)
	}
	return body.Token
}

func TestWhatATokenAllows(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	a := oauth.New(func() time.Time { return now }, settings.NewStore().Get, nil, time.Minute)
	read := token(t, a, "read")
	for _, test := range []struct {
		token, method, path string
		status              int
	}{
		{read, "GET", "/api/v2/tickets/7", 0},
		{read, "PUT", "/api/v2/tickets/7", 403},
		{token(t, a, "tickets:write"), "PUT", "/api/v2/tickets/7", 0},
		{token(t, a, "tickets:read"), "GET", "/api/v2/tickets/7/audits", 403},
		{token(t, a, "tickets:read"), "GET", "/api/v2/views/25", 403},
		{"guessed", "GET", "/api/v2/tickets/7", 401},
	} {
		status := 0
		if refusal := a.Admit(test.token, test.method, test.path); refusal != nil {
			status = refusal.Status
		}
		if status != test.status {
			t.Errorf("%s %s: %d, want %d", test.method, test.path, status, test.status)
		}
	}
	now = now.Add(time.Minute)
	if a.Admit(read, "GET", "/api/v2/tickets/7") == nil || len(a.Accepted()) != 0 {
		t.Error("accepted beyond its end")
	}
}

func TestTokensAreEnded(t *testing.T) {
	t.Parallel()
	a := oauth.New(time.Now, settings.NewStore().Get, nil, 0)
	for name, end := range map[string]func(){"expired": a.ExpireAll, "revoked": a.RevokeAll} {
		held := token(t, a, "read")
		if a.Admit(held, "GET", "/api/v2/views") != nil {
			t.Fatalf("%s: refused before", name)
		}
		if end(); a.Admit(held, "GET", "/api/v2/views") == nil {
			t.Errorf("%s: accepted after", name)
		}
	}
}
