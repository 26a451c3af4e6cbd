package accounts_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"storydesk/store"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/verdict"
	"storydesk/zendesk/sandbox"
)

// allow presses Allow for a sign-in, as a browser would, and returns the code.
func allow(ctx context.Context, begun tracker.SignIn) (string, error) {
	u, err := url.Parse(begun.URL())
	if err != nil {
		return "", err
	}
	form := u.Query()
	form.Set("decision", "allow")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+u.Host+"/oauth/authorizations", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	return begun.Code(res.Header.Get("Location"))
}

func (w world) signIn() {
	w.T.Helper()
	in, err := w.Engine.Accounts.SignIn(w.T.Context(), w.In.ID, 8765, true, allow)
	if err != nil {
		w.T.Fatal(err)
	}
	w.In = in
}

// newOAuthWorld is a world whose integration is signed in with OAuth.
func newOAuthWorld(t *testing.T) world {
	t.Helper()
	w := world{trackertest.New(t)}
	d := w.In.Draft()
	d.Auth, d.ClientID, d.Email = tracker.AuthOAuth, sandbox.PublicClient, ""
	in, err := w.Engine.Accounts.EditIntegration(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	w.In = in
	w.signIn()
	return w
}

func (w world) secret() string {
	w.T.Helper()
	secret, err := w.DB.Secrets().Secret(w.T.Context(), w.In.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return secret
}

// accepts reports whether Zendesk accepts the access token that is saved.
func (w world) accepts(secret string) bool {
	w.T.Helper()
	var kept struct {
		Access string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(secret), &kept); err != nil {
		w.T.Fatal(err)
	}
	for _, token := range w.Sandbox.AccessTokens() {
		if token == kept.Access {
			return true
		}
	}
	return false
}

func TestSignInKeepsWhoItIs(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	d := w.In.Draft()
	d.Auth, d.ClientID, d.Email = tracker.AuthOAuth, sandbox.PublicClient, ""
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if _, err := w.DB.Secrets().Secret(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("the password of before is still kept: %v", err)
	}
	err := w.Engine.Views.RefreshView(t.Context(), w.In.ID)
	if tracker.CodeOf(err) != tracker.CodeUnauthorized || tracker.ReasonOf(err) != tracker.ReasonSignedOut || w.Paused() != "Support is not signed in" {
		t.Errorf("not signed in: %v, paused %q", err, w.Paused())
	}
	w.signIn()
	if w.In.Email != sandbox.Email || w.In.PausedReason != "" {
		t.Errorf("signed in: %+v", w.In)
	}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Error(err)
	}
	if err := w.Engine.Accounts.TestIntegration(t.Context(), w.In.Draft(), func(verdict.TestStep) {}); err != nil {
		t.Errorf("test: %v", err)
	}
}

// Tokens go to no other host, client or method.
func TestTokensStayWhereTheyBelong(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	d := w.In.Draft()
	d.Auth = tracker.AuthPassword
	var e *tracker.Error
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); !errors.As(err, &e) || e.Field != "password" {
		t.Errorf("as a password: %v", err)
	}
	if err := w.Engine.Accounts.TestIntegration(t.Context(), d, func(verdict.TestStep) {}); !errors.As(err, &e) || e.Field != "password" {
		t.Errorf("tested as a password: %v", err)
	}
	d = w.In.Draft()
	d.Secret = "typed"
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); !errors.As(err, &e) || e.Field != "password" {
		t.Errorf("with a typed secret: %v", err)
	}
	d = w.In.Draft()
	d.ClientID = ""
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); !errors.As(err, &e) || e.Field != "client-id" {
		t.Errorf("without a client: %v", err)
	}
	w.secret() // still there
	d = w.In.Draft()
	d.URL = "acme"
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if _, err := w.DB.Secrets().Secret(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("tokens went to another host: %v", err)
	}
}

func TestDeniedSignInChangesNothing(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	before := w.secret()
	denied := errors.New("denied")
	_, err := w.Engine.Accounts.SignIn(t.Context(), w.In.ID, 8765, true, func(context.Context, tracker.SignIn) (string, error) { return "", denied })
	if !errors.Is(err, denied) || w.secret() != before {
		t.Errorf("%v", err)
	}
	_, err = w.Engine.Accounts.SignIn(t.Context(), w.In.ID, 8765, true, func(context.Context, tracker.SignIn) (string, error) { return "guess", nil })
	if tracker.CodeOf(err) != tracker.CodeUnauthorized || w.secret() != before {
		t.Errorf("a wrong code: %v", err)
	}
}

