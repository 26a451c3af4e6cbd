package zendesk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
	"storydesk/zendesk/signin/signintest"
)

// savedSecret is a secret as a service saves it: renewed by one at a time.
type savedSecret struct {
	mu       sync.Mutex
	secret   string
	renewals int
}

func (k *savedSecret) credentials() tracker.Credentials {
	k.mu.Lock()
	defer k.mu.Unlock()
	return tracker.Credentials{Secret: k.secret, Renew: k.renew}
}

func (k *savedSecret) renew(ctx context.Context, spent string, exchange tracker.Exchange) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.secret != spent {
		return k.secret, nil
	}
	next, err := exchange(ctx, spent)
	if err == nil {
		k.secret = next
		k.renewals++
	}
	return next, err
}

// oauthAccount is a sandbox, an integration with it, and where its secret is saved.
type oauthAccount struct {
	*sandbox.Sandbox
	t           *testing.T
	in          tracker.Integration
	savedSecret *savedSecret
}

func openOAuth(t *testing.T, o sandbox.Options) *oauthAccount {
	t.Helper()
	box, err := sandbox.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	base, err := box.Listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	return &oauthAccount{box, t, tracker.Integration{
		Name: "Support", URL: base, Auth: tracker.AuthOAuth, ClientID: sandbox.PublicClient,
	}, &savedSecret{}}
}

// press follows an authorization address as a browser does, presses a button,
// and returns the address that it leads to.
func press(t *testing.T, address, button string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	form := u.Query()
	form.Set("decision", button)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(u.Scheme+"://"+u.Host+"/oauth/authorizations", form)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.Header.Get("Location")
}

// signIn goes through a whole sign-in whose answer is pasted.
func (a *oauthAccount) signIn() {
	a.t.Helper()
	begun, err := zendesk.New(zendesk.Config{}).SignIn(a.in, 8765)
	if err != nil {
		a.t.Fatal(err)
	}
	code, err := begun.Code(press(a.t, begun.URL(), "allow"))
	if err != nil {
		a.t.Fatal(err)
	}
	if a.savedSecret.secret, err = begun.Exchange(a.t.Context(), code); err != nil {
		a.t.Fatal(err)
	}
}

func (a *oauthAccount) account() tracker.Account {
	a.t.Helper()
	d, err := zendesk.New(zendesk.Config{}).Open(a.in, a.savedSecret.credentials())
	if err != nil {
		a.t.Fatal(err)
	}
	return d
}

func TestSignInByPasting(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	begun, err := zendesk.New(zendesk.Config{}).SignIn(a.in, 8765)
	if err != nil {
		t.Fatal(err)
	}
	back := press(t, begun.URL(), "allow")
	other := strings.Replace(back, "state=", "state=x", 1)
	for name, pasted := range map[string]string{
		"nothing": " ", "words": "what is this", "half an address": "code=abc", "another sign-in": other, "no address": "http://%zz?code=1",
	} {
		_, err := begun.Code(pasted)
		if e := wantCode(t, name, err, tracker.CodeInvalid); e.Field != "code" {
			t.Errorf("%s: field %q", name, e.Field)
		}
	}
	_, err = begun.Code(press(t, begun.URL(), "deny"))
	wantCode(t, "denied", err, tracker.CodeRefused)
	code, err := begun.Code("  " + back + "\n")
	if err != nil {
		t.Fatal(err)
	}
	if bare, err := begun.Code(code); bare != code || err != nil {
		t.Errorf("the code alone: %q, %v", bare, err)
	}
	if _, err := begun.Exchange(t.Context(), code); err != nil {
		t.Fatal(err)
	}
	_, err = begun.Exchange(t.Context(), code)
	e := wantCode(t, "a code used twice", err, tracker.CodeUnauthorized)
	if causes := strings.Join(e.Causes, "\n"); strings.Contains(e.Message, "is over") || !strings.Contains(causes, "120 seconds") ||
		!strings.Contains(causes, "used before") || !strings.Contains(causes, "redirect URL") {
		t.Errorf("a code used twice is explained as %q:\n%s", e.Message, causes)
	}
	if strings.Contains(e.Error()+e.Err.Error(), code) {
		t.Errorf("the error contains the code: %v: %v", e, e.Err)
	}
}

