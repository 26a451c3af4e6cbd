package zendesk

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/address"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/transport"
)

var errInsecure = errors.New("credentials leave over https only, except to loopback")

// account is one Zendesk account as one of its users sees it. It is safe for concurrent use.
type account struct {
	client *Client
	// client carries the requests; with OAuth it signs them, too.
	httpClient *http.Client
	// name is the integration's; clientID is what it signs in through, with OAuth.
	name     string
	clientID string
	// base and host are where requests go, with credentials; account is
	// what identifies the account, which no request goes to.
	base        string
	host        string
	accountHost string
	// email is whose the credentials are, or words for that user.
	email string
	auth  tracker.AuthMethod
	sign  func(*http.Request)
	// held are the pages of views as last answered.
	held *heldPages
	// depth is how many tickets of a view can be asked for by number, as far as
	// is known.
	depth *atomic.Int64
	// statuses are the account's custom statuses as last listed.
	statuses *statusList
}

var _ tracker.Account = (*account)(nil)

// call is one request, and the words for what can go wrong with it.
type call struct {
	method string
	path   string
	query  url.Values
	body   any
	// file is the body in place of that, nil for none.
	file *file
	// etag names the answer that we hold already, if any.
	etag string
	// subject is what it is about, such as "ticket #1042".
	subject string
	topic   diagnosis.Topic
}

// do sends one request, once, and decodes its answer. All errors but
// defects of ours come from the table of package diagnosis.
func (d *account) do(ctx context.Context, c call, into any) error {
	_, err := d.ask(ctx, c, into)
	return err
}

// ask does what do does and returns the answer, too. An answer of 304 to a call
// with an ETag leaves into as it is.
func (d *account) ask(ctx context.Context, c call, into any) (transport.Answer, error) {
	a, err := d.fetch(ctx, c)
	if err != nil || a.Status == http.StatusNotModified {
		return a, err
	}
	if err := json.Unmarshal(a.Body, into); err != nil {
		return transport.Answer{}, d.unreadable(c, a, err)
	}
	return a, nil
}

// fetch sends one request, once, and returns its answer: a success that came
// whole, or 304 to a call with an ETag.
func (d *account) fetch(ctx context.Context, c call) (transport.Answer, error) {
	req, err := d.request(ctx, c)
	if err != nil {
		return transport.Answer{}, &tracker.Error{Code: tracker.CodeInternal, Message: "storydesk could not make the request: " + err.Error(), Unsent: true, Err: err}
	}
	if err := ctx.Err(); err != nil {
		return transport.Answer{}, d.broken(ctx, c, err, true)
	}
	limit := d.client.timeout
	if c.file != nil {
		limit = max(limit, uploadTime)
	}
	a, unsent, err := d.send(req, limit)
	switch {
	case err != nil:
		return transport.Answer{}, d.broken(ctx, c, err, unsent)
	case c.etag != "" && a.Status == http.StatusNotModified:
		return a, nil
	case !a.Succeeded():
		return transport.Answer{}, d.refused(c, a)
	case a.Cut != nil && (ctx.Err() != nil || transport.IsTimeout(a.Cut)):
		return transport.Answer{}, d.broken(ctx, c, a.Cut, false)
	case a.Cut != nil:
		return transport.Answer{}, d.unreadable(c, a, a.Cut)
	}
	return a, nil
}

// request makes a signed request to the account's host.
func (d *account) request(ctx context.Context, c call) (*http.Request, error) {
	var body io.Reader
	if c.body != nil {
		data, err := json.Marshal(c.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(data)
	}
	target := d.base + "/api/v2/" + c.path
	if len(c.query) > 0 {
		target += "?" + c.query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, c.method, target, body)
	if err != nil {
		return nil, err
	}
	// Without GetBody the transport has nothing to send a second time.
	req.GetBody = nil
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", d.client.userAgent)
	if c.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.file != nil {
		if err := c.file.put(req); err != nil {
			return nil, err
		}
	}
	if c.etag != "" {
		req.Header.Set("If-None-Match", c.etag)
	}
	if req.URL.Host != d.host || req.URL.Scheme != "https" && !address.IsLoopback(req.URL.Hostname()) {
		return nil, errInsecure
	}
	d.sign(req)
	return req, nil
}

// send returns the answer, or an error when none began to arrive. Unsent is
// true when the transport looked for a connection and got none.
func (d *account) send(req *http.Request, limit time.Duration) (a transport.Answer, unsent bool, err error) {
	var wanted, got atomic.Bool
	ctx, cancel := context.WithTimeout(req.Context(), limit)
	defer cancel()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { got.Store(true) },
	})
	started := time.Now()
	res, err := d.httpClient.Do(req.WithContext(ctx))
	if err != nil {
		unsent = wanted.Load() && !got.Load() || errors.Is(err, transport.ErrProxyAddress)
		d.log(req, started, slog.Bool("unsent", unsent), slog.Any("error", err))
		return transport.Answer{}, unsent, err
	}
	defer func() { _ = res.Body.Close() }()
	d.client.quotas.record(d.accountHost, res.StatusCode, res.Header)
	a = transport.Answer{Status: res.StatusCode, Header: res.Header}
	a.Body, a.Cut = transport.Read(res)
	d.log(req, started, slog.Int("status", a.Status), slog.Int("bytes", len(a.Body)),
		slog.String("request_id", diagnosis.Tidy(res.Header.Get("X-Zendesk-Request-Id"))))
	return a, false, nil
}

func (d *account) log(req *http.Request, started time.Time, more ...slog.Attr) {
	d.client.log.LogAttrs(req.Context(), slog.LevelDebug, "zendesk request", append([]slog.Attr{
		slog.String("host", d.host),
		slog.String("method", req.Method),
		slog.String("path", req.URL.Path),
		slog.Duration("took", time.Since(started)),
	}, more...)...)
}

// require fails with CodeUnreadable unless the answer has what we depend on.
func (d *account) require(c call, has bool, what string) error {
	if has {
		return nil
	}
	return d.unreadable(c, transport.Answer{}, fmt.Errorf("the answer holds no %s", what))
}
