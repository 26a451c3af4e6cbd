package signin

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/accounts"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/transport"
)

const (
	// renewAhead is how long before its end an access token is renewed.
	renewAhead = time.Minute
	// tooSoon is how young a renewed token is when a refusal of it is final:
	// another one would be refused, too.
	tooSoon = time.Minute
	// bearerTries is how many tokens a question is asked with: other processes
	// may renew them one after the other, which ends the one before.
	bearerTries = 4
)

// session is an access token with what renews it.
type session struct {
	// secret is what is saved of it; see tracker.Credentials.
	secret string
	access string
	// expiry is zero for a token that does not expire, or is not known to.
	expiry time.Time
	// life is how long it was issued for, 0 where that is not known.
	life time.Duration
	// renewed is when this process got it by a renewal; zero when it was saved earlier.
	renewed time.Time
}

// ends reports whether the token ends within a time.
func (s session) ends(within time.Duration) bool {
	return s.access == "" || !s.expiry.IsZero() && time.Until(s.expiry) <= within
}

// ahead is how long before its end the token is renewed, which a short-lived
// one must not always be.
func (s session) ahead() time.Duration { return s.within(renewAhead, 4) }

// young reports whether a refusal of the token is final.
func (s session) young() bool { return time.Since(s.renewed) < s.within(tooSoon, 2) }

// within is a time, or a part of the token's life where that is less.
func (s session) within(d time.Duration, part time.Duration) time.Duration {
	if s.life > 0 {
		return min(d, s.life/part)
	}
	return d
}

// bearer signs requests to one host with an access token and renews it: ahead
// of its end, and once when it is refused. A read is then asked again; a write
// is not, so that an update leaves at most once per call.
type bearer struct {
	base  http.RoundTripper
	host  string
	renew func(context.Context, session) (session, error)
	// saved reads the saved sign-in once more; nil where none is saved.
	saved func(context.Context) (session, error)
	// turn holds a token while nobody reads or changes current.
	turn    chan struct{}
	current session
}

func newBearer(base http.RoundTripper, host string, first session, renew func(context.Context, session) (session, error)) *bearer {
	b := &bearer{base: base, host: host, renew: renew, turn: make(chan struct{}, 1), current: first}
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
	for try := 1; ; try++ {
		res, err := b.send(req, held)
		if err != nil || res.StatusCode != http.StatusUnauthorized || try == bearerTries {
			return res, err
		}
		if req.Method != http.MethodGet && !refusedByZendesk(res) {
			return res, nil // it may have been applied
		}
		next, replaced, err := b.replace(req.Context(), held)
		if err == nil && !replaced {
			return res, nil
		}
		_ = res.Body.Close()
		if err != nil {
			return nil, err
		}
		if req.Method != http.MethodGet {
			return nil, &tracker.Error{
				Code: tracker.CodeUnavailable, Unsent: true,
				Message: "the sign-in to " + b.host + " expired and was renewed; sending is tried again",
			}
		}
		held = next
	}
}

// refusedByZendesk reports whether a refusal has one of Zendesk's forms. Its
// body can be read again.
func refusedByZendesk(res *http.Response) bool {
	body, err := transport.Read(res)
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(body))
	return err == nil && diagnosis.ReadProblem(body).Recognised()
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
	if !b.current.ends(b.current.ahead()) {
		return b.current, nil
	}
	next, err := b.exchange(ctx)
	if code := tracker.CodeOf(err); !b.current.ends(0) && (code == tracker.CodeUnavailable || code == tracker.CodeLimited) {
		return b.current, nil
	}
	return next, err
}

// replace returns a token other than one that was refused: the one that was
// saved since, by this process or another, else a renewed one. replaced is false
// where the token is as good as any.
func (b *bearer) replace(ctx context.Context, refused session) (next session, replaced bool, err error) {
	if err := b.take(ctx); err != nil {
		return session{}, false, err
	}
	defer b.give()
	if b.current.access != refused.access {
		return b.current, true, nil
	}
	if b.saved != nil {
		if saved, err := b.saved(ctx); err == nil && saved.access != refused.access {
			b.current = saved
			return saved, true, nil
		}
	}
	if refused.young() {
		return session{}, false, nil
	}
	next, err = b.exchange(ctx)
	return next, err == nil, err
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
			Code: tracker.CodeUnavailable, Unsent: true, Err: errors.Join(accounts.ErrRenewing, ctx.Err()),
			Message: "the sign-in to " + b.host + " is still being renewed; try again in a moment",
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
