package tracker_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

const tokenEndpoint = "/oauth/tokens"

// test signs in and reads, as a command would.
func (w *world) test(ctx context.Context, svc *tracker.Service) error {
	return svc.TestIntegration(ctx, w.in.Draft(), func(tracker.TestStep) {})
}

// later makes a service's clock run ahead.
func later(svc *tracker.Service, by time.Duration) {
	svc.Now = func() time.Time { return time.Now().Add(by) }
}

// leaseUntil reads until when a renewal is leased, zero when it is not.
func (w *world) leaseUntil() time.Time {
	w.t.Helper()
	text, err := w.svc.Setting(w.t.Context(), "renewal/"+itoa(w.in.ID))
	if err != nil {
		w.t.Fatal(err)
	}
	var lease struct{ Until time.Time }
	if text != "" {
		if err := json.Unmarshal([]byte(text), &lease); err != nil {
			w.t.Fatal(err)
		}
	}
	return lease.Until
}

// A process that is killed in the exchange holds up nobody for long.
func TestAKilledRenewalIsTakenOverSoon(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	db, other := w.open(0)
	w.desk.ExpireTokens()
	w.faults(sandbox.Fault{Path: tokenEndpoint, Before: sandbox.Pause{Hold: "killed"}, Answer: sandbox.AnswerReset})
	go func() { _ = w.test(t.Context(), other) }()
	if err := w.desk.Held(t.Context(), "killed"); err != nil {
		t.Fatal(err)
	}
	// Its database is gone: it can neither extend its lease nor end it.
	_ = db.Close()
	later(w.svc, 10*time.Second)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := w.test(ctx, w.svc); err != nil {
		t.Error(err)
	}
	w.desk.Release("killed")
}

// A renewal that lasts is extended, so that nobody takes it over.
func TestALongRenewalKeepsItsLease(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	w.desk.ExpireTokens()
	w.faults(sandbox.Fault{Path: tokenEndpoint, Before: sandbox.Pause{Hold: "long"}})
	ended := make(chan error, 1)
	go func() { ended <- w.test(t.Context(), w.svc) }()
	if err := w.desk.Held(t.Context(), "long"); err != nil {
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
	w.desk.Release("long")
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Whoever gives up waiting says for what it waited.
func TestWaitingForARenewalSaysSo(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	_, other := w.open(0)
	if err := w.svc.SaveSetting(t.Context(), tracker.SettingViewBudget, "700ms"); err != nil {
		t.Fatal(err)
	}
	w.desk.ExpireTokens()
	w.faults(sandbox.Fault{Path: tokenEndpoint, Before: sandbox.Pause{Hold: "slow"}})
	ended := make(chan error, 1)
	go func() { ended <- w.test(t.Context(), other) }()
	if err := w.desk.Held(t.Context(), "slow"); err != nil {
		t.Fatal(err)
	}
	err := w.svc.RefreshView(t.Context(), w.in.ID)
	if tracker.CodeOf(err) != tracker.CodeUnavailable || !strings.Contains(err.Error(), "renew") || strings.Contains(err.Error(), "view") {
		t.Errorf("it says %v", err)
	}
	w.desk.Release("slow")
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A token that was renewed a moment ago may be refused since another process
// has renewed it once more: the saved one is tried then.
func TestATokenThatAnotherProcessRenewedIsReadAgain(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	_, other := w.open(0)
	for _, svc := range []*tracker.Service{w.svc, other, w.svc, other} {
		w.desk.ExpireTokens()
		if err := svc.RefreshView(t.Context(), w.in.ID); err != nil {
			t.Fatalf("%v, paused %q", err, w.paused())
		}
	}
	if w.paused() != "" {
		t.Errorf("paused %q", w.paused())
	}
}

// One whose lease ran out while it exchanged may have been quicker than who took
// it over: its tokens are waited for, and the sign-in is not over.
func TestARefusedRenewalReadsWhatWasSavedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newOAuthWorld(t)
	_, other := w.open(0)
	w.desk.ExpireTokens()
	w.faults(sandbox.Fault{Path: tokenEndpoint, After: sandbox.Pause{Hold: "answer"}})
	first, second := make(chan error, 1), make(chan error, 1)
	go func() { first <- w.test(t.Context(), other) }()
	if err := w.desk.Held(t.Context(), "answer"); err != nil {
		t.Fatal(err)
	}
	later(w.svc, 90*time.Second)
	before := w.refusedRenewals()
	go func() { second <- w.test(t.Context(), w.svc) }()
	ctx, cancel := context.WithTimeout(t.Context(), 25*time.Second)
	defer cancel()
	for w.refusedRenewals() == before {
		select {
		case <-ctx.Done():
			t.Fatal("nobody took the renewal over")
		case <-time.After(20 * time.Millisecond):
		}
	}
	w.desk.Release("answer")
	for _, ended := range []chan error{first, second} {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// refusedRenewals counts the exchanges that the desk refused.
func (w *world) refusedRenewals() int {
	n := 0
	for _, r := range w.desk.Requests() {
		if r.Path == tokenEndpoint && r.Status == http.StatusBadRequest {
			n++
		}
	}
	return n
}
