package sandbox

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// call is one request of a signed-in agent.
type call struct {
	*http.Request
	world *world
	me    *User
	now   time.Time
}

// id reads the number that the path names as name; false when it is none.
func (c *call) id(name string) (int64, bool) {
	id, err := strconv.ParseInt(c.PathValue(name), 10, 64)
	return id, err == nil && id > 0
}

// parts are what the API answers from.
type parts struct {
	now      func() time.Time
	account  *account
	settings *settingsStore
	limits   *limits
	oauth    *authority
}

// api lets requests in and finishes their answers.
type api struct {
	parts
	served atomic.Int64
}

// newAPI returns what answers the API. Paths come without a trailing ".json".
func newAPI(p parts) http.Handler {
	a, mux := &api{parts: p}, http.NewServeMux()
	route := func(pattern string, handle func(*call) *answer) { mux.HandleFunc(pattern, a.agentsOnly(handle)) }
	list := tickets{p}
	list.route(route)
	(&views{parts: p, tickets: list, counted: map[int64]time.Time{}}).route(route)
	route("/", func(*call) *answer { return invalidEndpoint() })
	mux.HandleFunc("GET /api/v2/users/me", a.showMe)
	p.oauth.route(mux)
	return mux
}

// agentsOnly lets signed-in agents through.
func (a *api) agentsOnly(handle func(*call) *answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		me, _, refusal := a.signIn(r)
		if me == nil {
			a.finish(r, refusal).send(w)
			return
		}
		if !me.Agent() || me.Suspended {
			a.finish(r, forbiddenPage()).send(w)
			return
		}
		a.respond(w, r, func(world *world, now time.Time) *answer {
			return handle(&call{Request: r, world: world, me: me, now: now})
		})
	}
}

// respond answers a request that counts: within the rate limits, one at a time.
func (a *api) respond(w http.ResponseWriter, r *http.Request, handle func(*world, time.Time) *answer) {
	a.account.do(func(world *world) {
		now := a.now()
		res := a.limits.request(now)
		if res == nil {
			res = handle(world, now)
		}
		a.limits.describe(res, now)
		a.finish(r, res).send(w)
	})
}

// finish adds what every answer carries, and turns a body that the client has
// already into 304.
func (a *api) finish(r *http.Request, res *answer) *answer {
	requestID := fmt.Sprintf("%016x", scatter(a.served.Add(1)))
	res.with("X-Request-Id", requestID).with("X-Zendesk-Request-Id", requestID)
	res.with("X-Zendesk-API-Version", "v2")
	o := a.settings.get()
	if date := o.date(a.now()); date != "" {
		res.with("Date", date)
	}
	if res.status != http.StatusOK || r.Method != http.MethodGet {
		return res
	}
	if o.Home != "" {
		body := bytes.ReplaceAll(res.body.Bytes(), []byte(`"https://`+CanonicalHost+`/api/`), []byte(`"http://`+o.Home+`/api/`))
		res.body.Reset()
		res.body.Write(body)
	}
	sum := fnv.New64a()
	_, _ = sum.Write(res.body.Bytes()) // a hash takes everything
	tag := fmt.Sprintf(`W/"%016x"`, sum.Sum64())
	res.with("ETag", tag)
	if res.Header().Get("Cache-Control") == "" {
		res.with("Cache-Control", "max-age=0, private, must-revalidate")
	}
	if strings.TrimSpace(r.Header.Get("If-None-Match")) == tag {
		res.status = http.StatusNotModified
		res.body.Reset()
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
