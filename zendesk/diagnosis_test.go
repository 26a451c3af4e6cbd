package zendesk

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/transport"
)

// failingCase is a way in which a request fails.
type failingCase struct {
	name string
	auth tracker.AuthMethod
	// ask is the request; nil for the signed-in user.
	ask func(context.Context, tracker.Account) error
	// answer is what the account answers; it is not asked when transport is set.
	answer http.HandlerFunc
	// transport fails in place of the network, and base is whom it is asked for.
	transport http.RoundTripper
	base      string
	// exchange exchanges the code of a sign-in with a browser.
	exchange bool
}

func askMe(ctx context.Context, d tracker.Account) error     { _, err := d.Me(ctx); return err }
func askView(ctx context.Context, d tracker.Account) error   { _, err := d.View(ctx, 25); return err }
func askTicket(ctx context.Context, d tracker.Account) error { _, err := d.Ticket(ctx, 7); return err }
func askUpload(ctx context.Context, d tracker.Account) error {
	_, _, err := d.Upload(ctx, tracker.StoryFile{Name: "a.pdf", Size: 1}, strings.NewReader("a"))
	return err
}
func askUpdate(ctx context.Context, d tracker.Account) error { _, err := update(ctx, d); return err }

func sayWith(name, value string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		next(w, r)
	}
}

// onTokens answers the token endpoint; elsewhere nobody is let in.
func onTokens(handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/oauth/tokens" {
			w.Header().Set("Content-Type", "application/json")
			handle(w, r)
			return
		}
		say(401, `{"error":"invalid_token"}`)(w, r)
	}
}

const couldNot = `{"error":"Couldn't authenticate you"}`

func accountCases() []failingCase {
	const (
		anonymous = `{"user":{"id":null,"name":"Anonymous user","role":"end-user"}}`
		customer  = `{"user":{"id":5,"role":"end-user"}}`
		suspended = `{"user":{"id":5,"role":"agent","suspended":true}}`
		token     = `{"access_token":"a","token_type":"bearer","scope":"read"}`
		scopes    = `{"error":"Forbidden","description":"You are missing the following required scopes: read"}`
		forbidden = `{"error":{"title":"Forbidden","message":"You do not have access to this page."}}`
	)
	return []failingCase{
		{name: "anonymous, password", auth: tracker.AuthPassword, answer: say(200, anonymous)},
		{name: "401, password", auth: tracker.AuthPassword, answer: say(401, couldNot)},
		{name: "anonymous, token", auth: tracker.AuthToken, answer: say(200, anonymous)},
		{name: "401, token", auth: tracker.AuthToken, answer: say(401, couldNot)},
		{name: "401, OAuth", auth: tracker.AuthOAuth, answer: say(401, `{"error":"invalid_token"}`)},
		{name: "401, client credentials", auth: tracker.AuthClient, answer: func(w http.ResponseWriter, r *http.Request) {
			onTokens(say(200, `{"access_token":"a","scope":"read write"}`))(w, r)
		}},
		{name: "tokens: invalid grant", auth: tracker.AuthClient, answer: onTokens(say(400, `{"error":"invalid_grant"}`))},
		{name: "tokens: code refused", auth: tracker.AuthOAuth, exchange: true, answer: onTokens(say(400, `{"error":"invalid_grant"}`))},
		{name: "tokens: invalid client", auth: tracker.AuthClient, answer: onTokens(say(401, `{"error":"invalid_client"}`))},
		{name: "tokens: client of another kind", auth: tracker.AuthClient, answer: onTokens(say(400, `{"error":"unauthorized_client"}`))},
		{name: "tokens: invalid scope", auth: tracker.AuthClient, answer: onTokens(say(400, `{"error":"invalid_scope"}`))},
		{name: "tokens: less granted", auth: tracker.AuthClient, answer: onTokens(say(200, token))},
		{name: "tokens: something else", auth: tracker.AuthClient, answer: onTokens(say(200, `{"hello":1}`))},
		{name: "tokens: 429", auth: tracker.AuthClient, answer: onTokens(sayWith("Retry-After", "8", say(429, `slow down`)))},
		{name: "tokens: 418", auth: tracker.AuthClient, answer: onTokens(say(418, `{}`))},
		{name: "end user", auth: tracker.AuthToken, answer: say(200, customer)},
		{name: "end user, OAuth", auth: tracker.AuthOAuth, answer: say(200, customer)},
		{name: "end user, client credentials", auth: tracker.AuthClient, answer: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/oauth/tokens" {
				onTokens(say(200, `{"access_token":"a","scope":"read write"}`))(w, r)
				return
			}
			say(200, customer)(w, r)
		}},
		{name: "suspended user", answer: say(200, suspended)},
		{name: "402", answer: say(402, ``)},
		{name: "403, scopes named, OAuth", auth: tracker.AuthOAuth, answer: say(403, scopes)},
		{name: "403, scopes named", answer: say(403, scopes)},
		{name: "403, users/me", answer: say(403, forbidden)},
		{name: "403, view", ask: askView, answer: say(403, forbidden)},
		{name: "403, update", ask: askUpdate, answer: say(403, `{"error":"Forbidden","description":"Your role does not allow it"}`)},
		{name: "403, ticket", ask: askTicket, answer: say(403, forbidden)},
	}
}