// Without a keyring and consent nobody is sent to a browser in vain.
func TestSignInAsksForConsentFirst(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	d := w.In.Draft()
	d.Auth, d.ClientID = tracker.AuthOAuth, sandbox.PublicClient
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	_, err := w.Engine.Accounts.SignIn(t.Context(), w.In.ID, 8765, false, func(context.Context, tracker.SignIn) (string, error) {
		t.Error("the browser was opened")
		return "", nil
	})
	var e *tracker.Error
	if !errors.As(err, &e) || e.Reason != tracker.ReasonNeedsConsent {
		t.Errorf("%v", err)
	}
}

// Two processes that find their token expired at once renew it once.
func TestTwoProcessesRenewOnce(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	_, other := w.Open(0)
	for range 3 {
		w.Sandbox.ExpireTokens()
		var wait sync.WaitGroup
		for _, svc := range []*engine.Engine{w.Engine, other, w.Engine, other} {
			wait.Go(func() {
				fresh := w.In.Draft()
				if err := svc.Accounts.TestIntegration(t.Context(), fresh, func(verdict.TestStep) {}); err != nil {
					t.Errorf("%v: %v", err, errors.Unwrap(err))
				}
			})
		}
		wait.Wait()
		if n := len(w.Sandbox.AccessTokens()); n != 1 {
			t.Fatalf("%d tokens are good, want the one", n)
		}
	}
	if !w.accepts(w.secret()) || w.Paused() != "" {
		t.Errorf("paused %q", w.Paused())
	}
}

// The rotated pair is on the disk before its access token is used.
func TestRotatedTokensAreKeptBeforeUse(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.Sandbox.ExpireTokens()
	w.Faults(sandbox.Fault{Method: "GET", Path: "/views/*", Skip: 1, Before: sandbox.Pause{Hold: "used"}})
	read := make(chan error, 1)
	go func() { read <- w.Engine.Views.RefreshView(t.Context(), w.In.ID) }()
	if err := w.Sandbox.Held(t.Context(), "used"); err != nil {
		t.Fatal(err)
	}
	if !w.accepts(w.secret()) {
		t.Error("the new token is used, but not kept")
	}
	w.Sandbox.Release("used")
	if err := <-read; err != nil {
		t.Error(err)
	}
}

