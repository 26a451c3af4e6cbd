package zendesk_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// A client that may ask for no more than this program needs is enough for all
// that it does.
func TestTheLeastScopesAreEnough(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	o := a.Settings()
	o.Scopes = []string{"read", "tickets:write"}
	if err := a.Set(o); err != nil {
		t.Fatal(err)
	}
	a.signIn()
	d := a.account()
	if _, err := d.Me(t.Context()); err != nil {
		t.Error(err)
	}
	ticket, err := d.Ticket(t.Context(), 1042)
	if err != nil {
		t.Fatal(err)
	}
	audit, err := d.Update(t.Context(), 1042, tracker.TicketUpdate{Note: "Started", Operation: "op-1", Stamp: ticket.UpdatedAt})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Audit(t.Context(), 1042, audit.ID); err != nil {
		t.Error(err)
	}
}

// A request beyond the allowed scopes ends in the browser: nothing comes back.
func TestARequestBeyondTheAllowedScopesEndsInTheBrowser(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	o := a.Settings()
	o.Scopes = []string{"read"}
	if err := a.Set(o); err != nil {
		t.Fatal(err)
	}
	begun, err := zendesk.New(zendesk.Config{}).SignIn(a.in, 8765)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(begun.URL())
	if err != nil || u.Query().Get("scope") != "read tickets:write" {
		t.Errorf("asked for %q, %v", u.Query().Get("scope"), err)
	}
	explained := begun.BrowserErrors()
	if i := slices.IndexFunc(explained, func(e tracker.BrowserError) bool { return e.Message == "invalid_scope" }); i < 0 ||
		!strings.Contains(explained[i].Meaning, "Allowed scopes") {
		t.Errorf("the browser's errors are explained as %v", explained)
	}
	res, err := http.Get(begun.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if location := press(t, begun.URL(), "allow"); res.StatusCode != http.StatusBadRequest || location != "" {
		t.Errorf("the page answers %d, and leads to %q", res.StatusCode, location)
	}
}

// A client of before 30 April 2026 gives a refresh token since a lifetime is
// asked for.
func TestLegacyClientsGiveRefreshTokens(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	o := a.Settings()
	o.LegacyClient = true
	if err := a.Set(o); err != nil {
		t.Fatal(err)
	}
	a.signIn()
	a.ExpireTokens()
	if _, err := a.account().Me(t.Context()); err != nil || a.savedSecret.renewals != 1 {
		t.Errorf("%d renewals, %v", a.savedSecret.renewals, err)
	}
}

func TestASignInThatCannotBeRenewedIsExplained(t *testing.T) {
	for name, c := range map[string]struct {
		tokens map[string]any
		want   string
	}{
		"renewable":      {map[string]any{"refresh_token": "r", "expires_in": 1800}, ""},
		"short":          {map[string]any{"expires_in": 1800}, "issued no refresh token: this sign-in ends on"},
		"without an end": {map[string]any{}, "issued no refresh token: this sign-in lasts until"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			c.tokens["access_token"], c.tokens["token_type"] = "t", "bearer"
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusCreated)
			_ = json.NewEncoder(w).Encode(c.tokens)
		}))
		t.Cleanup(server.Close)
		in := tracker.Integration{Name: "S", URL: server.URL, Auth: tracker.AuthOAuth, ClientID: "c"}
		begun, err := zendesk.New(zendesk.Config{}).SignIn(in, 8765)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := begun.Exchange(t.Context(), "code"); err != nil {
			t.Fatal(err)
		}
		if got := begun.Warning(); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
