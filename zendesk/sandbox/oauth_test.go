package sandbox_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"storydesk/zendesk/sandbox"
)

const (
	redirect = "http://127.0.0.1:8765/callback"
	// verifier and challenge are those of RFC 7636, appendix B.
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

// oauthClient is a sandbox as a browser and an OAuth client see it.
type oauthClient struct {
	t     *testing.T
	box   *sandbox.Sandbox
	base  string
	clock *clock
}

func openOAuth(t *testing.T) *oauthClient {
	t.Helper()
	c := newClock()
	box, err := sandbox.Open(sandbox.Options{Now: c.Now, TokenLife: 5 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	base, err := box.Listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	return &oauthClient{t, box, base, c}
}

// request is a good authorization request with some parameters changed, in
// pairs of name and value.
func request(changed ...string) url.Values {
	v := url.Values{
		"response_type": {"code"}, "client_id": {sandbox.PublicClient}, "redirect_uri": {redirect}, "scope": {"read write"},
		"state": {"a state"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
	for i := 0; i < len(changed); i += 2 {
		v.Set(changed[i], changed[i+1])
	}
	return v
}

// post sends a body without following redirects.
func (d *oauthClient) post(path, kind, body string) (status int, header http.Header, text string) {
	d.t.Helper()
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Post(d.base+path, kind, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return res.StatusCode, res.Header, string(data)
}

const formType = "application/x-www-form-urlencoded"

// press presses a button of the consent page and returns where it leads.
func (d *oauthClient) press(button string, v url.Values) url.Values {
	d.t.Helper()
	v.Set("decision", button)
	status, header, text := d.post("/oauth/authorizations", formType, v.Encode())
	back, err := url.Parse(header.Get("Location"))
	if err != nil || status != http.StatusFound || !strings.HasPrefix(back.String(), redirect+"?") {
		d.t.Fatalf("%s answered %d to %q: %s", button, status, header.Get("Location"), text)
	}
	return back.Query()
}

type tokenAnswer struct {
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	TokenType    string `json:"token_type"`
	Scope        string
	ExpiresIn    int `json:"expires_in"`
	Error        string
}

// ask asks the token endpoint, with parameters in pairs.
func (d *oauthClient) ask(pairs ...string) (status int, tokens tokenAnswer) {
	d.t.Helper()
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	status, _, text := d.post("/oauth/tokens", formType, v.Encode())
	reply{body: text}.decode(d.t, &tokens)
	return status, tokens
}

func (d *oauthClient) exchange(code string, changed ...string) (int, tokenAnswer) {
	d.t.Helper()
	return d.ask(append([]string{
		"grant_type", "authorization_code", "client_id", sandbox.PublicClient, "redirect_uri", redirect,
		"code_verifier", verifier, "code", code,
	}, changed...)...)
}

// signIn returns a pair of tokens with the scopes.
func (d *oauthClient) signIn(scope string) tokenAnswer {
	d.t.Helper()
	status, tokens := d.exchange(d.press("allow", request("scope", scope)).Get("code"))
	if status != 201 || tokens.AccessToken == "" || tokens.RefreshToken == "" || tokens.ExpiresIn != 300 || tokens.TokenType != "bearer" {
		d.t.Fatalf("%d %+v", status, tokens)
	}
	return tokens
}

// get asks the API with a token and returns status and body.
func (d *oauthClient) get(token string) (int, string) {
	d.t.Helper()
	return d.call("GET", "/api/v2/views/360058219014", token)
}

func (d *oauthClient) call(method, path, token string) (int, string) {
	d.t.Helper()
	req, err := http.NewRequestWithContext(d.t.Context(), method, d.base+path, strings.NewReader(`{"ticket":{}}`))
	if err != nil {
		d.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/json")
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return res.StatusCode, string(data)
}

func TestConsent(t *testing.T) {
	d := openOAuth(t)
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(d.base + "/oauth/authorizations/new?" + request("state", `"><b>`).Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	page, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 || !strings.Contains(string(page), `value="allow"`) || !strings.Contains(string(page), `value="deny"`) ||
		strings.Contains(string(page), "<b>") {
		t.Errorf("%d %v: %s", res.StatusCode, err, page)
	}
	if back := d.press("allow", request()); back.Get("state") != "a state" || back.Get("code") == "" {
		t.Errorf("allowed: %v", back)
	}
	if back := d.press("deny", request()); back.Get("state") != "a state" || back.Get("error") != "access_denied" || back.Has("code") {
		t.Errorf("denied: %v", back)
	}
	for name, v := range map[string]url.Values{
		"unknown client":      request("client_id", "who"),
		"another redirect":    request("redirect_uri", redirect+"/"),
		"another port":        request("redirect_uri", "http://127.0.0.1:8000/callback"),
		"implicit grant":      request("response_type", "token"),
		"no PKCE":             request("code_challenge", ""),
		"plain PKCE":          request("code_challenge_method", "plain"),
		"an evil redirection": request("redirect_uri", "https://evil.example/"),
	} {
		v.Set("decision", "allow")
		if status, header, _ := d.post("/oauth/authorizations", formType, v.Encode()); status != 400 || header.Get("Location") != "" {
			t.Errorf("%s: %d to %q", name, status, header.Get("Location"))
		}
	}
}

func TestCodesAreExchangedOnce(t *testing.T) {
	d := openOAuth(t)
	code := d.press("allow", request()).Get("code")
	if status, tokens := d.exchange(code); status != 201 || tokens.Scope != "read write" {
		t.Fatalf("%d %+v", status, tokens)
	}
	refused := func(name string, status int, tokens tokenAnswer, wantStatus int, want string) {
		t.Helper()
		if status != wantStatus || tokens.Error != want || tokens.AccessToken != "" {
			t.Errorf("%s: %d %+v", name, status, tokens)
		}
	}
	status, tokens := d.exchange(code)
	refused("used twice", status, tokens, 400, "invalid_grant")
	for name, changed := range map[string][]string{
		"another verifier": {"code_verifier", "guess"},
		"no verifier":      {"code_verifier", ""},
		"another redirect": {"redirect_uri", "http://127.0.0.1:8766/callback"},
		"another client":   {"client_id", sandbox.ConfidentialClient, "client_secret", sandbox.ClientSecret},
	} {
		fresh := d.press("allow", request()).Get("code")
		status, tokens := d.exchange(fresh, changed...)
		refused(name, status, tokens, 400, "invalid_grant")
		status, tokens = d.exchange(fresh)
		refused(name+", then right", status, tokens, 400, "invalid_grant")
	}
	late := d.press("allow", request()).Get("code")
	d.clock.pass(120 * time.Second)
	status, tokens = d.exchange(late)
	refused("too late", status, tokens, 400, "invalid_grant")
	status, tokens = d.exchange(late, "client_id", "who")
	refused("unknown client", status, tokens, 401, "invalid_client")
	status, tokens = d.ask("grant_type", "password", "client_id", sandbox.PublicClient)
	refused("retired grant", status, tokens, 400, "unsupported_grant_type")
}

func TestRefreshTokensRotate(t *testing.T) {
	d := openOAuth(t)
	first := d.signIn("read write")
	refresh := func(token string) (int, tokenAnswer) {
		return d.ask("grant_type", "refresh_token", "client_id", sandbox.PublicClient, "refresh_token", token)
	}
	status, second := refresh(first.RefreshToken)
	if status != 200 || second.AccessToken == first.AccessToken || second.RefreshToken == first.RefreshToken {
		t.Fatalf("%d %+v", status, second)
	}
	if status, _ := d.get(first.AccessToken); status != 401 {
		t.Errorf("the old access token: %d", status)
	}
	if status, tokens := refresh(first.RefreshToken); status != 400 || tokens.Error != "invalid_grant" {
		t.Errorf("the old refresh token: %d %+v", status, tokens)
	}
	if status, _ := d.get(second.AccessToken); status != 200 {
		t.Errorf("the new access token: %d", status)
	}
	d.clock.pass(30 * 24 * time.Hour)
	if status, tokens := refresh(second.RefreshToken); status != 400 || tokens.Error != "invalid_grant" {
		t.Errorf("after 30 idle days: %d %+v", status, tokens)
	}
}

func TestBearerTokens(t *testing.T) {
	d := openOAuth(t)
	both := d.signIn("read write")
	if status, body := d.call("PUT", "/api/v2/tickets/1042", both.AccessToken); status != 200 {
		t.Errorf("write: %d %s", status, body)
	}
	if status, body := d.call("GET", "/api/v2/users/me", both.AccessToken); status != 200 || !strings.Contains(body, "Maya") {
		t.Errorf("me: %d %s", status, body)
	}
	reader := d.signIn("read")
	if status, body := d.call("PUT", "/api/v2/tickets/1042", reader.AccessToken); status != 403 ||
		body != `{"error":"Forbidden","description":"You are missing the following required scopes: write"}` {
		t.Errorf("write with read alone: %d %s", status, body)
	}
	misspelt := d.signIn("raed wirte")
	if status, body := d.get(misspelt.AccessToken); status != 403 || misspelt.Scope != "" ||
		body != `{"error":"Forbidden","description":"You are missing the following required scopes: read"}` {
		t.Errorf("misspelt scopes %q: %d %s", misspelt.Scope, status, body)
	}
	expired := `{"error":"invalid_token","error_description":"The access token provided is expired, revoked, malformed or invalid for other reasons."}`
	d.clock.pass(5 * time.Minute)
	if status, body := d.get(both.AccessToken); status != 401 || body != expired {
		t.Errorf("expired: %d %s", status, body)
	}
	again := d.signIn("read write")
	d.box.RevokeTokens()
	if status, body := d.get(again.AccessToken); status != 401 || body != expired {
		t.Errorf("revoked: %d %s", status, body)
	}
}

func TestClientCredentials(t *testing.T) {
	d := openOAuth(t)
	body := `{"grant_type":"client_credentials","client_id":"` + sandbox.ConfidentialClient + `","client_secret":"` + sandbox.ClientSecret + `","scope":"read write"}`
	status, _, text := d.post("/oauth/tokens", "application/json", body)
	var tokens tokenAnswer
	reply{body: text}.decode(t, &tokens)
	if status != 200 || tokens.RefreshToken != "" || tokens.Scope != "read write" {
		t.Fatalf("%d %s", status, text)
	}
	if status, _ := d.get(tokens.AccessToken); status != 200 {
		t.Errorf("the token is answered %d", status)
	}
	if status, tokens := d.ask("grant_type", "client_credentials", "client_id", sandbox.ConfidentialClient, "client_secret", "guess"); status != 401 || tokens.Error != "invalid_client" {
		t.Errorf("wrong secret: %d %+v", status, tokens)
	}
	if status, tokens := d.ask("grant_type", "client_credentials", "client_id", sandbox.PublicClient); status != 400 || tokens.Error != "unauthorized_client" {
		t.Errorf("public client: %d %+v", status, tokens)
	}
	if err := d.box.AddFaults(sandbox.Fault{Path: "/oauth/tokens", Answer: "unavailable"}); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := d.post("/oauth/tokens", "application/json", body); status != 503 {
		t.Errorf("with a fault: %d", status)
	}
}
