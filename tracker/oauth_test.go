package tracker_test

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

func (w *world) signIn() {
	w.t.Helper()
	in, err := w.svc.SignIn(w.t.Context(), w.in.ID, 8765, true, allow)
	if err != nil {
		w.t.Fatal(err)
	}
	w.in = in
}

// newOAuthWorld is a world whose integration is signed in with OAuth.
func newOAuthWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	d := w.in.Draft()
	d.Auth, d.ClientID, d.Email = tracker.AuthOAuth, sandbox.PublicClient, ""
	in, err := w.svc.EditIntegration(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	w.in = in
	w.signIn()
	return w
}

func (w *world) secret() string {
	w.t.Helper()
	secret, err := w.db.Secrets().Secret(w.t.Context(), w.in.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return secret
}

// accepts tells whether the desk accepts the access token that is kept.
func (w *world) accepts(secret string) bool {
	w.t.Helper()
	var kept struct {
		Access string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(secret), &kept); err != nil {
		w.t.Fatal(err)
	}
	for _, token := range w.desk.AccessTokens() {
		if token == kept.Access {
			return true
		}
	}
	return false
}

// paused returns why the integration is paused, as it is stored.
func (w *world) paused() string {
	w.t.Helper()
	in, err := w.svc.Integration(w.t.Context(), w.in.ProjectID, w.in.Name)
	if err != nil {
		w.t.Fatal(err)
	}
	return in.PausedReason
}

func TestSignInKeepsWhoItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.in.Draft()
	d.Auth, d.ClientID, d.Email = tracker.AuthOAuth, sandbox.PublicClient, ""
	if _, err := w.svc.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Secrets().Secret(t.Context(), w.in.ID); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("the password of before is still kept: %v", err)
	}
	err := w.svc.RefreshView(t.Context(), w.in.ID)
	if tracker.CodeOf(err) != tracker.CodeUnauthorized || !strings.Contains(w.paused(), `storydesk integration login "Support"`) {
		t.Errorf("not signed in: %v, paused %q", err, w.paused())
	}
	w.signIn()
	if w.in.Email != sandbox.Email || w.in.PausedReason != "" {
		t.Errorf("signed in: %+v", w.in)
	}
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
		t.Error(err)
	}
	if err := w.svc.TestIntegration(t.Context(), w.in.Draft(), func(tracker.TestStep) {}); err != nil {
		t.Errorf("test: %v", err)
	}
}

// Tokens go to no other host, client or method.
func TestTokensStayWhereTheyBelong(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	d := w.in.Draft()
	d.Auth = tracker.AuthPassword
	var e *tracker.Error
	if _, err := w.svc.EditIntegration(t.Context(), d); !errors.As(err, &e) || e.Field != "password" {
		t.Errorf("as a password: %v", err)
	}
	if err := w.svc.TestIntegration(t.Context(), d, func(tracker.TestStep) {}); !errors.As(err, &e) || e.Field != "password" {
		t.Errorf("tested as a password: %v", err)
	}
	d = w.in.Draft()
	d.Secret = "typed"
	if _, err := w.svc.EditIntegration(t.Context(), d); !errors.As(err, &e) || e.Field != "password" {
		t.Errorf("with a typed secret: %v", err)
	}
	d = w.in.Draft()
	d.ClientID = ""
	if _, err := w.svc.EditIntegration(t.Context(), d); !errors.As(err, &e) || e.Field != "client-id" {
		t.Errorf("without a client: %v", err)
	}
	w.secret() // still there
	d = w.in.Draft()
	d.URL = "acme"
	if _, err := w.svc.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Secrets().Secret(t.Context(), w.in.ID); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("tokens went to another host: %v", err)
	}
}

