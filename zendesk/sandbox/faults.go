package sandbox

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Fault is a rule for what goes wrong with some requests. Of the rules that
// match a request the first acts, and is used up by one. In this order:
// somebody else changes the ticket (Meanwhile); Before passes; the request is
// carried out, if Answer is empty or Apply is set; After passes; the answer
// leaves, or what Answer names instead.
type Fault struct {
	// Method restricts it to one HTTP method; empty for any.
	Method string `json:"method,omitempty"`
	// Path restricts it to paths below /api/v2, without ".json", or whole ones
	// elsewhere, that match the pattern, such as "/tickets/*/comments" or
	// "/oauth/tokens" (see path.Match); empty for any.
	Path string `json:"path,omitempty"`
	// Skip is how many matching requests it lets through first.
	Skip int `json:"skip,omitempty"`
	// Times is how many requests it acts on then: 0 for one, -1 for all.
	Times int `json:"times,omitempty"`

	// Meanwhile is what somebody else does to a ticket first, if anything.
	Meanwhile *Edit `json:"meanwhile,omitempty"`
	// Before passes before the request is carried out.
	Before Pause `json:"before,omitzero"`
	// Apply carries the request out even though Answer hides that.
	Apply bool `json:"apply,omitempty"`
	// After passes between that and the answer.
	After Pause `json:"after,omitzero"`
	// Takes is how many seconds it all takes at least, from the request's arrival
	// until the answer leaves: a desk that is some way off.
	Takes float64 `json:"takes,omitempty"`
	// Answer names what is answered instead of the truth; see Answers.
	Answer string `json:"answer,omitempty"`
	// RetryAfter adds that header, in seconds, unless 0.
	RetryAfter int `json:"retry_after,omitempty"`
	// Comments names what is wrong with a list of comments; see Distortions.
	Comments string `json:"comments,omitempty"`
	// Lag is how many seconds a list of comments lags behind the ticket, as one
	// from a read replica does.
	Lag float64 `json:"lag,omitempty"`
}

// Pause is a wait. The zero Pause does not wait.
type Pause struct {
	// Seconds is how long.
	Seconds float64 `json:"seconds,omitempty"`
	// Hold names a wait that lasts until Release or Close.
	Hold string `json:"hold,omitempty"`
}

// Edit is what somebody else does to a ticket, by no rule but their own.
type Edit struct {
	// Ticket is its number; 0 for the one in the request's path.
	Ticket int64 `json:"ticket,omitempty"`
	// Status is its new status, if any.
	Status string `json:"status,omitempty"`
	// Comment is said on it, if anything; Public for the customer to read.
	Comment string `json:"comment,omitempty"`
	Public  bool   `json:"public,omitempty"`
	// MergeInto closes it as merged into another ticket.
	MergeInto int64 `json:"merge_into,omitempty"`
	// Delete deletes it.
	Delete bool `json:"delete,omitempty"`
	// Hide takes it out of sight of the API's users; Show brings it back.
	Hide bool `json:"hide,omitempty"`
	Show bool `json:"show,omitempty"`
	// Redact blots a text out of its comments.
	Redact string `json:"redact,omitempty"`
	// Erase takes the comments that hold a text off it, with their audits:
	// what no agent can do.
	Erase string `json:"erase,omitempty"`
}

// Answers that break off or bend the true answer. The others are in cannedAnswers.
const (
	// AnswerResetUnread resets the connection without reading the request's body.
	AnswerResetUnread = "reset-unread"
	// AnswerResetReading resets it after half of the request's body.
	AnswerResetReading = "reset-reading"
	// AnswerReset resets it without a byte of an answer.
	AnswerReset = "reset"
	// AnswerResetAnswering resets it after half of the answer's body.
	AnswerResetAnswering = "reset-answering"
	// AnswerTruncated answers whole and well half of the JSON.
	AnswerTruncated = "truncated"
)

// cannedAnswers are the answers that do not depend on the request.
func cannedAnswers() map[string]func() *answer {
	html := func(status int, title string) func() *answer {
		return func() *answer { return htmlPage(status, title) }
	}
	json := func(body string) func() *answer {
		return func() *answer { return jsonAnswer(http.StatusOK, body) }
	}
	return map[string]func() *answer{
		"anonymous":           anonymousUser,
		"unauthenticated":     unauthenticated,
		"invalid-token":       invalidToken,
		"missing-scope":       func() *answer { return missingScope("write") },
		"forbidden-role":      forbiddenRole,
		"forbidden-page":      forbiddenPage,
		"record-not-found":    recordNotFound,
		"invalid-endpoint":    invalidEndpoint,
		"no-help-desk":        noHelpDesk,
		"update-conflict":     updateConflict,
		"database-conflict":   databaseConflict,
		"closed":              closedTicket,
		"field-required":      assigneeRequired,
		"limited-account":     limitedAccount,
		"limited-endpoint":    limitedEndpoint,
		"limited-updates":     limitedUpdates,
		"server-error":        serverError,
		"bad-gateway":         html(http.StatusBadGateway, "502 Bad Gateway"),
		"unavailable":         html(http.StatusServiceUnavailable, "We'll be right back"),
		"gateway-timeout":     html(http.StatusGatewayTimeout, "504 Gateway Time-out"),
		"html":                html(http.StatusOK, "Sign in to "+Company),
		"html-not-found":      html(http.StatusNotFound, "The page you were looking for doesn't exist"),
		"wrong-json":          json(`{"status":"ok","items":[1,2,3]}`),
		"json-list":           json(`[]`),
		"empty":               json(``),
		"redirect-other-host": redirectOtherHost,
		// What a proxy between here and the desk answers in its place.
		"proxy-bad-request":   html(http.StatusBadRequest, "400 Bad Request"),
		"proxy-forbidden":     html(http.StatusForbidden, "403 Forbidden"),
		"proxy-timeout":       html(http.StatusRequestTimeout, "408 Request Time-out"),
		"proxy-too-large":     html(http.StatusRequestEntityTooLarge, "413 Request Entity Too Large"),
		"proxy-unprocessable": html(http.StatusUnprocessableEntity, "422 Unprocessable Entity"),
	}
}

