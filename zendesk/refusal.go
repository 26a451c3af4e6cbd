package zendesk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"storydesk/tracker"
)

// maxWait is the longest wait that a desk is believed to ask for.
const maxWait = 24 * time.Hour

// maxQuoted is how many characters of a desk's own words are passed on.
const maxQuoted = 300

// refused gives an answer other than success its code and sentence. Which
// statuses mean what: https://developer.zendesk.com/api-reference/introduction/requests/
func (d *desk) refused(c call, a answer) error {
	p := readProblem(a.body)
	s := d.symptom(c)
	s.status, s.sign = a.status, signOf(d.host, a, p)
	e := diagnose(s, d.facts(c).answered(a, p))
	e.RetryAfter = retryAfter(a.header)
	e.Unsent = neverApplied(a, p)
	e.Err = &refusal{method: c.method, path: c.path, status: a.status, code: tidy(p.code)}
	return e
}

// refusal is an answer other than success, as the log tells it.
type refusal struct {
	method, path string
	status       int
	// code is Zendesk's word for it, empty where it has none.
	code string
}

// Error implements error.
func (r *refusal) Error() string {
	return fmt.Sprintf("%s %s: status %d, error %q", r.method, r.path, r.status, r.code)
}

// neverApplied reports whether an answer proves that nothing was changed: one of
// a few statuses in Zendesk's own form. Any other may come from a proxy after
// the change was made, or, for a conflict, from a twin of this request.
func neverApplied(a answer, p problem) bool {
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity:
		return p.told()
	case http.StatusTooManyRequests:
		return p.told() || !isPage(a.body) // the account's own limit answers in plain text
	}
	return false
}

// symptom is what a call is, for its diagnosis.
func (d *desk) symptom(c call) symptom {
	return symptom{auth: d.auth, topic: c.topic, write: c.writes()}
}

func (d *desk) facts(c call) facts {
	return facts{"host": d.host, "base": d.base, "user": d.email, "client": d.clientID, "again": d.again, "subject": c.subject}
}

func (c call) writes() bool { return c.method != http.MethodGet }

// answered adds what an answer tells.
func (f facts) answered(a answer, p problem) facts {
	f["status"] = strconv.Itoa(a.status)
	f["wait"] = waitWords(a.header)
	f["scopes"] = strings.Join(p.scopes(), ", ")
	f["words"] = cmp.Or(p.words(), "it answered "+strconv.Itoa(a.status))
	f["elsewhere"] = elsewhere(a.header.Get("Location"))
	return f
}

// failed adds what a failure of the transport tells.
func (f facts) failed(err error) facts {
	var refused *proxyRefusal
	if errors.As(err, &refused) {
		f["status"] = strconv.Itoa(refused.status)
	}
	f["today"] = time.Now().Format("2 January 2006, 15:04")
	return f
}

// broken explains a request that got no whole answer.
func (d *desk) broken(ctx context.Context, c call, err error, unsent bool) error {
	var told *tracker.Error
	if errors.As(err, &told) {
		return told // from signing in, before the request itself
	}
	s := d.symptom(c)
	if s.sign = signOfFailure(err, unsent); errors.Is(ctx.Err(), context.Canceled) {
		s.sign, err = signGivenUp, ctx.Err()
	}
	e := diagnose(s, d.facts(c).failed(err))
	e.Unsent = unsent
	e.Err = fmt.Errorf("%s %s: %w", c.method, c.path, err)
	return e
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// unreadable explains a success that does not hold what was asked for.
func (d *desk) unreadable(c call, a answer, err error) error {
	s := d.symptom(c)
	s.status, s.sign = http.StatusOK, signOf(d.host, a, problem{})
	e := diagnose(s, d.facts(c))
	e.Err = fmt.Errorf("%s %s: %w", c.method, c.path, err)
	return e
}

// retryAfter reads the header Retry-After, in seconds or as a date; 0 when the
// desk does not say.
func retryAfter(h http.Header) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if wait, err := time.ParseDuration(value + "s"); err == nil {
		return max(0, min(wait, maxWait))
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	// The answer's own date spares us the difference of two clocks.
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(0, min(until.Sub(now), maxWait))
}

func waitWords(h http.Header) string {
	if wait := retryAfter(h); wait > 0 {
		return fmt.Sprintf("; it asks to wait %s", wait.Round(time.Second))
	}
	return ""
}

// tidy makes a desk's words fit for a sentence: one line of bounded length.
func tidy(words string) string {
	words = strings.Join(strings.FieldsFunc(words, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if utf8.RuneCountInString(words) > maxQuoted {
		words = string([]rune(words)[:maxQuoted-1]) + "…"
	}
	return words
}