func answerCases() []failingCase {
	const page = `<html><body>Welcome to our guest network</body></html>`
	return []failingCase{
		{name: "404, view", ask: askView, answer: say(404, `{"error":"RecordNotFound"}`)},
		{name: "404, ticket", ask: askTicket, answer: say(404, `{"error":"RecordNotFound"}`)},
		{name: "404, cut off", answer: truncateRefusal},
		{name: "404, endpoint", answer: say(404, `{"error":"InvalidEndpoint"}`)},
		{name: "404, no help desk", answer: say(404, `{"error":{"title":"No help desk at x.zendesk.com","message":"There is no help desk"}}`)},
		{name: "404, page", answer: say(404, page)},
		{name: "redirect to another host", answer: sayWith("Location", "https://acme.zendesk.com/x", say(302, ``))},
		{name: "redirect to a sign-in page", answer: sayWith("Location", "/access/unauthenticated", say(302, ``))},
		{name: "redirect", answer: sayWith("Location", "/elsewhere", say(301, ``))},
		{name: "429, plain text", answer: sayWith("Retry-After", "30", say(429, `Number of allowed API requests per minute exceeded`))},
		{name: "429, endpoint", ask: askView, answer: say(429, `{"error":"APIRateLimitExceeded","description":"x"}`)},
		{name: "429, updates", ask: askUpdate, answer: say(429, `{"errors":[{"code":"TooManyRequests","title":"x"}]}`)},
		{name: "503 with Retry-After", ask: askView, answer: sayWith("Retry-After", "17", say(503, `{"error":"DatabaseTimeout"}`))},
		{name: "503, page with Retry-After", answer: sayWith("Retry-After", "17", say(503, page))},
		{name: "503, view", ask: askView, answer: say(503, page)},
		{name: "503", answer: say(503, page)},
		{name: "time-out, view", ask: askView, transport: failure{context.DeadlineExceeded}},
		{name: "time-out", transport: failure{context.DeadlineExceeded}},
		{name: "408", answer: say(408, ``)},
		{name: "mapped to no account", answer: say(200, page), ask: func(ctx context.Context, d tracker.Account) error {
			_, _, err := New(Config{Transport: d.(*account).client.httpClient.Transport}).Resolve(ctx, "https://support.acme.com")
			return err
		}, transport: answering{status: 200, body: page}},
		{name: "409", ask: askUpdate, answer: say(409, `{"error":"UpdateConflict"}`)},
		{name: "a page", ask: askView, answer: say(200, page)},
		{name: "cut off", answer: truncate},
		{name: "too large", answer: say(200, strings.Repeat(" ", transport.MaxAnswer+1))},
		{name: "something else", answer: say(200, `[1]`)},
		{name: "413, upload", ask: askUpload, answer: say(413, `{"error":"RequestEntityTooLarge","description":"x"}`)},
		{name: "422, upload", ask: askUpload, answer: say(422, `{"error":"RecordInvalid","description":"File type is not allowed"}`)},
		{name: "422", ask: askUpdate, answer: say(422, `{"error":"RecordInvalid","description":"Status: closed prevents ticket update"}`)},
		{name: "400", ask: askView, answer: say(400, `{"error":"x"}`)},
	}
}

