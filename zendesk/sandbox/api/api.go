package api

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"storydesk/zendesk/sandbox/account"
	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/limits"
	"storydesk/zendesk/sandbox/oauth"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/settings"
	"storydesk/zendesk/sandbox/world"
)

// call is one request of a signed-in agent.
type call struct {
	*http.Request
	world *world.World
	me    *record.User
	now   time.Time
}

// id reads the number that the path names as name; false when it is none.
func (c *call) id(name string) (int64, bool) {
	id, err := strconv.ParseInt(c.PathValue(name), 10, 64)
	return id, err == nil && id > 0
}

// Parts are what the API answers from.
type Parts struct {
	Now      func() time.Time
	Account  *account.Account
	Settings *settings.Store
	Limits   *limits.Limits
	OAuth    *oauth.Authority
	Uploads  *Uploads
	// CustomInComments shows an update's custom metadata on its comment, too.
	CustomInComments bool
}

// api lets requests in and finishes their answers.
type api struct {
	Parts
	served atomic.Int64
}

// New returns what answers the API. Paths come without a trailing ".json".
func New(p Parts) http.Handler {
	a, mux := &api{Parts: p}, http.NewServeMux()
	route := func(pattern string, handle func(*call) *answer.Answer) { mux.HandleFunc(pattern, a.agentsOnly(handle)) }
	p.Uploads.route(route)
	list := tickets{p}
	list.route(route)
	(&views{Parts: p, tickets: list, counted: map[int64]time.Time{}}).route(route)
	route("/", func(*call) *answer.Answer { return answer.InvalidEndpoint() })
	mux.HandleFunc("GET /api/v2/users/me", a.showMe)
	p.OAuth.Route(mux)
	return mux
}

// agentsOnly lets signed-in agents through.
func (a *api) agentsOnly(handle func(*call) *answer.Answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		me, _, refusal := a.signIn(r)
		if me == nil {
			a.finish(r, refusal).Send(w)
			return
		}
		if !me.Agent() || me.Suspended {
			a.finish(r, answer.ForbiddenPage()).Send(w)
			return
		}
		a.respond(w, r, func(world *world.World, now time.Time) *answer.Answer {
			return handle(&call{Request: r, world: world, me: me, now: now})
		})
	}
}

// respond answers a request that counts: within the rate limits, one at a time.
func (a *api) respond(w http.ResponseWriter, r *http.Request, handle func(*world.World, time.Time) *answer.Answer) {
	a.Account.Do(func(world *world.World) {
		now := a.Now()
		res := a.Limits.Request(now)
		if res == nil {
			res = handle(world, now)
		}
		a.Limits.Describe(res, now)
		a.finish(r, res).Send(w)
	})
}

// finish adds what every answer carries, and turns a body that the client has
// already into 304.
func (a *api) finish(r *http.Request, res *answer.Answer) *answer.Answer {
	requestID := fmt.Sprintf("%016x", world.Scatter(a.served.Add(1)))
	res.With("X-Request-Id", requestID).With("X-Zendesk-Request-Id", requestID)
	res.With("X-Zendesk-API-Version", "v2")
	o := a.Settings.Get()
	if date := o.Date(a.Now()); date != "" {
		res.With("Date", date)
	}
	if res.Status != http.StatusOK || r.Method != http.MethodGet {
		return res
	}
	if o.Home != "" {
		body := bytes.ReplaceAll(res.Body.Bytes(), []byte(`"https://`+record.CanonicalHost+`/api/`), []byte(`"http://`+o.Home+`/api/`))
		res.Body.Reset()
		res.Body.Write(body)
	}
	sum := fnv.New64a()
	_, _ = sum.Write(res.Body.Bytes()) // a hash takes everything
	tag := fmt.Sprintf(`W/"%016x"`, sum.Sum64())
	res.With("ETag", tag)
	if res.Header().Get("Cache-Control") == "" {
		res.With("Cache-Control", "max-age=0, private, must-revalidate")
	}
	if strings.TrimSpace(r.Header.Get("If-None-Match")) == tag {
		res.Status = http.StatusNotModified
		res.Body.Reset()
	}
	return res
}

// included returns which records a request wants beside the others.
func included(r *http.Request) map[string]bool {
	names := map[string]bool{}
	for name := range strings.SplitSeq(r.URL.Query().Get("include"), ",") {
		names[strings.TrimSpace(name)] = true
	}
	return names
}
