package sandbox

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// call is one request of a signed-in agent.
type call struct {
	*http.Request
	me  *User
	now time.Time
}

// id reads the number that the path names as name; false when it is none.
func (c *call) id(name string) (int64, bool) {
	id, err := strconv.ParseInt(c.PathValue(name), 10, 64)
	return id, err == nil && id > 0
}

// routes lists the endpoints. Paths come without a trailing ".json".
func (s *Sandbox) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v2/users/me", s.showMe)
	s.oauth.route(mux)
	for pattern, handle := range map[string]func(*call) *answer{
		"/":                                         func(*call) *answer { return invalidEndpoint() },
		"GET /api/v2/views":                         s.listViews,
		"GET /api/v2/views/active":                  s.listActiveViews,
		"GET /api/v2/views/compact":                 s.listCompactViews,
		"GET /api/v2/views/count_many":              s.countViews,
		"GET /api/v2/views/{id}":                    s.showView,
		"GET /api/v2/views/{id}/count":              s.countView,
		"GET /api/v2/views/{id}/tickets":            s.listViewTickets,
		"GET /api/v2/tickets/show_many":             s.showTickets,
		"GET /api/v2/tickets/{id}":                  s.showTicket,
		"PUT /api/v2/tickets/{id}":                  s.updateTicket,
		"GET /api/v2/tickets/{id}/comments":         s.listComments,
		"GET /api/v2/tickets/{id}/conversation_log": s.showLog,
		"GET /api/v2/custom_statuses":               s.listCustomStatuses,
		"GET /api/v2/tickets/{id}/audits":           s.listAudits,
		"GET /api/v2/tickets/{id}/audits/{item}":    s.showAudit,
	} {
		mux.HandleFunc(pattern, s.agentsOnly(handle))
	}
	return mux
}

// agentsOnly lets signed-in agents through.
func (s *Sandbox) agentsOnly(handle func(*call) *answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		me, _, refusal := s.signIn(r)
		if me == nil {
			s.finish(r, refusal).send(w)
			return
		}
		if !me.Agent() || me.Suspended {
			s.finish(r, forbiddenPage()).send(w)
			return
		}
		s.respond(w, r, func(now time.Time) *answer { return handle(&call{Request: r, me: me, now: now}) })
	}
}

// respond answers a request that counts: within the rate limits, one at a time.
func (s *Sandbox) respond(w http.ResponseWriter, r *http.Request, handle func(now time.Time) *answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	a := s.limits.request(now)
	if a == nil {
		a = handle(now)
	}
	s.limits.describe(a, now)
	s.finish(r, a).send(w)
}

// finish adds what every answer carries, and turns a body that the client
// holds already into 304.
func (s *Sandbox) finish(r *http.Request, a *answer) *answer {
	requestID := fmt.Sprintf("%016x", scatter(s.served.Add(1)))
	a.with("X-Request-Id", requestID).with("X-Zendesk-Request-Id", requestID)
	a.with("X-Zendesk-API-Version", "v2")
	if date := s.Settings().date(s.now()); date != "" {
		a.with("Date", date)
	}
	if a.status != http.StatusOK || r.Method != http.MethodGet {
		return a
	}
	if home := s.Settings().Home; home != "" {
		body := bytes.ReplaceAll(a.body.Bytes(), []byte(`"https://`+CanonicalHost+`/api/`), []byte(`"http://`+home+`/api/`))
		a.body.Reset()
		a.body.Write(body)
	}
	sum := fnv.New64a()
	_, _ = sum.Write(a.body.Bytes()) // a hash takes everything
	tag := fmt.Sprintf(`W/"%016x"`, sum.Sum64())
	a.with("ETag", tag)
	if a.header.Get("Cache-Control") == "" {
		a.with("Cache-Control", "max-age=0, private, must-revalidate")
	}
	if strings.TrimSpace(r.Header.Get("If-None-Match")) == tag {
		a.status = http.StatusNotModified
		a.body.Reset()
	}
	return a
}

// included tells which records a request wants beside the others.
func included(r *http.Request) map[string]bool {
	names := map[string]bool{}
	for name := range strings.SplitSeq(r.URL.Query().Get("include"), ",") {
		names[strings.TrimSpace(name)] = true
	}
	return names
}
