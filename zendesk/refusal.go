package zendesk

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
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
	e := d.diagnose(c, a, p)
	e.RetryAfter = retryAfter(a.header)
	e.Unsent = neverApplied(a.status)
	e.Err = fmt.Errorf("%s %s: status %d, error %q", c.method, c.path, a.status, tidy(p.code))
	return e
}

// neverApplied tells which statuses prove that nothing was changed. A conflict
// does not: a twin of this request may have come first.
func neverApplied(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusUnprocessableEntity, http.StatusTooManyRequests:
		return true
	}
	return false
}

func (d *desk) diagnose(c call, a answer, p problem) *tracker.Error {
	switch {
	case a.status >= 300 && a.status < 400:
		return d.redirected(a.header.Get("Location"))
	case a.status == http.StatusUnauthorized:
		return d.unauthorized()
	case a.status == http.StatusPaymentRequired:
		return tracker.Errorf(tracker.CodeForbidden, "%s does not serve its account now: ask its owner about the subscription", d.host)
	case a.status == http.StatusForbidden && len(p.scopes()) > 0:
		return tracker.Errorf(tracker.CodeMissingScope, "the sign-in to %s lacks the scope %s: sign in again with it",
			d.host, strings.Join(p.scopes(), ", "))
	case a.status == http.StatusForbidden:
		return tracker.Errorf(tracker.CodeForbidden, "%s may not %s %s", d.email, c.verb(), c.subject)
	case a.status == http.StatusNotFound:
		return d.notFound(c, a, p)
	case a.status == http.StatusConflict && c.writes():
		return tracker.Errorf(tracker.CodeConflict, "%s changed on %s in the meantime", c.subject, d.host)
	case a.status == http.StatusTooManyRequests:
		return tracker.Errorf(tracker.CodeLimited, "%s takes no more requests for now%s", d.host, waitWords(a.header))
	case a.status == http.StatusRequestTimeout || a.status >= 500:
		return tracker.Errorf(tracker.CodeUnavailable, "%s is out of order (%d)%s%s", d.host, a.status, waitWords(a.header), c.advice)
	case a.status >= 400 && c.writes():
		return tracker.Errorf(tracker.CodeRefused, "Zendesk does not accept the change of %s: %s",
			c.subject, cmp.Or(p.words(), "it answered "+strconv.Itoa(a.status)))
	}
	return tracker.Errorf(tracker.CodeUnreadable, "%s answered %d to the question for %s, which is not understood", d.host, a.status, c.subject)
}

func (c call) writes() bool { return c.method != http.MethodGet }

func (c call) verb() string {
	if c.writes() {
		return "change"
	}
	return "see"
}

// unauthorized explains a 401 by the method in use: Zendesk's answer is the
// same for every cause.
func (d *desk) unauthorized() *tracker.Error {
	if d.auth == tracker.AuthOAuth {
		e := tracker.Errorf(tracker.CodeUnauthorized, "the sign-in to %s is over: %s", d.host, d.again)
		e.Field = "password"
		return e
	}
	if d.auth == tracker.AuthClient {
		e := tracker.Errorf(tracker.CodeUnauthorized,
			"%s does not accept the tokens of this OAuth client: check it in Zendesk's Admin Center, and that the user who owns it is an active agent", d.host)
		e.Field = "client-id"
		return e
	}
	e := tracker.Errorf(tracker.CodeUnauthorized,
		"%s does not accept this password for %s: the e-mail or the password is wrong, or password access is off, as for most accounts since January 2026, or the user signs in with two-factor or single sign-on; mend them, or choose an API token that you have",
		d.host, d.email)
	if d.auth == tracker.AuthToken {
		e = tracker.Errorf(tracker.CodeUnauthorized,
			"%s does not accept this API token of %s: check both, and in Zendesk's Admin Center that the token is active; it is switched off after 30 days without use, and for good on 30 April 2027",
			d.host, d.email)
	}
	e.Field = "password"
	return e
}

func (d *desk) notFound(c call, a answer, p problem) *tracker.Error {
	var e *tracker.Error
	switch {
	case p.code == "RecordNotFound":
		e = tracker.Errorf(tracker.CodeNotFound, "%s does not have %s, or %s may not see it", d.host, c.subject, d.email)
		e.Field = c.field
	case a.cut != nil:
		e = tracker.Errorf(tracker.CodeUnreadable, "the answer of %s broke off", d.host)
	case p.code == "InvalidEndpoint":
		e = tracker.Errorf(tracker.CodeNoDesk, "%s does not offer %s: its Zendesk plan lacks it, or the address is wrong", d.host, c.subject)
		e.Field = "url"
	default:
		e = tracker.Errorf(tracker.CodeNoDesk, "there is no Zendesk account at %s: check the address", d.host)
		e.Field = "url"
	}
	return e
}

func (d *desk) redirected(location string) *tracker.Error {
	e := tracker.Errorf(tracker.CodeUnreadable, "%s sends requests elsewhere, where the password does not go: check the address", d.host)
	target, err := url.Parse(location)
	switch {
	case err != nil || location == "":
	case target.Host != "" && !strings.EqualFold(target.Host, d.host) && isHostName(strings.ToLower(target.Hostname())):
		e = tracker.Errorf(tracker.CodeNoDesk, "%s sends requests on to %s, where the password does not go: use the account's own address",
			d.host, strings.ToLower(target.Hostname()))
	case isSignInPage(target.Path):
		e = tracker.Errorf(tracker.CodeUnauthorized, "%s asks %s to sign in on a web page: check there that the user and the account are active",
			d.host, d.email)
		e.Field = "password"
		return e
	}
	e.Field = "url"
	return e
}

func isSignInPage(path string) bool {
	for part := range strings.SplitSeq(strings.ToLower(path), "/") {
		switch part {
		case "access", "auth", "login", "signin", "sso":
			return true
		}
	}
	return false
}

// broken explains a request that got no whole answer.
func (d *desk) broken(ctx context.Context, c call, err error, unsent bool) error {
	e := tracker.Errorf(tracker.CodeUnavailable, "the connection to %s broke before it answered", d.host)
	var told *tracker.Error
	if errors.As(err, &told) {
		return told // from signing in, before the request itself
	}
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		e = tracker.Errorf(tracker.CodeUnavailable, "the request to %s was given up before it answered", d.host)
		err = ctx.Err()
	case errors.As(err, &dns) && dns.IsNotFound:
		e = tracker.Errorf(tracker.CodeUnavailable, "the network knows no host %s: check the address and the connection", d.host)
	case errors.As(err, &certificate):
		e = tracker.Errorf(tracker.CodeUnavailable, "%s shows a certificate that is not valid for it: use the account's own address", d.host)
	case unsent:
		e = tracker.Errorf(tracker.CodeUnavailable, "there is no connection to %s: check the network", d.host)
	case isTimeout(err):
		e = tracker.Errorf(tracker.CodeUnavailable, "%s did not answer in time%s", d.host, c.advice)
	}
	e.Unsent = unsent
	e.Err = fmt.Errorf("%s %s: %w", c.method, c.path, err)
	return e
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// unreadable explains a success that does not hold what was asked for.
func (d *desk) unreadable(c call, err error) error {
	e := tracker.Errorf(tracker.CodeUnreadable, "%s answered something other than %s", d.host, c.subject)
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
