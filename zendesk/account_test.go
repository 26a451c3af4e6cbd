package zendesk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/zendesk/transport"
)

const (
	email  = "agent@acme.example"
	secret = "s3cr3t-t0ken"
)

// serve returns an account whose requests handle answers.
func serve(t *testing.T, c Config, handle http.HandlerFunc) tracker.Account {
	t.Helper()
	server := httptest.NewServer(handle)
	t.Cleanup(server.Close)
	return open(t, c, server.URL)
}

func open(t *testing.T, c Config, baseURL string) tracker.Account {
	t.Helper()
	d, err := New(c).Open(tracker.Integration{URL: baseURL, Email: email, Auth: tracker.AuthToken}, tracker.Credentials{Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func say(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// update makes an update that is in order.
func update(ctx context.Context, d tracker.Account) (tracker.Audit, error) {
	return d.Update(ctx, 7, tracker.TicketUpdate{Operation: "op-1", Note: "hello", Stamp: time.Unix(1_700_000_000, 0)})
}

// asError fails the test unless err is a *tracker.Error without secrets.
func asError(t *testing.T, err error) *tracker.Error {
	t.Helper()
	var e *tracker.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v (%T) is no *tracker.Error", err, err)
	}
	if all := fmt.Sprintf("%v %+v %#v %v", e, *e, *e, e.Err); strings.Contains(all, secret) {
		t.Errorf("the error shows the secret: %s", all)
	}
	return e
}

func TestOpenRefuses(t *testing.T) {
	good := tracker.Integration{URL: "https://acme.zendesk.com", Host: "acme.zendesk.com", Email: email, Auth: tracker.AuthPassword}
	tests := map[string]func(in *tracker.Integration, secret *string){
		"":         func(*tracker.Integration, *string) {},
		"url":      func(in *tracker.Integration, _ *string) { in.URL = "http://acme.zendesk.com" },
		"email":    func(in *tracker.Integration, _ *string) { in.Email = " " },
		"auth":     func(in *tracker.Integration, _ *string) { in.Auth = "magic" },
		"password": func(_ *tracker.Integration, s *string) { *s = "" },
	}
	for field, spoil := range tests {
		in, s := good, secret
		spoil(&in, &s)
		_, err := New(Config{}).Open(in, tracker.Credentials{Secret: s})
		if field == "" {
			if err != nil {
				t.Errorf("good integration: %v", err)
			}
			continue
		}
		if e := asError(t, err); e.Code != tracker.CodeInvalid || e.Field != field {
			t.Errorf("%s: got %s, field %q", field, e.Code, e.Field)
		}
	}
	in := good
	in.Host = "other.example.com"
	if _, err := New(Config{}).Open(in, tracker.Credentials{Secret: secret}); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("an address of another host: %v", err)
	}
}

func TestRequestIsSignedByMethod(t *testing.T) {
	tests := map[tracker.AuthMethod][2]string{
		tracker.AuthPassword: {email, secret},
		tracker.AuthToken:    {email + "/token", secret},
	}
	for method, want := range tests {
		var got [2]string
		var header http.Header
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			got[0], got[1], _ = r.BasicAuth()
			header = r.Header
			_, _ = io.WriteString(w, `{"user":{"id":1,"name":"Ada","role":"agent"}}`)
		}))
		d, err := New(Config{Version: "1.2"}).Open(tracker.Integration{URL: server.URL, Email: email, Auth: method}, tracker.Credentials{Secret: secret})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Me(t.Context())
		server.Close()
		if err != nil || got != want || header.Get("Accept") != "application/json" || header.Get("User-Agent") != "storydesk/1.2" {
			t.Errorf("%s: %v, signed %q, headers %v", method, err, got, header)
		}
	}
}

