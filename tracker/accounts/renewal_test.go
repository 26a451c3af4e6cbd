package accounts_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/verdict"
	"storydesk/zendesk/sandbox"
)

const tokenEndpoint = "/oauth/tokens"

// test signs in and reads, as a command would.
func (w world) test(ctx context.Context, svc *engine.Engine) error {
	return svc.Accounts.TestIntegration(ctx, w.In.Draft(), func(verdict.TestStep) {})
}

// leaseUntil reads until when a renewal is leased, zero when it is not.
func (w world) leaseUntil() time.Time {
	w.T.Helper()
	var lease tracker.Lease
	err := w.Engine.Store.Read(w.T.Context(), func(r tracker.Reader) (err error) {
		lease, err = r.Lease("renewal/" + trackertest.Itoa(w.In.ID))
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return lease.Until
}

// leaseRenewal gives the lease on a renewal to another process.
func (w world) leaseRenewal(holder string, until time.Time) {
	w.T.Helper()
	err := w.Engine.Store.Write(w.T.Context(), func(tx tracker.Writer) error {
		_, ok, err := tx.ClaimLease(tracker.Lease{Name: "renewal/" + trackertest.Itoa(w.In.ID), Holder: holder, Until: until}, time.Now())
		if err == nil && !ok {
			w.T.Error("somebody holds the lease")
		}
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

// A process that is killed in the exchange holds up nobody for long.
func TestAKilledRenewalIsTakenOverSoon(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	db, other := w.Open(0)
	w.Sandbox.ExpireTokens()
	w.Faults(sandbox.Fault{Path: tokenEndpoint, Before: sandbox.Pause{Hold: "killed"}, Answer: sandbox.AnswerReset})
	go func() { _ = w.test(t.Context(), other) }()
	if err := w.Sandbox.Held(t.Context(), "killed"); err != nil {
		t.Fatal(err)
	}
	// Its database is gone: it can neither extend its lease nor end it.
	_ = db.Close()
	trackertest.Later(w.Engine, 10*time.Second)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := w.test(ctx, w.Engine); err != nil {
		t.Error(err)
	}
	w.Sandbox.Release("killed")
}

// A renewal that lasts is extended, so that nobody takes it over.
func TestALongRenewalKeepsItsLease(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.Sandbox.ExpireTokens()
	w.Faults(sandbox.Fault{Path: tokenEndpoint, Before: sandbox.Pause{Hold: "long"}})
	ended := make(chan error, 1)
	go func() { ended <- w.test(t.Context(), w.Engine) }()
	if err := w.Sandbox.Held(t.Context(), "long"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 25*time.Second)
	defer cancel()
	first := w.leaseUntil()
	for !w.leaseUntil().After(first) {
		select {
		case <-ctx.Done():
			t.Fatal("the lease was not extended")
		case <-time.After(50 * time.Millisecond):
		}
	}
	w.Sandbox.Release("long")
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Whoever gives up waiting says for what it waited. The token has ended by its own
// word, so that the reading waits before it asks Zendesk anything; and the clock of
// who waits stands still, so that the lease does not run out.
func TestWaitingForARenewalSaysSo(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	if err := w.Engine.Settings.SaveSetting(t.Context(), tracker.SettingViewBudget, "1s"); err != nil {
		t.Fatal(err)
	}
	w.endToken()
	_, waiting := w.Open(0)
	now := time.Now()
	waiting.Now = func() time.Time { return now }
	w.leaseRenewal("another", now.Add(6*time.Second))
	before := len(w.Sandbox.Requests())
	err := waiting.Views.RefreshView(t.Context(), w.In.ID)
	if tracker.CodeOf(err) != tracker.CodeUnavailable || !strings.Contains(err.Error(), "renew") || strings.Contains(err.Error(), "view") {
		t.Errorf("it says %v", err)
	}
	if n := len(w.Sandbox.Requests()) - before; n != 0 {
		t.Errorf("it sent %d requests", n)
	}
}

// endToken lets the saved access token have ended an hour ago.
func (w world) endToken() {
	w.T.Helper()
	var tokens map[string]any
	if err := json.Unmarshal([]byte(w.secret()), &tokens); err != nil {
		w.T.Fatal(err)
	}
	if tokens["expiry"] == nil {
		w.T.Fatal("the saved tokens do not say when they end")
	}
	tokens["expiry"] = time.Now().Add(-time.Hour)
	secret, err := json.Marshal(tokens)
	if err != nil {
		w.T.Fatal(err)
	}
	if err := w.DB.Secrets().Keep(w.T.Context(), w.In.ID, string(secret), true); err != nil {
		w.T.Fatal(err)
	}
}

// A token that was renewed a moment ago may be refused since another process
// has renewed it once more: the saved one is tried then.
func TestATokenThatAnotherProcessRenewedIsReadAgain(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	_, other := w.Open(0)
	for _, svc := range []*engine.Engine{w.Engine, other, w.Engine, other} {
		w.Sandbox.ExpireTokens()
		if err := svc.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatalf("%v, paused %q", err, w.Paused())
		}
	}
	if w.Paused() != "" {
		t.Errorf("paused %q", w.Paused())
	}
}

// One whose lease ran out while it exchanged may have been quicker than who took
// it over: its tokens are waited for, and the sign-in is not over.
func TestARefusedRenewalReadsWhatWasSavedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	_, other := w.Open(0)
	w.Sandbox.ExpireTokens()
	w.Faults(sandbox.Fault{Path: tokenEndpoint, After: sandbox.Pause{Hold: "answer"}})
	first, second := make(chan error, 1), make(chan error, 1)
	go func() { first <- w.test(t.Context(), other) }()
	if err := w.Sandbox.Held(t.Context(), "answer"); err != nil {
		t.Fatal(err)
	}
	trackertest.Later(w.Engine, 90*time.Second)
	before := w.refusedRenewals()
	go func() { second <- w.test(t.Context(), w.Engine) }()
	ctx, cancel := context.WithTimeout(t.Context(), 25*time.Second)
	defer cancel()
	for w.refusedRenewals() == before {
		select {
		case <-ctx.Done():
			t.Fatal("nobody took the renewal over")
		case <-time.After(20 * time.Millisecond):
		}
	}
	w.Sandbox.Release("answer")
	for _, ended := range []chan error{first, second} {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// refusedRenewals counts the exchanges that Zendesk refused.
func (w world) refusedRenewals() int {
	n := 0
	for _, r := range w.Sandbox.Requests() {
		if r.Path == tokenEndpoint && r.Status == http.StatusBadRequest {
			n++
		}
	}
	return n
}

// A sign-in whose tokens are gone when they are to be renewed is over; nothing is wrong with
// the ticket.
func TestTokensThatAreGoneEndASignIn(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	st := w.Story(w.Ticket(tracker.TicketOpen))
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil { // signed in by now
		t.Fatal(err)
	}
	if err := w.DB.Secrets().Forget(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	w.Sandbox.ExpireTokens()
	w.Comment(st, "Still here.")
	if d := w.Deliver(st)[0]; d.State != tracker.DeliveryWaiting || !strings.Contains(w.Paused(), "is not signed in") {
		t.Errorf("%s: %s; paused %q", d.State, d.Reason, w.Paused())
	}
}
