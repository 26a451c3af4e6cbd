package zendesk

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"storydesk/tracker"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/transport"
)

// refused gives an answer other than success its code and sentence. Which
// statuses mean what: https://developer.zendesk.com/api-reference/introduction/requests/
func (d *account) refused(c call, a transport.Answer) error {
	p := diagnosis.ReadProblem(a.Body)
	s := d.symptom(c)
	s.Status, s.Sign = a.Status, diagnosis.SignOf(d.host, a, p)
	e := diagnosis.Of(s, d.facts(c).Answered(a, p))
	e.RetryAfter = transport.RetryAfter(a.Header)
	// A file that Zendesk itself refuses, with whichever status, will not be taken later.
	e.Unsent = diagnosis.NeverApplied(a, p) || c.file != nil && a.Status/100 == 4 && p.Recognised()
	e.Err = &refusal{method: c.method, path: c.path, status: a.Status, code: diagnosis.Tidy(p.Code)}
	return e
}

// refusal is an answer other than success, as the log shows it.
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

// symptom is what a call is, for its diagnosis.
func (d *account) symptom(c call) diagnosis.Symptom {
	return diagnosis.Symptom{Auth: d.auth, Topic: c.topic, Write: c.writes()}
}

func (d *account) facts(c call) diagnosis.Facts {
	return diagnosis.Facts{"host": d.host, "base": d.base, "user": d.email, "client": d.clientID, "integration": d.name, "subject": c.subject}
}

func (c call) writes() bool { return c.method != http.MethodGet }

// broken explains a request that got no whole answer.
func (d *account) broken(ctx context.Context, c call, err error, unsent bool) error {
	var explained *tracker.Error
	if errors.As(err, &explained) {
		return explained // from signing in, before the request itself
	}
	s := d.symptom(c)
	if s.Sign = diagnosis.SignOfFailure(err, unsent); errors.Is(ctx.Err(), context.Canceled) {
		s.Sign, err = diagnosis.SignGivenUp, ctx.Err()
	}
	e := diagnosis.Of(s, d.facts(c).Failed(err))
	e.Unsent = unsent
	e.Err = fmt.Errorf("%s %s: %w", c.method, c.path, err)
	return e
}

// unreadable explains a success that does not hold what was asked for.
func (d *account) unreadable(c call, a transport.Answer, err error) error {
	s := d.symptom(c)
	s.Status, s.Sign = http.StatusOK, diagnosis.SignOf(d.host, a, diagnosis.Problem{})
	e := diagnosis.Of(s, d.facts(c))
	e.Err = fmt.Errorf("%s %s: %w", c.method, c.path, err)
	return e
}