func TestSignInByLoopback(t *testing.T) {
	port, err := signintest.Port(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprintf("http://127.0.0.1:%d", port)
	a := openOAuth(t, sandbox.Options{RedirectURIs: []string{at + "/callback"}})
	begun, err := zendesk.New(zendesk.Config{}).SignIn(a.in, port)
	if err != nil {
		t.Fatal(err)
	}
	code, err := begun.Receive(t.Context(), func() error {
		for _, stray := range []string{"/", "/callback", "/callback?code=evil&state=guess", "/other"} {
			if status := visit(t, at+stray); status != http.StatusBadRequest {
				t.Errorf("%s was answered %d", stray, status)
			}
		}
		if status := visit(t, press(t, begun.URL(), "allow")); status != http.StatusOK {
			t.Errorf("the answer was answered %d", status)
		}
		return nil
	})
	if err != nil || code == "" || code == "evil" {
		t.Fatalf("received %q, %v", code, err)
	}
	if _, err := begun.Exchange(t.Context(), code); err != nil {
		t.Error(err)
	}
	_, err = begun.Receive(t.Context(), func() error {
		visit(t, press(t, begun.URL(), "deny"))
		_, err := begun.Receive(t.Context(), func() error { return nil })
		if e := wantCode(t, "a port that is taken", err, tracker.CodeUnavailable); e.Reason != tracker.ReasonPortTaken {
			t.Errorf("reason %q", e.Reason)
		}
		return nil
	})
	wantCode(t, "denied", err, tracker.CodeRefused)
	ctx, cancel := context.WithCancel(t.Context())
	_, err = begun.Receive(ctx, func() error { cancel(); return nil })
	wantCode(t, "given up", err, tracker.CodeUnavailable)
}

func visit(t *testing.T, address string) int {
	t.Helper()
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func TestSignInNeedsOAuth(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	for _, port := range []int{0, -1, 65536} {
		_, err := zendesk.New(zendesk.Config{}).SignIn(a.in, port)
		wantCode(t, "port", err, tracker.CodeInvalid)
	}
	a.in.Auth = tracker.AuthToken
	_, err := zendesk.New(zendesk.Config{}).SignIn(a.in, 8765)
	if e := wantCode(t, "a token's integration", err, tracker.CodeInvalid); e.Field != "auth" {
		t.Errorf("field %q", e.Field)
	}
}

// A token that is refused is renewed once, and the read asked again.
func TestReadsAreAskedAgainAfterRenewal(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	a.signIn()
	d := a.account()
	if me, err := d.Me(t.Context()); err != nil || me.Email != sandbox.Email {
		t.Fatalf("%+v, %v", me, err)
	}
	a.ExpireTokens()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := d.View(t.Context(), tracker.ViewID(sandbox.ViewNew)); err != nil {
				t.Errorf("after the expiry: %v", err)
			}
		})
	}
	wait.Wait()
	if a.savedSecret.renewals != 1 {
		t.Errorf("%d renewals, want 1", a.savedSecret.renewals)
	}
	// Another account that holds the old pair finds the new one.
	a.ExpireTokens()
	other := a.account()
	for _, account := range []tracker.Account{other, a.account()} {
		if _, err := account.Me(t.Context()); err != nil {
			t.Error(err)
		}
	}
	// One that is refused right after a renewal is not renewed again.
	a.ExpireTokens()
	_, err := other.View(t.Context(), tracker.ViewID(sandbox.ViewNew))
	e := wantCode(t, "refused at once", err, tracker.CodeUnauthorized)
	if e.Reason != tracker.ReasonSignedOut || e.Subject != "Support" {
		t.Errorf("reason %q of %q", e.Reason, e.Subject)
	}
}

