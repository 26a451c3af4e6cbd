package feed

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/zendesk/transport"
)

// Config is how feeds are read. The zero value does.
type Config struct {
	// Version is the program's, for the User-Agent.
	Version string
	// CAFile names a PEM file with certificate authorities to trust beside the system's.
	CAFile string
	// Log receives what people need not see; nil for nothing.
	Log *slog.Logger
	// Timeout is how long a feed may take to begin its answer, 0 for the usual.
	Timeout time.Duration
	// Limits bound what is read; fields that are 0 are the usual ones.
	Limits Limits
}

// defaultTimeout is how long a feed may take to begin its answer.
const defaultTimeout = 30 * time.Second

// maxRedirects is how many redirects are followed.
const maxRedirects = 5

// Client reads feeds. It is safe for concurrent use.
type Client struct {
	httpClient *http.Client
	log        *slog.Logger
	userAgent  string
	limits     Limits
	// untrusted is why the file of certificates cannot be used.
	untrusted error
}

// New returns a client.
func New(c Config) *Client {
	t, err := transport.New(c.CAFile)
	t.ResponseHeaderTimeout = cmp.Or(c.Timeout, defaultTimeout)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return &Client{
		httpClient: &http.Client{Transport: t, CheckRedirect: checkRedirect},
		log:        c.Log, userAgent: "storydesk/" + cmp.Or(c.Version, "dev"), limits: c.Limits.orUsual(), untrusted: err,
	}
}

var (
	errRedirects  = errors.New("too many redirects")
	errUnsecured  = errors.New("redirected from https to http")
	errNoRedirect = errors.New("redirected to no address of the web")
)

// checkRedirect follows a redirect, but takes the credentials to no other host and no
// other scheme. net/http would take them to subdomains, and it would say where the redirect
// came from, an address that may hold a key.
func checkRedirect(next *http.Request, via []*http.Request) error {
	next.Header.Del("Referer")
	first := via[0].URL
	switch {
	case len(via) > maxRedirects:
		return errRedirects
	case next.URL.Scheme != "http" && next.URL.Scheme != "https":
		return errNoRedirect
	case via[len(via)-1].URL.Scheme == "https" && next.URL.Scheme == "http":
		return errUnsecured
	}
	if next.URL.Host != first.Host || next.URL.Scheme != first.Scheme {
		next.Header.Del("Authorization")
	}
	return nil
}

// Items implements kind.Feeds.
func (c *Client) Items(ctx context.Context, in tracker.Integration, secret string, since kind.Version) iter.Seq2[kind.Page, error] {
	return func(yield func(kind.Page, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		f := failures{host: hostOfFeed(in.URL), signsIn: in.Email != ""}
		body, header, err := c.get(ctx, in, secret, since, f)
		if err != nil || body == nil {
			yield(kind.Page{Version: since, Unchanged: err == nil}, err)
			return
		}
		defer body.Close() //nolint:errcheck // it was read
		text, err := decoded(body, header.Get("Content-Type"))
		if err != nil {
			yield(kind.Page{}, f.unreadable(err))
			return
		}
		if err := newReader(text, c.limits).pages(in.Host, versionOf(header), yield); err != nil {
			yield(kind.Page{}, f.reading(ctx, err))
		}
	}
}

// pages yields the items of a feed until its end, or until nobody wants more.
func (r *reader) pages(base string, version kind.Version, yield func(kind.Page, error) bool) error {
	for {
		page, err := r.page(base)
		page.Version = version
		if len(page.Items) > 0 && !yield(page, nil) {
			return nil
		}
		if errors.Is(err, io.EOF) {
			if len(page.Items) == 0 {
				yield(page, nil) // so that an empty feed is a page, too
			}
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// hostOfFeed is the host that sentences name; never a query, which may hold a key.
func hostOfFeed(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the feed"
	}
	return u.Host
}

// get asks for a feed and returns the body of a good answer; none where the feed is as it
// was.
func (c *Client) get(ctx context.Context, in tracker.Integration, secret string, since kind.Version, f failures) (io.ReadCloser, http.Header, error) {
	if c.untrusted != nil {
		return nil, nil, f.untrusted(c.untrusted)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, in.URL, http.NoBody)
	if err != nil {
		return nil, nil, tracker.Invalid("url", "the address of the feed cannot be read: enter it again")
	}
	req.Header.Set("User-Agent", c.userAgent)
	req.Header.Set("Accept", "application/xml, text/xml;q=0.9, */*;q=0.1")
	askSince(req.Header, since)
	if in.Email != "" {
		if !encrypted(req.URL) {
			return nil, nil, c.CheckSignIn(in.URL)
		}
		req.SetBasicAuth(in.Email, secret)
	}
	res, err := c.httpClient.Do(req)
	if err != nil {
		return nil, nil, f.unanswered(ctx, err)
	}
	c.log.Debug("feed read", "host", req.URL.Host, "status", res.StatusCode)
	if elsewhere := res.Request.URL.Host; elsewhere != req.URL.Host {
		f.elsewhere = elsewhere
	}
	if res.StatusCode == http.StatusNotModified && since != "" {
		return nil, nil, res.Body.Close()
	}
	if res.StatusCode != http.StatusOK {
		_ = res.Body.Close()
		return nil, nil, f.refused(res)
	}
	return res.Body, res.Header, nil
}
