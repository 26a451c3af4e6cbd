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
	"storydesk/zendesk/address"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/signin"
	"storydesk/zendesk/transport"
	"storydesk/zendesk/wire"
)

// defaultTimeout is how long one request may take. Zendesk runs an account's
// triggers before it answers, and its own clients read for 60 s.
const defaultTimeout = 60 * time.Second

// Config is what a Client needs. Its zero value works.
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
	// Now is the clock; nil for time.Now, whose monotonic part keeps what is
	// reckoned between two answers right when the machine's clock is set.
	Now func() time.Time
}

// Client reads Zendesk's addresses and opens accounts. All accounts share
// one pool of connections. It is safe for concurrent use.
type Client struct {
	httpClient *http.Client
	log        *slog.Logger
	userAgent  string
	timeout    time.Duration
	now        func() time.Time
	quotas     *quotas
	// untrusted is why CAFile cannot be used, if so.
	untrusted error
}

var _ tracker.Zendesk = (*Client)(nil)

// New returns a Client.
func New(c Config) *Client {
	var untrusted error
	if c.Transport == nil {
		c.Transport, untrusted = transport.New(c.CAFile)
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Client{
		httpClient: &http.Client{
			Transport: c.Transport,
			// A redirect comes back as an answer, to be explained.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		log:       c.Log,
		userAgent: "storydesk/" + cmp.Or(c.Version, "dev"),
		timeout:   cmp.Or(c.Timeout, defaultTimeout),
		now:       c.Now,
		quotas:    &quotas{now: c.Now, byHost: make(map[string]reading)},
		untrusted: untrusted,
	}
}

// Address implements tracker.Zendesk: it reads any address of an account that
// people paste. It fails with CodeInvalid, field "url".
func (*Client) Address(text string) (baseURL, host string, err error) { return address.Parse(text) }

// View implements tracker.Zendesk: it reads a view's number, or finds it in any
// address of a view that people paste. It fails with CodeInvalid, field "view".
func (*Client) View(text string) (tracker.ViewID, error) { return address.View(text) }

// CommentHTML implements tracker.Zendesk.
func (*Client) CommentHTML(text string) string { return wire.CommentHTML(text) }

// TicketURL returns the address that shows a ticket in a browser.
func (*Client) TicketURL(baseURL string, id tracker.TicketID) string {
	return baseURL + "/agent/tickets/" + strconv.FormatInt(int64(id), 10)
}

// Open returns the account of an integration. It fails with CodeInvalid and
// field "url", "email", "auth" or "password" when these cannot work, and with
// CodeUnauthorized when there is no sign-in.
func (d *Client) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	base, host, err := d.Address(in.URL)
	if err != nil {
		return nil, err
	}
	if in.Host != "" && in.Host != host && !address.IsSibling(host, in.Host) {
		return nil, tracker.Invalid("url", "the address is at %s, but the integration belongs to %s", host, in.Host)
	}
	if err := d.mayAsk(base, host); err != nil {
		return nil, err
	}
	opened := &account{
		client: d, httpClient: d.httpClient, base: base, host: host, accountHost: cmp.Or(in.Host, host), email: strings.TrimSpace(in.Email), auth: in.Auth,
		held: &heldPages{pages: make(map[pageKey]heldPage)}, depth: new(atomic.Int64), statuses: new(statusList),
	}
	opened.depth.Store(maxOffset)
	if in.Auth.UsesClient() {
		return d.openClient(opened, in, c)
	}
	if opened.sign, err = signin.Basic(in.Auth, opened.email, c.Secret); err != nil {
		return nil, err
	}
	return opened, nil
}

// mayAsk refuses hosts that get no credentials.
func (d *Client) mayAsk(base, host string) error {
	if !address.IsOwn(host) {
		return address.NotOwn(host)
	}
	return d.trusts(base)
}

// openClient gives an account a client that signs in through OAuth.
func (d *Client) openClient(opened *account, in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	oauth := signin.New(in, opened.base, opened.host, d.httpClient)
	transport, err := oauth.Transport(d.httpClient.Transport, in, c)
	if err != nil {
		return nil, err
	}
	opened.httpClient = &http.Client{Transport: transport, CheckRedirect: d.httpClient.CheckRedirect}
	opened.email = cmp.Or(opened.email, "the user of "+in.Name)
	opened.name, opened.clientID = in.Name, in.ClientID
	opened.sign = func(*http.Request) {}
	return opened, nil
}

// SignIn implements tracker.Zendesk.
func (d *Client) SignIn(in tracker.Integration, port int) (tracker.SignIn, error) {
	base, host, err := d.Address(in.URL)
	switch {
	case err != nil:
		return nil, err
	case in.Auth != tracker.AuthOAuth:
		return nil, tracker.Invalid("auth", "%s signs in by %s, which needs no browser; `storydesk integration edit` changes that with --auth oauth --client-id ID", in.Name, in.Auth)
	case port < 1 || port > 65535:
		return nil, tracker.Invalid("port", "ports go from 1 to 65535")
	}
	if err := d.mayAsk(base, host); err != nil {
		return nil, err
	}
	return signin.WithBrowser(signin.New(in, base, host, d.httpClient), port), nil
}

// trusts fails where the authorities that the user named could not be read:
// without them nothing is sent that they would protect.
func (d *Client) trusts(base string) error {
	if d.untrusted == nil || !strings.HasPrefix(base, "https:") {
		return nil
	}
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Unsent: true, Err: d.untrusted,
		Message: "the file that STORYDESK_CA_FILE names cannot be used: " + diagnosis.Tidy(d.untrusted.Error()),
		Steps:   []string{"name a file with certificates in PEM form, or unset STORYDESK_CA_FILE", "start storydesk again"},
	}
}