func TestSecretIsNeverPrinted(t *testing.T) {
	var log bytes.Buffer
	client := New(Config{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	d, err := client.Open(tracker.Integration{URL: "http://127.0.0.1:1", Email: email, Auth: tracker.AuthPassword}, tracker.Credentials{Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	_, err = update(t.Context(), d)
	e := asError(t, err)
	client.log.Info("a careless line", "account", d, "client", client, "error", e)
	printed := fmt.Sprintf("%v %+v %#v %s %v %#v", d, d, d, d, client, client) + fmt.Sprintf("%#v", *d.(*account)) + log.String()
	if strings.Contains(printed, secret) || strings.Contains(printed, "Basic ") {
		t.Errorf("the secret shows in %s", printed)
	}
	if !strings.Contains(log.String(), "/api/v2/tickets/7") {
		t.Errorf("the log lacks the request: %s", log.String())
	}
}

func TestInsecureHostIsRefusedAtSendTime(t *testing.T) {
	for _, base := range []string{"http://acme.zendesk.com", "https://other.zendesk.com"} {
		d := &account{client: New(Config{}), base: base, host: "acme.zendesk.com", sign: func(*http.Request) { t.Error("signed") }}
		_, err := d.Me(t.Context())
		if e := asError(t, err); !errors.Is(e, errInsecure) || !e.Unsent {
			t.Errorf("%s: %v", base, err)
		}
	}
}

// truncate breaks off in the middle of an answer.
func truncate(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	_, _ = io.WriteString(w, `{"ticket":{"id":7},"audit":{"id":`)
}

// truncateRefusal does so in the middle of a refusal.
func truncateRefusal(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	w.WriteHeader(http.StatusNotFound)
	_, _ = io.WriteString(w, `{"error":"Reco`)
}

func TestBrokenConnections(t *testing.T) {
	hangUp := func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		panic(http.ErrAbortHandler)
	}
	reset := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, _ := http.NewResponseController(w).Hijack()
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	}
	tests := []struct {
		name   string
		handle http.HandlerFunc
		code   tracker.Code
		unsent bool
	}{
		{"hangs up", hangUp, tracker.CodeUnavailable, false},
		{"reset", reset, tracker.CodeUnavailable, false},
		{"truncated", truncate, tracker.CodeUnreadable, false},
		{"truncated refusal", truncateRefusal, tracker.CodeUnreadable, false},
		{"no JSON", say(200, `{"audit":{"id":1`), tracker.CodeUnreadable, false},
		{"HTML", say(200, `<html><script>alert(1)</script>`), tracker.CodeUnreadable, false},
		{"empty", say(204, ``), tracker.CodeUnreadable, false},
		{"null", say(200, `null`), tracker.CodeUnreadable, false},
		{"no audit", say(200, `{"ticket":{"id":7}}`), tracker.CodeUnreadable, false},
		{"null audit", say(200, `{"ticket":{"id":7},"audit":null}`), tracker.CodeUnreadable, false},
		{"another's audit", say(200, `{"audit":{"id":1,"ticket_id":8}}`), tracker.CodeUnreadable, false},
		{"too large", say(200, strings.Repeat(" ", transport.MaxAnswer+1)), tracker.CodeUnreadable, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var requests atomic.Int32
			d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					say(200, `{"user":{"id":1,"role":"agent"}}`)(w, r)
					return
				}
				requests.Add(1)
				test.handle(w, r)
			})
			// The first request leaves a connection that the update uses again.
			if _, err := d.Me(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err := update(t.Context(), d)
			e := asError(t, err)
			if e.Code != test.code || e.Unsent != test.unsent || strings.ContainsAny(e.Message, "<{") {
				t.Errorf("got %s, unsent %v, %q", e.Code, e.Unsent, e.Message)
			}
			if n := requests.Load(); n != 1 {
				t.Errorf("the update left %d times", n)
			}
		})
	}
}

