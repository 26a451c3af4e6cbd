package zendesk

import (
	"slices"
	"strings"

	"storydesk/tracker"
)

// symptom is what a diagnosis is told from. In a row of the table a zero field
// fits anything.
type symptom struct {
	auth  tracker.AuthMethod
	topic topic
	// write is true for a request that changes something.
	write bool
	// status is the answer's; in a row, below 10, the first digit of any such.
	// It is 0 where no answer came. Where users/me answers 200 about an
	// anonymous user, it is the 401 that other questions get.
	status int
	sign   sign
}

// topic is what a request is about.
type topic string

// The topics.
const (
	topicUser   topic = "user"
	topicView   topic = "view"
	topicTicket topic = "ticket"
	topicTokens topic = "tokens"
	topicCode   topic = "code"
	topicMapped topic = "mapped host"
)

// sign is what stands out beside the status: in the answer, or in how the
// request failed.
type sign string

// The signs of answers. Those with an underscore are errors of RFC 6749,
// section 5.2.
const (
	signAnonymous     sign = "anonymous user"
	signEndUser       sign = "end user"
	signSuspended     sign = "suspended user"
	signScopes        sign = "scopes named"
	signNoRecord      sign = "RecordNotFound"
	signNoEndpoint    sign = "InvalidEndpoint"
	signEndpointLimit sign = "APIRateLimitExceeded"
	signUpdateLimit   sign = "TooManyRequests"
	signElsewhere     sign = "another host"
	signSignInPage    sign = "sign-in page"
	signRetry         sign = "Retry-After"
	signPage          sign = "web page"
	signCut           sign = "cut off"
	signTooLarge      sign = "too large"
	signUnreadable    sign = "not what was asked for"
	signGrant         sign = "invalid_grant"
	signClient        sign = "invalid_client"
	signClientKind    sign = "unauthorized_client"
	signScope         sign = "invalid_scope"
)

// The signs of requests that got no answer.
const (
	signGivenUp          sign = "given up"
	signTimeout          sign = "time-out"
	signNoHost           sign = "no such host"
	signNoResolver       sign = "no resolver"
	signConnectionDenied sign = "connection refused"
	signNoRoute          sign = "no route"
	signAuthority        sign = "unknown authority"
	signOtherName        sign = "certificate of another host"
	signOutdated         sign = "certificate out of date"
	signNoTLS            sign = "no TLS"
	signProxyAddress     sign = "proxy's address is none"
	signNoProxy          sign = "proxy unreachable"
	signProxyLogin       sign = "proxy wants a login"
	signProxyDenied      sign = "proxy refuses"
	signUnsent           sign = "no connection"
	signBroken           sign = "connection broken"
)

// diagnosis is a row of the table: what a symptom means and what to do about
// it. Its texts take facts in braces.
type diagnosis struct {
	symptom
	code tracker.Code
	// field is the form field that mends it, if any.
	field  string
	says   string
	causes []string
	steps  []string
}

// diagnoses is the table. The first row that fits a symptom is its diagnosis;
// the last fits any.
func diagnoses() []diagnosis {
	return slices.Concat(
		clientDiagnoses(), signInDiagnoses(), rightsDiagnoses(), missingDiagnoses(), redirectDiagnoses(),
		limitDiagnoses(), outageDiagnoses(), networkDiagnoses(), certificateDiagnoses(), proxyDiagnoses(), otherDiagnoses(),
	)
}

func (d diagnosis) fits(s symptom) bool {
	return (d.auth == "" || d.auth == s.auth) &&
		(d.topic == "" || d.topic == s.topic) &&
		(!d.write || s.write) &&
		(d.status == 0 || d.status == s.status || d.status == s.status/100) &&
		(d.sign == "" || d.sign == s.sign)
}

// facts fill in the texts of a diagnosis, by the name in braces.
type facts map[string]string

func (f facts) filler() *strings.Replacer {
	var pairs []string
	for name, value := range f {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...)
}

// diagnose finds a symptom in the table.
func diagnose(s symptom, f facts) *tracker.Error {
	table := diagnoses()
	d := table[slices.IndexFunc(table, func(d diagnosis) bool { return d.fits(s) })]
	fill := f.filler()
	all := func(texts []string) []string {
		filled := make([]string, len(texts))
		for i, text := range texts {
			filled[i] = fill.Replace(text)
		}
		return filled
	}
	return &tracker.Error{Code: d.code, Field: d.field, Message: fill.Replace(d.says), Causes: all(d.causes), Steps: all(d.steps)}
}
