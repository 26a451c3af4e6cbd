package zendesk

import (
	"cmp"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"storydesk/tracker"
)

const (
	// defaultTimeout is how long one request may take. Zendesk runs an account's
	// triggers before it answers, and its own clients read for 60 s.
	defaultTimeout = 60 * time.Second
	connectTimeout = 10 * time.Second
	expectTimeout  = time.Second
	idleTimeout    = 30 * time.Second
)

// Config is what Desks needs. Its zero value works.
type Config struct {
	// Version is storydesk's, for the User-Agent header.
	Version string
	// Transport carries the requests; nil for a new one that uses the proxy of
	// the environment.
	Transport http.RoundTripper
	// CAFile is what STORYDESK_CA_FILE names: a PEM file of authorities that are
	// trusted beside the system's, by a new transport. One that cannot be read
	// fails every question over https before anything is sent.
	CAFile string
	// Log receives one debug line for each request; nil for none.
	Log *slog.Logger
	// Timeout is how long one request may take; 0 for 60 s.
	Timeout time.Duration
}

// Desks knows Zendesk's addresses and opens its accounts. All accounts share
// one pool of connections. It is safe for concurrent use.
type Desks struct {
	client    *http.Client
	log       *slog.Logger
	userAgent string
	timeout   time.Duration
	quotas    *quotas
	// untrusted is why CAFile cannot be used, if so.
	untrusted error
}

var _ tracker.Zendesk = (*Desks)(nil)

// New returns Desks.
func New(c Config) *Desks {
	var untrusted error
	if c.Transport == nil {
		c.Transport, untrusted = trusting(c.CAFile)
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Desks{
		client: &http.Client{
			Transport: c.Transport,
			// A redirect comes back as an answer, to be explained.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		log:       c.Log,
		userAgent: "storydesk/" + cmp.Or(c.Version, "dev"),
		timeout:   cmp.Or(c.Timeout, defaultTimeout),
		quotas:    &quotas{byHost: make(map[string]told)},
		untrusted: untrusted,
	}
}

// CommentHTML implements tracker.Zendesk.
func (*Desks) CommentHTML(note string) string { return noteHTML(note) }

// TicketURL returns the address that shows a ticket in a browser.
func (*Desks) TicketURL(baseURL string, id tracker.TicketID) string {
	return baseURL + "/agent/tickets/" + strconv.FormatInt(int64(id), 10)
}

// Open returns the account of an integration. It fails with CodeInvalid and
// field "url", "email", "auth" or "password" when these cannot work, and with
// CodeUnauthorized when there is no sign-in.
func (d *Desks) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	base, host, err := d.Address(in.URL)
	if err != nil {
		return nil, err
	}
	if in.Host != "" && in.Host != host && !isSibling(host, in.Host) {
		return nil, tracker.Invalid("url", "the address is at %s, but the integration belongs to %s", host, in.Host)
	}
	if err := d.mayAsk(base, host); err != nil {
		return nil, err
	}
	opened := &desk{
		desks: d, client: d.client, base: base, host: host, account: cmp.Or(in.Host, host), email: strings.TrimSpace(in.Email), auth: in.Auth,
		held: &heldPages{pages: make(map[pageKey]heldPage)}, depth: new(atomic.Int64), statuses: new(statusList),
	}
	opened.depth.Store(maxOffset)
	if in.Auth.UsesClient() {
		return d.openClient(opened, in, c)
	}
	if opened.sign, err = signer(in.Auth, opened.email, c.Secret); err != nil {
		return nil, err
	}
	return opened, nil
}

// mayAsk refuses hosts that get no credentials.
func (d *Desks) mayAsk(base, host string) error {
	if !isOwn(host) {
		return notOwn(host)
	}
	return d.trusts(base)
}

// openClient gives a desk a client that signs in through OAuth.
func (d *Desks) openClient(opened *desk, in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	account := d.account(in, opened.base, opened.host)
	transport, err := account.signIn(d.client.Transport, in, c)
	if err != nil {
		return nil, err
	}
	opened.client = &http.Client{Transport: transport, CheckRedirect: d.client.CheckRedirect}
	opened.email = cmp.Or(opened.email, "the user of "+in.Name)
	opened.again, opened.clientID = account.again, in.ClientID
	opened.sign = func(*http.Request) {}
	return opened, nil
}

// signer returns what adds the credentials to a request. They live only in
// this closure, so that no formatting of a desk can print them.
func signer(method tracker.AuthMethod, email, secret string) (func(*http.Request), error) {
	user := email
	switch method {
	case tracker.AuthPassword:
	case tracker.AuthToken:
		user += "/token"
		secret = strings.TrimSpace(secret)
	default:
		return nil, tracker.Invalid("auth", "%q is not a way to sign in to Zendesk: use oauth, client, token or password", method)
	}
	switch {
	case email == "":
		return nil, tracker.Invalid("email", "give the e-mail address of the Zendesk user, such as agent@acme.com")
	case strings.Contains(email, ":"):
		return nil, tracker.Invalid("email", "an e-mail address for signing in has no colon in it")
	case secret == "":
		return nil, tracker.Invalid("password", "no %s is stored for %s: enter it again", method, email)
	}
	return func(r *http.Request) { r.SetBasicAuth(user, secret) }, nil
}
