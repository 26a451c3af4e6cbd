package zendesk

import (
	"cmp"
	"context"
	"net/http"
	"time"

	"storydesk/tracker"
)

const (
	// renewAhead is how long before its end an access token is renewed.
	renewAhead = time.Minute
	// tooSoon is how young a renewed token is when a refusal of it is final:
	// another one would be refused, too.
	tooSoon = time.Minute
)

// session is an access token with what renews it.
type session struct {
	// secret is what is kept of it; see tracker.Credentials.
	secret string
	access string
	// expiry is zero for a token that does not expire, or is not known to.
	expiry time.Time
	// renewed is when this process got it by a renewal; zero when it was kept.
	renewed time.Time
}

// ends tells whether the token ends within a time.
func (s session) ends(within time.Duration) bool {
	return s.access == "" || !s.expiry.IsZero() && time.Until(s.expiry) <= within
}

// bearer signs requests to one host with an access token and renews it: ahead
// of its end, and once when it is refused. A read is then asked again; a write
// is not, so that an update leaves at most once per call.
type bearer struct {
	base http.RoundTripper
	host string
	// again tells people how to sign in again.
	again string
	renew func(context.Context, session) (session, error)
	// turn holds a token while nobody reads or changes current.
	turn    chan struct{}
	current session
}

func newBearer(base http.RoundTripper, host, again string, first session, renew func(context.Context, session) (session, error)) *bearer {
	b := &bearer{base: base, host: host, again: again, renew: renew, turn: make(chan struct{}, 1), current: first}
	b.turn <- struct{}{}
	return b
}

// RoundTrip implements http.RoundTripper. What it fails with beside the
// transport's own errors is a *tracker.Error that is Unsent.
func (b *bearer) RoundTrip(req *http.Request) (*http.Response, error) {
	held, err := b.fresh(req.Context())
	if err != nil {
		closeBody(req)
		return nil, err
	}
	res, err := b.send(req, held)
	if err != nil || res.StatusCode != http.StatusUnauthorized || time.Since(held.renewed) < tooSoon {
		return res, err
	}
	_ = res.Body.Close()
	next, err := b.replace(req.Context(), held)
	if err != nil {
		return nil, err
	}
	if req.Method != http.MethodGet {
		return nil, &tracker.Error{
			Code: tracker.CodeUnavailable, Unsent: true,
			Message: "the sign-in to " + b.host + " ran out and was renewed; what was to be sent is tried again",
		}
	}
	return b.send(req, next)
}

func (b *bearer) send(req *http.Request, s session) (*http.Response, error) {
	// A transport must not change the request it is given.
	signed := req.Clone(req.Context())
	signed.Header.Set("Authorization", "Bearer "+s.access)
	return b.base.RoundTrip(signed)
}

// fresh returns a token that lasts a while. One that ends soon serves on when
// it cannot be renewed just now.
func (b *bearer) fresh(ctx context.Context) (session, error) {
	if err := b.take(ctx); err != nil {
		return session{}, err
	}
	defer b.give()
	if !b.current.ends(renewAhead) {
		return b.current, nil
	}
	next, err := b.exchange(ctx)
	if code := tracker.CodeOf(err); !b.current.ends(0) && (code == tracker.CodeUnavailable || code == tracker.CodeLimited) {
		return b.current, nil
	}
	return next, err
}

// replace returns a token other than one that was refused.
func (b *bearer) replace(ctx context.Context, refused session) (session, error) {
	if err := b.take(ctx); err != nil {
		return session{}, err
	}
	defer b.give()
	if b.current.access != refused.access {
		return b.current, nil
	}
	return b.exchange(ctx)
}

// exchange renews the current token. The caller has the turn.
func (b *bearer) exchange(ctx context.Context) (session, error) {
	next, err := b.renew(ctx, b.current)
	if err != nil {
		return session{}, unsent(err)
	}
	next.renewed = time.Now()
	b.current = next
	return next, nil
}

func (b *bearer) take(ctx context.Context) error {
	select {
	case <-b.turn:
		return nil
	case <-ctx.Done():
		return &tracker.Error{
			Code: tracker.CodeUnavailable, Unsent: true, Err: ctx.Err(),
			Message: "the sign-in to " + b.host + " was not renewed in time",
		}
	}
}

func (b *bearer) give() { b.turn <- struct{}{} }

func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// unsent marks an error as one after which nothing was sent.
func unsent(err error) error {
	e := *problemOf(err)
	e.Unsent = true
	e.Err = cmp.Or(e.Err, err)
	return &e
}
