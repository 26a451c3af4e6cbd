package requests

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// maxRequests is how many requests the log holds; older ones are dropped.
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

// Log is the list of the last requests. It is safe for concurrent use.
type Log struct {
	now  func() time.Time
	mu   sync.Mutex
	list []*Request
}

// NewLog returns an empty log.
func NewLog(now func() time.Time) *Log { return &Log{now: now} }

// Begin adds a request that has come in.
func (l *Log) Begin(r *http.Request) *Request {
	entry := &Request{Time: l.now(), Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) == maxRequests {
		l.list = slices.Delete(l.list, 0, maxRequests/10)
	}
	l.list = append(l.list, entry)
	return entry
}

// Arrived adds the body of a request.
func (l *Log) Arrived(entry *Request, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Body = string(body)
}

// Answered adds the status that a request was answered with.
func (l *Log) Answered(entry *Request, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entry.Status = status
}

// All lists the last 10,000 requests, oldest first.
func (l *Log) All() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := make([]Request, len(l.list))
	for i, entry := range l.list {
		list[i] = *entry
	}
	return list
}
