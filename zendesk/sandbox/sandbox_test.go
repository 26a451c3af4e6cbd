package sandbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"storydesk/zendesk/sandbox"
)

// childState is the variable that makes the test binary serve a state file
// until it is killed, instead of running tests.
const childState = "SANDBOX_TEST_STATE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childState); path != "" {
		serveUntilKilled(path)
	}
	goleak.VerifyTestMain(m)
}

func serveUntilKilled(path string) {
	s, err := sandbox.Open(sandbox.Options{StatePath: path})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	url, err := s.Listen(context.Background(), "")
	fmt.Println(url, err)
	select {}
}

// clock is a clock that the test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 11, 22, 10, 0, 0, 250e6, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// sandboxClient is a sandbox and an HTTP client of it.
type sandboxClient struct {
	*sandbox.Sandbox
	t      *testing.T
	url    string
	clock  *clock
	client *http.Client
	ctx    context.Context
	// email and secret sign in; empty for nobody.
	email, secret string
}

func open(t *testing.T, o sandbox.Options) *sandboxClient {
	t.Helper()
	c := newClock()
	o.Now = c.Now
	s, err := sandbox.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	url, err := s.Listen(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &sandboxClient{
		Sandbox: s, t: t, ctx: t.Context(), url: url, clock: c, email: sandbox.Email, secret: sandbox.Password,
		client: &http.Client{
			Transport: transport, Timeout: 10 * time.Second,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// as signs in as somebody else.
func (d *sandboxClient) as(email, secret string) *sandboxClient {
	other := *d
	other.email, other.secret = email, secret
	return &other
}

// reply is an answer read whole.
type reply struct {
	status int
	header http.Header
	body   string
}

// try makes a call and returns what became of it.
func (d *sandboxClient) try(method, path, body string, headers ...string) (reply, error) {
	d.t.Helper()
	req, err := http.NewRequestWithContext(d.ctx, method, d.url+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if d.email != "" {
		req.SetBasicAuth(d.email, d.secret)
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return reply{resp.StatusCode, resp.Header, string(text)}, err
}

func (d *sandboxClient) call(method, path, body string, headers ...string) reply {
	d.t.Helper()
	got, err := d.try(method, path, body, headers...)
	if err != nil {
		d.t.Fatalf("%s %s: %v", method, path, err)
	}
	return got
}

// get reads a path into a value and expects 200.
func (d *sandboxClient) get(path string, into any) {
	d.t.Helper()
	d.expect(200, "GET", path, "").decode(d.t, into)
}

// put updates a ticket with the JSON of its properties and expects a status.
func (d *sandboxClient) put(status int, ticket int64, properties string) reply {
	d.t.Helper()
	return d.expect(status, "PUT", fmt.Sprintf("/api/v2/tickets/%d", ticket), `{"ticket":`+properties+`}`)
}

func (d *sandboxClient) expect(status int, method, path, body string) reply {
	d.t.Helper()
	got := d.call(method, path, body)
	if got.status != status {
		d.t.Fatalf("%s %s: %d %s, want %d", method, path, got.status, got.body, status)
	}
	return got
}

func (r reply) decode(t *testing.T, into any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader([]byte(r.body)))
	if err := dec.Decode(into); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
}

// Tickets of the seed that the tests name by what they are.
const (
	newTicket       = 1047 // new, unassigned, one public comment
	openTicket      = 1042 // open, assigned, the last of three comments private
	solvedTicket    = 1004
	closedTicket    = 983
	archivedTicket  = 981 // closed for longer than Zendesk keeps it in views
	internalTicket  = 987 // its first comment is private
	hostileTicket   = 1034
	colleagueEmail  = "aiko.brandt@brightwharf.example"
	lightAgentEmail = "samuel.oyelaran@brightwharf.example"
)