func TestNoConnectionIsUnsent(t *testing.T) {
	untrusted := httptest.NewTLSServer(say(200, `{}`))
	defer untrusted.Close()
	untrusted.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	plain := httptest.NewServer(say(200, `{}`))
	defer plain.Close()
	tests := map[string]string{
		"http://" + closedPort: "no connection to 127.0.0.1",
		untrusted.URL:          "certificate",
		"https" + strings.TrimPrefix(plain.URL, "http"): "no connection to 127.0.0.1",
		"https://storydesk-test-invalid.zendesk.com":    "storydesk-test-invalid.zendesk.com",
	}
	for base, want := range tests {
		direct := newTransport()
		direct.Proxy = nil
		_, err := update(t.Context(), open(t, Config{Transport: direct}, base))
		e := asError(t, err)
		if e.Code != tracker.CodeUnavailable || !e.Unsent || !strings.Contains(e.Message, want) {
			t.Errorf("%s: %s, unsent %v, %v (%v)", base, e.Code, e.Unsent, e, e.Err)
		}
	}
}

func TestTimeoutAndCancel(t *testing.T) {
	release := make(chan struct{})
	stall := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		if r.URL.Path == "/api/v2/tickets/7" {
			w.WriteHeader(http.StatusOK)
			_ = http.NewResponseController(w).Flush()
		}
		<-release
	}
	server := httptest.NewServer(http.HandlerFunc(stall))
	defer server.Close()
	defer close(release)

	slow := open(t, Config{Timeout: 30 * time.Millisecond}, server.URL)
	_, err := update(t.Context(), slow)
	if e := asError(t, err); e.Code != tracker.CodeUnavailable || e.Unsent || !strings.Contains(e.Message, "in time") {
		t.Errorf("time-out within the body: %s, unsent %v, %v", e.Code, e.Unsent, e)
	}
	_, err = slow.View(t.Context(), 1)
	if e := asError(t, err); e.Code != tracker.CodeUnavailable || !strings.Contains(strings.Join(e.Steps, ""), "narrow the view") {
		t.Errorf("time-out before the header: %s, %v", e.Code, e)
	}

	patient := open(t, Config{}, server.URL)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(30*time.Millisecond, cancel)
	_, err = update(ctx, patient)
	if e := asError(t, err); !errors.Is(err, context.Canceled) || e.Unsent {
		t.Errorf("cancelled under way: unsent %v, %v", e.Unsent, e.Err)
	}
	_, err = update(ctx, patient)
	if e := asError(t, err); !errors.Is(err, context.Canceled) || !e.Unsent {
		t.Errorf("cancelled before: unsent %v, %v", e.Unsent, e.Err)
	}
	past, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if _, err = update(past, patient); !errors.Is(err, context.DeadlineExceeded) || !asError(t, err).Unsent {
		t.Errorf("too late: %v", err)
	}
}

// A transport that does not report its connections must not make us believe
// that nothing was sent.
func TestUnknownTransportCountsAsSent(t *testing.T) {
	d := open(t, Config{Transport: failing{}}, "https://acme.zendesk.com")
	_, err := update(t.Context(), d)
	if e := asError(t, err); e.Unsent || e.Code != tracker.CodeUnavailable {
		t.Errorf("%s, unsent %v", e.Code, e.Unsent)
	}
}

// failing also holds that the transport has nothing to send a second time.
type failing struct{}

func (failing) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.GetBody != nil {
		panic("the body of an update can be sent again")
	}
	return nil, io.ErrUnexpectedEOF
}

