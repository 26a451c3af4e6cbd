package sandbox

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// maxRequests is how many requests the log holds; older ones go.
const maxRequests = 10_000

// Request is a request of the API as it came in.
type Request struct {
	Time   time.Time `json:"time"`
	Method string    `json:"method"`
	Path   string    `json:"path"`
	Query  string    `json:"query,omitempty"`
	// Body is empty while it has not arrived whole.
	Body string `json:"body,omitempty"`
	// Status is what was answered; 0 for nothing, or nothing yet.
	Status int `json:"status"`
}

type requestLog struct {
	now  func() time.Time
	mu   sync.Mutex
	list []*Request
}

func (l *requestLog) begin(r *http.Request) *Request {
	entry := &Request{Time: l.now(), Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) == maxRequests {
		l.list = slices.Delete(l.list, 0, maxRequests/10)
	}
	l.list = append(l.list, entry)
	return entry
}

func (l *requestLog) arrived(entry *Request, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Body = string(body)
}

func (l *requestLog) answered(entry *Request, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Status = status
}

// Requests lists the last 10,000 requests of the API, oldest first.
func (s *Sandbox) Requests() []Request {
	s.requests.mu.Lock()
	defer s.requests.mu.Unlock()
	list := make([]Request, len(s.requests.list))
	for i, entry := range s.requests.list {
		list[i] = *entry
	}
	return list
}