// leaves is a store in which a process died while it held the lease.
func TestDeadProcessDoesNotLockOthersOut(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.Sandbox.ExpireTokens()
	for name, until := range map[string]time.Time{
		"run out":                  time.Now().Add(-time.Second),
		"made before a clock step": time.Now().Add(time.Hour),
	} {
		w.leaseRenewal("dead", until)
		w.Sandbox.ExpireTokens()
		if err := w.Engine.Accounts.TestIntegration(t.Context(), w.In.Draft(), func(verdict.TestStep) {}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// One that is alive is waited for: its lease does not run out while time stands still.
	now := time.Now()
	w.Engine.Now = func() time.Time { return now }
	w.leaseRenewal("alive", now.Add(5*time.Second))
	w.Sandbox.ExpireTokens()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	before := w.secret()
	if err := w.Engine.Accounts.TestIntegration(ctx, w.In.Draft(), func(verdict.TestStep) {}); tracker.CodeOf(err) != tracker.CodeUnavailable || w.secret() != before {
		t.Errorf("beside a living one: %v", err)
	}
}

// Whoever gives up does not cut the renewal off: its answer is saved.
func TestImpatienceDoesNotLoseTokens(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.Sandbox.ExpireTokens()
	w.Faults(sandbox.Fault{Path: "/oauth/tokens", After: sandbox.Pause{Hold: "answer"}})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.Engine.Accounts.TestIntegration(ctx, w.In.Draft(), func(verdict.TestStep) {}) }()
	if err := w.Sandbox.Held(t.Context(), "answer"); err != nil {
		t.Fatal(err)
	}
	cancel()
	w.Sandbox.Release("answer")
	if err := <-ended; err == nil {
		t.Error("a test that was given up succeeded")
	}
	if !w.accepts(w.secret()) {
		t.Error("the new tokens are lost")
	}
}

// A secret that cannot be saved is not exchanged.
func TestTokensAreNotExchangedWithoutAPlace(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.Sandbox.ExpireTokens()
	w.Engine.Secrets = fullSecrets{w.DB.Secrets()}
	err := w.Engine.Views.RefreshView(t.Context(), w.In.ID)
	if tracker.CodeOf(err) != tracker.CodeUnavailable || w.Paused() != "" {
		t.Errorf("%v, paused %q", err, w.Paused())
	}
	w.Engine.Secrets = w.DB.Secrets()
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// fullSecrets keep nothing more.
type fullSecrets struct{ *store.Secrets }

func (fullSecrets) Keep(context.Context, tracker.IntegrationID, string, bool) error {
	return tracker.NoKeyring(nil)
}

func TestDeadRefreshTokenPauses(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Sandbox.RevokeTokens()
	w.Comment(st, "held back")
	deliveries := w.Deliver(st)
	if len(deliveries) == 0 || deliveries[0].State != tracker.DeliveryWaiting || !strings.HasSuffix(w.Paused(), "is no longer valid") {
		t.Fatalf("%+v, paused %q", deliveries, w.Paused())
	}
	in, err := w.Engine.Accounts.Integration(t.Context(), w.In.ProjectID, w.In.Name)
	if err != nil || in.PausedCause != tracker.PauseSignedOut {
		t.Errorf("the cause of the pause is %q, %v", in.PausedCause, err)
	}
	w.signIn()
	w.Deliver(st)
	w.Once(ticket, "held back")
}

// A private comment whose update met an expired token leaves after a renewal, once, and
// the integration goes on.
func TestCommentLeavesAfterRenewal(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Faults(sandbox.Fault{Method: "PUT", Answer: "invalid-token"})
	w.Comment(st, "after a renewal")
	before := w.secret()
	deliveries := w.Deliver(st)
	if deliveries[0].State != tracker.DeliverySent || w.Paused() != "" || w.secret() == before {
		t.Errorf("%+v, paused %q", deliveries, w.Paused())
	}
	w.Once(ticket, "after a renewal")
}

// An account that refuses renewed tokens, too, is not asked for ever.
func TestCommentPausesWhenRenewalDoesNotHelp(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Faults(sandbox.Fault{Method: "PUT", Answer: "invalid-token", Times: -1})
	w.Comment(st, "refused")
	w.Deliver(st)
	if w.Paused() == "" {
		t.Error("it goes on")
	}
	if n := len(w.Received(ticket, "refused")); n != 0 {
		t.Errorf("%d comments", n)
	}
}

func TestClientCredentialsSign(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	d := w.In.Draft()
	d.Auth, d.ClientID, d.Email = tracker.AuthClient, sandbox.ConfidentialClient, ""
	var e *tracker.Error
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); !errors.As(err, &e) || e.Field != "password" {
		t.Errorf("with the password of before: %v", err)
	}
	d.Secret, d.SecretInDatabase = sandbox.ClientSecret, true
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Comment(st, "from a service")
	w.Sandbox.ExpireTokens()
	w.Deliver(st)
	w.Once(ticket, "from a service")
}

// Tokens stand in the database alone, which was agreed to, and codes nowhere.
func TestTokensStandNowhereElse(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	spent := w.secret()
	w.Sandbox.ExpireTokens()
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	if err := w.DB.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(w.Path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(file), spent) {
		t.Error("the spent tokens are still in the database")
	}
}

// Whoever interrupts a sign-in is told that, and not that no answer came.
func TestInterruptedSignInSaysSo(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	before := w.secret()
	ctx, interrupt := context.WithCancel(t.Context())
	_, err := w.Engine.Accounts.SignIn(ctx, w.In.ID, 8765, true, func(ctx context.Context, _ tracker.SignIn) (string, error) {
		interrupt()
		<-ctx.Done()
		return "", tracker.Errorf(tracker.CodeUnavailable, "no answer came from the browser")
	})
	if err == nil || err.Error() != "the sign-in was cancelled, and no tokens were saved" || w.secret() != before {
		t.Errorf("interrupted: %v", err)
	}
}
