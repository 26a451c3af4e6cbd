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
)

// maxAnswer is the most bytes of an answer's body that are read: some thirty
// times a page of a hundred tickets.
const maxAnswer = 16 << 20

var (
	errInsecure = errors.New("credentials leave over https only, except to loopback")
	errTooLarge = errors.New("the answer is larger than 16 MB")
)

// desk is one account as one of its users sees it. It is safe for concurrent use.
type desk struct {
	desks *Desks
	// client carries the requests; with OAuth it signs them, too.
	client *http.Client
	// again tells people how to sign in again, with OAuth; clientID is what that
	// signs in through.
	again    string
	clientID string
	// base and host are where requests go, with credentials; account is what the
	// account is told from others by, which no request goes to.
	base    string
	host    string
	account string
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

var _ tracker.Account = (*desk)(nil)

// call is one request, and the words for what can go wrong with it.
type call struct {
	method string
	path   string
	query  url.Values
	body   any
	// etag names the answer that we hold already, if any.
	etag string
	// subject is what it is about, such as "ticket #1042".
	subject string
	topic   topic
}

// answer is what came back, as far as it could be read.
type answer struct {
	status int
	header http.Header
	body   []byte
	// cut says why the body is not whole.
	cut error
}

func (a answer) succeeded() bool { return a.status >= 200 && a.status < 300 }

// do sends one request, once, and decodes its answer. All errors but
// defects of ours come from the table in diagnosis.go.
func (d *desk) do(ctx context.Context, c call, into any) error {
	_, err := d.ask(ctx, c, into)
	return err
}

// ask does what do does and returns the answer, too. An answer of 304 to a call
// with an ETag leaves into as it is.
func (d *desk) ask(ctx context.Context, c call, into any) (answer, error) {
	a, err := d.fetch(ctx, c)
	if err != nil || a.status == http.StatusNotModified {
		return a, err
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		return answer{}, d.unreadable(c, a, err)
	}
	return a, nil
}

// fetch sends one request, once, and returns its answer: a success that came
// whole, or 304 to a call with an ETag.
func (d *desk) fetch(ctx context.Context, c call) (answer, error) {
	req, err := d.request(ctx, c)
	if err != nil {
		return answer{}, &tracker.Error{Code: tracker.CodeInternal, Message: "storydesk could not make the request: " + err.Error(), Unsent: true, Err: err}
	}
	if err := ctx.Err(); err != nil {
		return answer{}, d.broken(ctx, c, err, true)
	}
	a, unsent, err := d.send(req)
	switch {
	case err != nil:
		return answer{}, d.broken(ctx, c, err, unsent)
	case c.etag != "" && a.status == http.StatusNotModified:
		return a, nil
	case !a.succeeded():
		return answer{}, d.refused(c, a)
	case a.cut != nil && (ctx.Err() != nil || isTimeout(a.cut)):
		return answer{}, d.broken(ctx, c, a.cut, false)
	case a.cut != nil:
		return answer{}, d.unreadable(c, a, a.cut)
	}
	return a, nil
}

// request makes a signed request to the desk's own host.
func (d *desk) request(ctx context.Context, c call) (*http.Request, error) {
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
	req.Header.Set("User-Agent", d.desks.userAgent)
	if c.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.etag != "" {
		req.Header.Set("If-None-Match", c.etag)
	}
	if req.URL.Host != d.host || req.URL.Scheme != "https" && !isLoopback(req.URL.Hostname()) {
		return nil, errInsecure
	}
	d.sign(req)
	return req, nil
}

// send returns the answer, or an error when none began to arrive. Unsent is
// true when the transport looked for a connection and got none.
func (d *desk) send(req *http.Request) (a answer, unsent bool, err error) {
	var wanted, got atomic.Bool
	ctx, cancel := context.WithTimeout(req.Context(), d.desks.timeout)
	defer cancel()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { got.Store(true) },
	})
	started := time.Now()
	res, err := d.client.Do(req.WithContext(ctx))
	if err != nil {
		unsent = wanted.Load() && !got.Load() || errors.Is(err, errProxyAddress)
		d.log(req, started, slog.Bool("unsent", unsent), slog.Any("error", err))
		return answer{}, unsent, err
	}
	defer func() { _ = res.Body.Close() }()
	d.desks.quotas.note(d.account, res.StatusCode, res.Header)
	a = answer{status: res.StatusCode, header: res.Header}
	a.body, a.cut = readAnswer(res)
	d.log(req, started, slog.Int("status", a.status), slog.Int("bytes", len(a.body)),
		slog.String("request_id", tidy(res.Header.Get("X-Zendesk-Request-Id"))))
	return a, false, nil
}

func readAnswer(res *http.Response) ([]byte, error) {
	var data bytes.Buffer
	data.Grow(int(min(max(res.ContentLength, 0), maxAnswer)) + bytes.MinRead)
	_, err := data.ReadFrom(io.LimitReader(res.Body, maxAnswer+1))
	if err == nil && data.Len() > maxAnswer {
		return nil, errTooLarge
	}
	return data.Bytes(), err
}

func (d *desk) log(req *http.Request, started time.Time, more ...slog.Attr) {
	d.desks.log.LogAttrs(req.Context(), slog.LevelDebug, "zendesk request", append([]slog.Attr{
		slog.String("host", d.host),
		slog.String("method", req.Method),
		slog.String("path", req.URL.Path),
		slog.Duration("took", time.Since(started)),
	}, more...)...)
}

// require fails with CodeUnreadable unless the answer held what we depend on.
func (d *desk) require(c call, held bool, what string) error {
	if held {
		return nil
	}
	return d.unreadable(c, answer{}, fmt.Errorf("the answer holds no %s", what))
}