func networkCases(t *testing.T) []failingCase {
	trusting := httptest.NewTLSServer(say(200, `{}`))
	trusting.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(trusting.Close)
	plain := httptest.NewServer(say(200, `{}`))
	t.Cleanup(plain.Close)
	authorities := x509.NewCertPool()
	authorities.AddCert(trusting.Certificate())
	with := func(c *tls.Config) *http.Transport { return &http.Transport{TLSClientConfig: c} }
	later := func() time.Time { return time.Now().AddDate(100, 0, 0) }
	named := "https://localhost:" + trusting.URL[strings.LastIndex(trusting.URL, ":")+1:]
	return []failingCase{
		{name: "given up", ask: func(context.Context, tracker.Account) error { return nil }},
		{name: "no such host", transport: unresolved(true), base: "https://acme.zendesk.com"},
		{name: "no resolver", transport: unresolved(false), base: "https://acme.zendesk.com"},
		{name: "connection refused", transport: newTransport(), base: "http://" + closedPort},
		{name: "no route", transport: failure{syscall.ENETUNREACH}},
		{name: "no connection", transport: dialing(errors.New("out of sockets")), base: "https://acme.zendesk.com"},
		{name: "broken", transport: failure{io.ErrUnexpectedEOF}},
		{name: "unknown authority", transport: with(&tls.Config{RootCAs: x509.NewCertPool()}), base: trusting.URL},
		{name: "another host's certificate", transport: with(&tls.Config{RootCAs: authorities}), base: named},
		{name: "certificate out of date", transport: with(&tls.Config{RootCAs: authorities, Time: later}), base: trusting.URL},
		{name: "no TLS", transport: newTransport(), base: "https" + strings.TrimPrefix(plain.URL, "http")},
		{name: "proxy without an address", transport: &http.Transport{Proxy: func(*http.Request) (*url.URL, error) { return nil, transport.ErrProxyAddress }}, base: "https://acme.zendesk.com"},
		{name: "proxy unreachable", transport: through(closedPort), base: "https://acme.zendesk.com"},
		{name: "proxy wants a login", transport: through(proxy(t, 407)), base: "https://acme.zendesk.com"},
		{name: "proxy refuses", transport: through(proxy(t, 403)), base: "https://acme.zendesk.com"},
	}
}

// TestDiagnoses goes through every row of the table: what each failure says,
// why and what to do is in the golden file.
func TestDiagnoses(t *testing.T) {
	var shown strings.Builder
	unseen := diagnosis.Table()
	for _, i := range slices.Concat(accountCases(), answerCases(), networkCases(t)) {
		e, host := i.provoke(t)
		if e.Message == "" || strings.ContainsAny(e.Message+strings.Join(e.Causes, "")+strings.Join(e.Steps, ""), "{}<") {
			t.Errorf("%s: %+v", i.name, e)
		}
		if len(e.Message) > 160 {
			t.Errorf("%s: too long for a status line: %s", i.name, e.Message)
		}
		unseen = slices.DeleteFunc(unseen, func(d diagnosis.Row) bool { return made(d, e) })
		text := fmt.Sprintf("%s\n  %s, field %q: %s\n", i.name, e.Code, e.Field, e.Message)
		if e.Reason != "" {
			text += fmt.Sprintf("  reason: %s, %q\n", e.Reason, e.Subject)
		}
		for _, cause := range e.Causes {
			text += "  - " + cause + "\n"
		}
		for n, step := range e.Steps {
			text += fmt.Sprintf("  %d. %s\n", n+1, step)
		}
		text = strings.ReplaceAll(text, host, "HOST")
		text = regexp.MustCompile(`\d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d`).ReplaceAllString(text, "TODAY")
		shown.WriteString(text + "\n")
	}
	for _, d := range unseen {
		t.Errorf("nothing is diagnosed as %q", d.Says)
	}
	golden.RequireEqual(t, []byte(shown.String()))
}

