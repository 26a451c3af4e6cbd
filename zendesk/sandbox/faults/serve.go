package faults

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/requests"
	"storydesk/zendesk/sandbox/world"
)

const (
	apiPrefix = "/api/v2"
	// MaxRequest is the longest request body that is read, in bytes.
	MaxRequest = 1 << 20
	// maxUpload is more than the largest file that the API takes.
	maxUpload = 64 << 20
)

// Handler answers requests of the API as the faults in force allow.
type Handler struct {
	Faults   *List
	Requests *requests.Log
	// API answers truly.
	API http.Handler
	// Edit is what somebody else does to a ticket.
	Edit func(world.Edit) error
	Now  func() time.Time
}

// ServeHTTP answers a request as the first matching fault says.
func (s Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fault := s.Faults.take(r)
	if fault == nil {
		fault = &Fault{}
	}
	begun := time.Now()
	entry := s.Requests.Begin(r)
	switch fault.Answer {
	case AnswerResetUnread:
		reset(w)
		return
	case AnswerResetReading:
		_, _ = io.CopyN(io.Discard, r.Body, r.ContentLength/2) // it is about to break off anyway
		reset(w)
		return
	}
	limit, uploads := int64(MaxRequest), strings.HasPrefix(r.URL.Path, "/api/v2/uploads")
	if uploads {
		limit = maxUpload
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		return // the client has left, or never ends
	}
	if !uploads {
		s.Requests.Arrived(entry, body)
	}
	truth, refusal := s.carryOut(fault, r, body)
	if refusal != nil {
		http.Error(w, refusal.Error(), http.StatusInternalServerError)
		return
	}
	s.Faults.wait(fault.After)
	s.Faults.wait(Pause{Seconds: fault.Takes - time.Since(begun).Seconds()})
	// Written down first: who has the answer finds it in the list of requests.
	send(w, fault, truth, func(status int) { s.Requests.Answered(entry, status) })
}

// carryOut does all that a fault leaves of a request, and returns the true
// answer: empty when the request was not carried out.
func (s Handler) carryOut(fault *Fault, r *http.Request, body []byte) (*answer.Answer, error) {
	if fault.Meanwhile != nil {
		edit := *fault.Meanwhile
		if edit.Ticket == 0 {
			edit.Ticket = ticketInPath(r)
		}
		if err := s.Edit(edit); err != nil {
			return nil, err
		}
	}
	s.Faults.wait(fault.Before)
	truth := answer.New()
	if keepsTruth(fault.Answer) || fault.Apply {
		asked := r.Clone(r.Context())
		asked.Body = io.NopCloser(bytes.NewReader(body))
		asked.URL.Path = strings.TrimSuffix(asked.URL.Path, ".json")
		fault.unsort(asked.URL)
		s.API.ServeHTTP(truth, asked)
		fault.distort(truth, s.Now())
	}
	return truth, nil
}

// keepsTruth reports whether an answer is made from the true one.
func keepsTruth(name string) bool {
	return name == "" || name == AnswerTruncated || name == AnswerResetAnswering
}

// send answers as a fault says. A whole answer's status is reported before it leaves.
func send(w http.ResponseWriter, fault *Fault, truth *answer.Answer, leaving func(status int)) {
	a := truth
	if canned := cannedAnswers()[fault.Answer]; canned != nil {
		a = canned()
	}
	if fault.RetryAfter != 0 {
		a.With("Retry-After", strconv.Itoa(fault.RetryAfter))
	}
	switch fault.Answer {
	case AnswerReset:
		reset(w)
		return
	case AnswerTruncated:
		a.Body.Truncate(a.Body.Len() / 2)
	case AnswerResetAnswering:
		sendHalf(w, a)
		return
	}
	leaving(a.Status)
	a.Send(w)
}

// sendHalf promises a whole body, sends half of it and resets the connection.
func sendHalf(w http.ResponseWriter, a *answer.Answer) {
	for name, values := range a.Header() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(a.Body.Len()))
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body.Bytes()[:a.Body.Len()/2])
	_ = http.NewResponseController(w).Flush() // it is about to break off anyway
	reset(w)
}

// reset breaks the connection off with a TCP reset, not an orderly end.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // net/http then closes the connection
	}
	if tcp, isTCP := conn.(*net.TCPConn); isTCP {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// ticketInPath reads the ticket's number from a request's path, 0 when it names none.
func ticketInPath(r *http.Request) int64 {
	rest, found := strings.CutPrefix(r.URL.Path, apiPrefix+"/tickets/")
	if !found {
		return 0
	}
	number, _, _ := strings.Cut(strings.TrimSuffix(rest, ".json"), "/")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0
	}
	return id
}