func redirectOtherHost() *answer {
	return htmlPage(http.StatusFound, "Moved").with("Location", "https://elsewhere.example/access/unauthenticated")
}

// Answers lists the names that Fault.Answer takes, beside none at all.
func Answers() []string {
	names := []string{AnswerResetUnread, AnswerResetReading, AnswerReset, AnswerResetAnswering, AnswerTruncated}
	return append(names, slices.Sorted(maps.Keys(cannedAnswers()))...)
}

func (f Fault) validate() error {
	if _, err := path.Match(f.Path, ""); err != nil {
		return fmt.Errorf("fault path %q: %w", f.Path, err)
	}
	if f.Answer != "" && !slices.Contains(Answers(), f.Answer) {
		return fmt.Errorf("there is no answer %q; there are %s", f.Answer, strings.Join(Answers(), ", "))
	}
	if f.Comments != "" && !slices.Contains(Distortions(), f.Comments) {
		return fmt.Errorf("there is no distortion %q; there are %s", f.Comments, strings.Join(Distortions(), ", "))
	}
	if f.Meanwhile != nil {
		return f.Meanwhile.validate()
	}
	return nil
}

func (f Fault) matches(r *http.Request) bool {
	if f.Method != "" && f.Method != r.Method {
		return false
	}
	matched, err := path.Match(f.Path, strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, apiPrefix), ".json"))
	return f.Path == "" || err == nil && matched
}

// faultList holds the rules in force and the holds.
type faultList struct {
	mu    sync.Mutex
	rules []*Fault
	// holds has a channel for each hold that anybody named; Release closes it.
	holds map[string]*hold
}

type hold struct {
	reached, released chan struct{}
	once              sync.Once
	freed             sync.Once
}

func newFaultList() *faultList { return &faultList{holds: map[string]*hold{}} }

// take finds the rule that acts on a request and uses it up by one; nil when none does.
func (l *faultList) take(r *http.Request) *Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, f := range l.rules {
		if !f.matches(r) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		acting := *f
		if f.Times > 0 {
			f.Times--
		}
		if f.Times == 0 {
			l.rules = slices.Delete(l.rules, i, i+1)
		}
		return &acting
	}
	return nil
}

func (l *faultList) hold(name string) *hold {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.holds[name] == nil {
		l.holds[name] = &hold{reached: make(chan struct{}), released: make(chan struct{})}
	}
	return l.holds[name]
}

// AddFaults puts rules behind those in force. It fails on a rule that cannot
// work, and then adds none.
func (s *Sandbox) AddFaults(faults ...Fault) error {
	for _, f := range faults {
		if err := f.validate(); err != nil {
			return err
		}
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	for _, f := range faults {
		if f.Times == 0 {
			f.Times = 1
		}
		s.faults.rules = append(s.faults.rules, &f)
	}
	return nil
}

// Faults lists the rules in force; Skip and Times are what is left of them.
func (s *Sandbox) Faults() []Fault {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	list := make([]Fault, len(s.faults.rules))
	for i, f := range s.faults.rules {
		list[i] = *f
	}
	return list
}

// ClearFaults drops all rules. Requests that are held stay held.
func (s *Sandbox) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules = nil
}

// Held waits until a request has come to the hold of that name.
func (s *Sandbox) Held(ctx context.Context, name string) error {
	select {
	case <-s.faults.hold(name).reached:
		return nil
	case <-s.closing:
		return errors.New("the sandbox was closed")
	case <-ctx.Done():
		return fmt.Errorf("wait for a request at hold %q: %w", name, ctx.Err())
	}
}

// Release lets requests at the hold of that name go on, those to come too.
func (s *Sandbox) Release(name string) {
	h := s.faults.hold(name)
	h.freed.Do(func() { close(h.released) })
}

// wait passes a pause. A client that leaves does not shorten it: what was
// received is carried out, as with the real thing.
func (s *Sandbox) wait(p Pause) {
	if p.Hold != "" {
		h := s.faults.hold(p.Hold)
		h.once.Do(func() { close(h.reached) })
		select {
		case <-h.released:
		case <-s.closing:
		}
	}
	if p.Seconds > 0 {
		timer := time.NewTimer(time.Duration(p.Seconds * float64(time.Second)))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-s.closing:
		}
	}
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