func TestHTTP2UpdateIsNeverReplayed(t *testing.T) {
	var requests atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			say(200, fmt.Sprintf(`{"user":{"id":%d,"role":"agent"}}`, r.ProtoMajor))(w, r)
			return
		}
		requests.Add(1)
		panic(http.ErrAbortHandler)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	d := open(t, Config{Transport: server.Client().Transport}, server.URL)
	for range 2 { // on a new connection, then on one in use
		_, err := update(t.Context(), d)
		if e := asError(t, err); e.Unsent || e.Code != tracker.CodeUnavailable {
			t.Errorf("%s, unsent %v: %v", e.Code, e.Unsent, e.Err)
		}
		if me, err := d.Me(t.Context()); err != nil || me.ID != 2 {
			t.Fatalf("not over HTTP/2: %v, %v", me, err)
		}
	}
	if n := requests.Load(); n != 2 {
		t.Errorf("two updates left %d times", n)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	var strayed atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
	defer elsewhere.Close()
	tests := []struct {
		location string
		code     tracker.Code
		field    string
		want     string
	}{
		{"https://acme.zendesk.com/api/v2/users/me", tracker.CodeNoAccount, "url", "redirects to acme.zendesk.com"},
		{strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1) + "/x", tracker.CodeNoAccount, "url", "redirects to localhost"},
		{"/access/unauthenticated?return_to=x", tracker.CodeUnauthorized, "password", "sign in on a web page"},
		{"/auth/v3/signin", tracker.CodeUnauthorized, "password", "sign in on a web page"},
		{"/api/v2/elsewhere", tracker.CodeUnreadable, "url", "elsewhere"},
		{"", tracker.CodeUnreadable, "url", "elsewhere"},
		{"https://not_a-host/", tracker.CodeUnreadable, "url", "elsewhere"},
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, test := range tests {
			var requests atomic.Int32
			d := serve(t, Config{}, func(w http.ResponseWriter, _ *http.Request) {
				requests.Add(1)
				w.Header()["Location"] = []string{test.location}
				w.WriteHeader(status)
			})
			_, err := update(t.Context(), d)
			e := asError(t, err)
			if e.Code != test.code || e.Field != test.field || !strings.Contains(e.Message, test.want) || requests.Load() != 1 {
				t.Errorf("%d to %q: %s, field %q, %q after %d requests", status, test.location, e.Code, e.Field, e.Message, requests.Load())
			}
		}
	}
	if strayed.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

// sent captures the body of one update.
func sent(t *testing.T, u tracker.TicketUpdate) map[string]any {
	t.Helper()
	var body map[string]map[string]any
	d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPut || r.URL.Path != "/api/v2/tickets/7" || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		say(200, `{"audit":{"id":1,"ticket_id":7}}`)(w, r)
	})
	if _, err := d.Update(t.Context(), 7, u); err != nil {
		t.Fatal(err)
	}
	if len(body) != 1 {
		t.Errorf("body %v", body)
	}
	return body["ticket"]
}

func TestUpdateBody(t *testing.T) {
	stamp := time.Date(2026, 11, 22, 12, 0, 0, 999, time.FixedZone("", 7200))
	always := func(more map[string]any) map[string]any {
		more["metadata"] = map[string]any{"client_op": "op-1"}
		more["safe_update"] = true
		more["updated_stamp"] = "2026-11-22T10:00:00Z"
		return more
	}
	tests := map[string]struct {
		update tracker.TicketUpdate
		want   map[string]any
	}{
		"comment": {
			tracker.TicketUpdate{Note: "a <b>"},
			always(map[string]any{"comment": map[string]any{"html_body": "<p>a &lt;b&gt;</p>", "public": false}}),
		},
		"comment and status": {
			tracker.TicketUpdate{Note: "x", Open: true},
			always(map[string]any{"comment": map[string]any{"html_body": "<p>x</p>", "public": false}, "status": "open"}),
		},
		"status alone": {
			tracker.TicketUpdate{Open: true},
			always(map[string]any{"status": "open"}),
		},
	}
	for name, test := range tests {
		test.update.Operation, test.update.Stamp = "op-1", stamp
		if diff := cmp.Diff(test.want, sent(t, test.update)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestUpdateNeedsOperationStampAndChange(t *testing.T) {
	stamp := time.Unix(1_700_000_000, 0)
	d := serve(t, Config{}, func(http.ResponseWriter, *http.Request) { t.Error("sent") })
	for _, u := range []tracker.TicketUpdate{
		{Note: "x", Stamp: stamp},
		{Note: "x", Operation: "op"},
		{Operation: "op", Stamp: stamp},
		{Operation: "op", Stamp: stamp, Note: " \n"},
	} {
		_, err := d.Update(t.Context(), 7, u)
		if e := asError(t, err); !e.Unsent || e.Code != tracker.CodeInternal {
			t.Errorf("%+v: %s, unsent %v", u, e.Code, e.Unsent)
		}
	}
}