// provoke makes the request fail and returns how, with the host it was for.
func (i failingCase) provoke(t *testing.T) (*tracker.Error, string) {
	t.Helper()
	base := i.base
	if base == "" {
		server := httptest.NewServer(i.answer)
		defer server.Close()
		base = server.URL
	}
	in := tracker.Integration{Name: "Support", URL: base, Email: email, Auth: i.auth, ClientID: "desk-client"}
	credentials := tracker.Credentials{Secret: secret}
	host := strings.TrimPrefix(strings.TrimPrefix(base, "https://"), "http://")
	in.Auth = cmp.Or(in.Auth, tracker.AuthToken)
	if in.Auth == tracker.AuthOAuth {
		credentials.Secret = fmt.Sprintf(`{"host":%q,"access_token":"%s"}`, host, secret)
	}
	d, err := New(Config{Transport: i.transport}).Open(in, credentials)
	if err != nil {
		t.Fatalf("%s: %v", i.name, err)
	}
	if i.exchange {
		begun, err := New(Config{}).SignIn(in, 8765)
		if err != nil {
			t.Fatal(err)
		}
		_, err = begun.Exchange(t.Context(), "code")
		return asError(t, err), host
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	ask := i.ask
	if ask == nil {
		ask = askMe
	}
	if i.name == "given up" {
		cancel()
		ask = askMe
	}
	return asError(t, ask(ctx, d)), host
}

// made reports whether a row can have made an error.
func made(d diagnosis.Row, e *tracker.Error) bool {
	pattern := func(texts ...string) *regexp.Regexp {
		quoted := regexp.QuoteMeta(strings.Join(texts, "\n"))
		return regexp.MustCompile("^" + regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(quoted, ".*") + "$")
	}
	return d.Code == e.Code && d.Field == e.Field && pattern(d.Says).MatchString(e.Message) &&
		pattern(d.Causes...).MatchString(strings.Join(e.Causes, "\n")) && pattern(d.Steps...).MatchString(strings.Join(e.Steps, "\n"))
}

// failure is a transport that fails.
type failure struct{ err error }

func (f failure) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

func dialing(err error) http.RoundTripper {
	return &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, err }}
}

func unresolved(notFound bool) http.RoundTripper {
	return dialing(&net.OpError{Op: "dial", Err: &net.DNSError{Err: "x", Name: "acme.zendesk.com", IsNotFound: notFound}})
}

// closedPort is an address of this machine where nothing listens. The port of a listener that
// was closed is soon another test's.
const closedPort = "127.0.0.1:1"

// proxy is one that answers every CONNECT with a status, and returns its address.
func proxy(t *testing.T, status int) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Header.Get("Authorization") != "" {
			t.Errorf("the proxy was sent %s %s, %v", r.Method, r.URL, r.Header)
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// newTransport is the product's own, with nothing but the system's authorities.
func newTransport() *http.Transport {
	t, _ := transport.New("") // no file, no error
	return t
}

func through(proxy string) http.RoundTripper {
	transport := newTransport()
	transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: proxy})
	return transport
}