func TestDeniedSignInChangesNothing(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	before := w.secret()
	denied := errors.New("denied")
	_, err := w.svc.SignIn(t.Context(), w.in.ID, 8765, true, func(context.Context, tracker.SignIn) (string, error) { return "", denied })
	if !errors.Is(err, denied) || w.secret() != before {
		t.Errorf("%v", err)
	}
	_, err = w.svc.SignIn(t.Context(), w.in.ID, 8765, true, func(context.Context, tracker.SignIn) (string, error) { return "guess", nil })
	if tracker.CodeOf(err) != tracker.CodeUnauthorized || w.secret() != before {
		t.Errorf("a wrong code: %v", err)
	}
}

// Without a keyring and consent nobody is sent to a browser in vain.
func TestSignInAsksForConsentFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.in.Draft()
	d.Auth, d.ClientID = tracker.AuthOAuth, sandbox.PublicClient
	if _, err := w.svc.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	_, err := w.svc.SignIn(t.Context(), w.in.ID, 8765, false, func(context.Context, tracker.SignIn) (string, error) {
		t.Error("the browser was opened")
		return "", nil
	})
	var e *tracker.Error
	if !errors.As(err, &e) || e.Field != "store-secret-in-db" {
		t.Errorf("%v", err)
	}
}

// Two processes that find their token expired at once renew it once.
func TestTwoProcessesRenewOnce(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	_, other := w.open(0)
	for range 3 {
		w.desk.ExpireTokens()
		var wait sync.WaitGroup
		for _, svc := range []*tracker.Service{w.svc, other, w.svc, other} {
			wait.Go(func() {
				fresh := w.in.Draft()
				if err := svc.TestIntegration(t.Context(), fresh, func(tracker.TestStep) {}); err != nil {
					t.Errorf("%v: %v", err, errors.Unwrap(err))
				}
			})
		}
		wait.Wait()
		if n := len(w.desk.AccessTokens()); n != 1 {
			t.Fatalf("%d tokens are good, want the one", n)
		}
	}
	if !w.accepts(w.secret()) || w.paused() != "" {
		t.Errorf("paused %q", w.paused())
	}
}

// The rotated pair is on the disk before its access token is used.
func TestRotatedTokensAreKeptBeforeUse(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.desk.ExpireTokens()
	w.faults(sandbox.Fault{Method: "GET", Path: "/views/*", Skip: 1, Before: sandbox.Pause{Hold: "used"}})
	read := make(chan error, 1)
	go func() { read <- w.svc.RefreshView(t.Context(), w.in.ID) }()
	if err := w.desk.Held(t.Context(), "used"); err != nil {
		t.Fatal(err)
	}
	if !w.accepts(w.secret()) {
		t.Error("the new token is used, but not kept")
	}
	w.desk.Release("used")
	if err := <-read; err != nil {
		t.Error(err)
	}
}