// unissued removes the issue time from the saved secret, as earlier versions
// did not save it.
func (k *savedSecret) unissued(t *testing.T) {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(k.secret), &fields); err != nil {
		t.Fatal(err)
	}
	if fields["issued"] == nil {
		t.Error("the token's issue time is not saved")
	}
	delete(fields, "issued")
	text, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	k.secret = string(text)
}

// A token that lasts for seconds is not renewed for each request.
func TestAShortTokenIsUsedForAWhile(t *testing.T) {
	a := openOAuth(t, sandbox.Options{TokenLife: 50 * time.Second})
	a.signIn()
	if _, err := a.account().Me(t.Context()); err != nil || a.savedSecret.renewals != 0 {
		t.Errorf("%d renewals, %v", a.savedSecret.renewals, err)
	}
}

// A token is renewed a minute ahead of its end, before it is used.
func TestRenewalAheadOfTheEnd(t *testing.T) {
	a := openOAuth(t, sandbox.Options{TokenLife: 50 * time.Second})
	a.signIn()
	a.savedSecret.unissued(t)
	if _, err := a.account().Me(t.Context()); err != nil || a.savedSecret.renewals != 1 {
		t.Fatalf("%d renewals, %v", a.savedSecret.renewals, err)
	}
	for _, r := range a.Requests() {
		if r.Path == "/api/v2/users/me.json" && r.Status != http.StatusOK {
			t.Errorf("a request with the old token: %+v", r)
		}
	}
	// It still works when it cannot be renewed just now.
	a.savedSecret.unissued(t)
	if err := a.AddFaults(sandbox.Fault{Path: "/oauth/tokens", Answer: "unavailable", Times: -1}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.account().Me(t.Context()); err != nil {
		t.Error(err)
	}
}

// An update that is refused for its token has certainly not been made.
func TestUpdateWithAnExpiredToken(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	a.signIn()
	d := a.account()
	ticket := newTicket(t, d)
	before := len(a.Comments(int64(ticket.ID)))
	a.ExpireTokens()
	update := tracker.TicketUpdate{Operation: "op", Note: "a comment", Stamp: ticket.UpdatedAt}
	_, err := d.Update(t.Context(), ticket.ID, update)
	if e := wantCode(t, "the first", err, tracker.CodeUnavailable); !e.Unsent {
		t.Error("it may have been made")
	}
	if n := len(a.Comments(int64(ticket.ID))); n != before {
		t.Errorf("%d comments, want %d", n, before)
	}
	if _, err := d.Update(t.Context(), ticket.ID, update); err != nil {
		t.Errorf("the second: %v", err)
	}
}

func TestRefusalsOfTheTokenEndpoint(t *testing.T) {
	for name, c := range map[string]struct {
		fault sandbox.Fault
		code  tracker.Code
		wait  time.Duration
	}{
		"out of order": {sandbox.Fault{Answer: "unavailable", RetryAfter: 7}, tracker.CodeUnavailable, 7 * time.Second},
		"limited":      {sandbox.Fault{Answer: "limited-account", RetryAfter: 9}, tracker.CodeLimited, 9 * time.Second},
		"reset":        {sandbox.Fault{Answer: "reset"}, tracker.CodeUnavailable, 0},
		"no help desk": {sandbox.Fault{Answer: "no-help-desk"}, tracker.CodeNoAccount, 0},
		"a page":       {sandbox.Fault{Answer: "html"}, tracker.CodeUnreadable, 0},
		"other JSON":   {sandbox.Fault{Answer: "wrong-json"}, tracker.CodeUnreadable, 0},
		"a redirect":   {sandbox.Fault{Answer: "redirect-other-host"}, tracker.CodeNoAccount, 0},
	} {
		t.Run(name, func(t *testing.T) {
			a := openOAuth(t, sandbox.Options{})
			a.signIn()
			a.ExpireTokens()
			c.fault.Path, c.fault.Times = "/oauth/tokens", -1
			if err := a.AddFaults(c.fault); err != nil {
				t.Fatal(err)
			}
			_, err := a.account().Me(t.Context())
			e := wantCode(t, name, err, c.code)
			if e.RetryAfter != c.wait || !e.Unsent {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestDeadRefreshToken(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	a.signIn()
	a.RevokeTokens()
	_, err := a.account().Me(t.Context())
	if e := wantCode(t, "revoked", err, tracker.CodeUnauthorized); e.Reason != tracker.ReasonSignedOut || e.Subject != "Support" || !e.Unsent {
		t.Errorf("%+v", e)
	}
}

func TestScopesThatWereNotGranted(t *testing.T) {
	granting := func(scope string) *httptest.Server {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "t", "token_type": "bearer", "scope": scope})
		}))
		t.Cleanup(server.Close)
		return server
	}
	for scope, missing := range map[string]string{"read": "scope tickets:write: without it, private comments cannot be sent", "tickets:write": "scope read: without it, tickets cannot be loaded", "tickets:read tickets:write": "scope read:",
		"": "scope read, tickets:write: nothing works", "write read": "", "read tickets:write": "", "users:read read impersonate tickets:write": "",
	} {
		in := tracker.Integration{Name: "S", URL: granting(scope).URL, Auth: tracker.AuthOAuth, ClientID: "c"}
		begun, err := zendesk.New(zendesk.Config{}).SignIn(in, 8765)
		if err != nil {
			t.Fatal(err)
		}
		_, err = begun.Exchange(t.Context(), "code")
		if missing == "" && err == nil {
			continue
		}
		if e := wantCode(t, scope, err, tracker.CodeMissingScope); !strings.Contains(e.Message, missing) {
			t.Errorf("%q: %s", scope, e.Message)
		}
	}
}

func TestClientCredentials(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	a.in.Auth, a.in.ClientID, a.savedSecret.secret = tracker.AuthClient, sandbox.ConfidentialClient, sandbox.ClientSecret
	d := a.account()
	me, err := d.Me(t.Context())
	if err != nil || me.Email != sandbox.Email {
		t.Fatalf("%+v, %v", me, err)
	}
	a.savedSecret.secret = "guess"
	_, err = a.account().Me(t.Context())
	if e := wantCode(t, "a wrong secret", err, tracker.CodeUnauthorized); e.Field != "client-id" || strings.Contains(e.Err.Error(), "guess") {
		t.Errorf("%+v", e)
	}
	a.in.ClientID = sandbox.PublicClient
	_, err = a.account().Me(t.Context())
	wantCode(t, "a public client", err, tracker.CodeUnauthorized)
}

func TestWhatIsNoTokenIsNoSignIn(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	for _, secret := range []string{"hunter2", `{"access_token":""}`, "[]", `{"access_token":"hunter2","host":"other.zendesk.com"}`} {
		a.savedSecret.secret = secret
		_, err := zendesk.New(zendesk.Config{}).Open(a.in, a.savedSecret.credentials())
		e := wantCode(t, secret, err, tracker.CodeUnauthorized)
		if strings.Contains(e.Error()+e.Err.Error(), "hunter2") {
			t.Errorf("the error shows the secret: %v", e)
		}
	}
}

// A caller that waits for another renewal may give up.
func TestWaitingForARenewalEndsWithTheContext(t *testing.T) {
	a := openOAuth(t, sandbox.Options{})
	a.signIn()
	a.ExpireTokens()
	if err := a.AddFaults(sandbox.Fault{Path: "/oauth/tokens", Before: sandbox.Pause{Hold: "renewal"}}); err != nil {
		t.Fatal(err)
	}
	d := a.account()
	var renewed atomic.Bool
	first := make(chan error, 1)
	go func() {
		_, err := d.Me(t.Context())
		renewed.Store(true)
		first <- err
	}()
	if err := a.Held(t.Context(), "renewal"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := d.Me(ctx)
	if e := wantCode(t, "the second", err, tracker.CodeUnavailable); !e.Unsent || renewed.Load() {
		t.Errorf("%+v, renewed: %v", e, renewed.Load())
	}
	a.Release("renewal")
	if err := <-first; err != nil {
		t.Errorf("the first: %v", err)
	}
}