// leaves is a store in which a process died while it held the lease.
func TestDeadProcessDoesNotLockOthersOut(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.desk.ExpireTokens()
	for name, until := range map[string]time.Time{
		"run out":                  time.Now().Add(-time.Second),
		"made before a clock step": time.Now().Add(time.Hour),
	} {
		lease, err := json.Marshal(map[string]any{"holder": "dead", "until": until})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.svc.SaveSetting(t.Context(), "renewal/"+itoa(int64(w.in.ID)), string(lease)); err != nil {
			t.Fatal(err)
		}
		w.desk.ExpireTokens()
		if err := w.svc.TestIntegration(t.Context(), w.in.Draft(), func(tracker.TestStep) {}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// One that is alive is waited for.
	lease, err := json.Marshal(map[string]any{"holder": "alive", "until": time.Now().Add(5 * time.Second)})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.svc.SaveSetting(t.Context(), "renewal/"+itoa(int64(w.in.ID)), string(lease)); err != nil {
		t.Fatal(err)
	}
	w.desk.ExpireTokens()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	before := w.secret()
	if err := w.svc.TestIntegration(ctx, w.in.Draft(), func(tracker.TestStep) {}); tracker.CodeOf(err) != tracker.CodeUnavailable || w.secret() != before {
		t.Errorf("beside a living one: %v", err)
	}
}

// Whoever gives up does not cut the renewal off: its answer is kept.
func TestImpatienceDoesNotLoseTokens(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.desk.ExpireTokens()
	w.faults(sandbox.Fault{Path: "/oauth/tokens", After: sandbox.Pause{Hold: "answer"}})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.svc.TestIntegration(ctx, w.in.Draft(), func(tracker.TestStep) {}) }()
	if err := w.desk.Held(t.Context(), "answer"); err != nil {
		t.Fatal(err)
	}
	cancel()
	w.desk.Release("answer")
	if err := <-ended; err == nil {
		t.Error("a test that was given up succeeded")
	}
	if !w.accepts(w.secret()) {
		t.Error("the new tokens are lost")
	}
}

// A secret that cannot be kept is not exchanged.
func TestTokensAreNotExchangedWithoutAPlace(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.desk.ExpireTokens()
	w.svc.Secrets = fullSecrets{w.db.Secrets()}
	err := w.svc.RefreshView(t.Context(), w.in.ID)
	if tracker.CodeOf(err) != tracker.CodeUnavailable || w.paused() != "" {
		t.Errorf("%v, paused %q", err, w.paused())
	}
	w.svc.Secrets = w.db.Secrets()
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
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
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.desk.RevokeTokens()
	w.comment(st, "held back")
	notes := w.deliver(st)
	if len(notes) == 0 || notes[0].State != tracker.DeliveryWaiting || !strings.Contains(w.paused(), `storydesk integration login "Support"`) {
		t.Fatalf("%+v, paused %q", notes, w.paused())
	}
	w.signIn()
	w.deliver(st)
	w.once(ticket, "held back")
}

// A note whose update met an expired token leaves after a renewal, once, and
// the integration goes on.
func TestNoteLeavesAfterRenewal(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.faults(sandbox.Fault{Method: "PUT", Answer: "invalid-token"})
	w.comment(st, "after a renewal")
	before := w.secret()
	notes := w.deliver(st)
	if notes[0].State != tracker.DeliverySent || w.paused() != "" || w.secret() == before {
		t.Errorf("%+v, paused %q", notes, w.paused())
	}
	w.once(ticket, "after a renewal")
}

// A desk that refuses renewed tokens, too, is not asked for ever.
func TestNotePausesWhenRenewalDoesNotHelp(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.faults(sandbox.Fault{Method: "PUT", Answer: "invalid-token", Times: -1})
	w.comment(st, "refused")
	w.deliver(st)
	if w.paused() == "" {
		t.Error("it goes on")
	}
	if n := len(w.received(ticket, "refused")); n != 0 {
		t.Errorf("%d comments", n)
	}
}

func TestClientCredentialsSign(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.in.Draft()
	d.Auth, d.ClientID, d.Email = tracker.AuthClient, sandbox.ConfidentialClient, ""
	var e *tracker.Error
	if _, err := w.svc.EditIntegration(t.Context(), d); !errors.As(err, &e) || e.Field != "password" {
		t.Errorf("with the password of before: %v", err)
	}
	d.Secret, d.SecretInDatabase = sandbox.ClientSecret, true
	if _, err := w.svc.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	ticket := w.ticket(tracker.TicketNew)
	st := w.story(ticket)
	w.comment(st, "from a service")
	w.desk.ExpireTokens()
	w.deliver(st)
	w.once(ticket, "from a service")
}

// Tokens stand in the database alone, which was agreed to, and codes nowhere.
func TestTokensStandNowhereElse(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	spent := w.secret()
	w.desk.ExpireTokens()
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
		t.Fatal(err)
	}
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(w.path)
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
	_, err := w.svc.SignIn(ctx, w.in.ID, 8765, true, func(ctx context.Context, _ tracker.SignIn) (string, error) {
		interrupt()
		<-ctx.Done()
		return "", tracker.Errorf(tracker.CodeUnavailable, "no answer came from the browser")
	})
	if err == nil || err.Error() != "the sign-in was cancelled, and no tokens were saved" || w.secret() != before {
		t.Errorf("interrupted: %v", err)
	}
}
