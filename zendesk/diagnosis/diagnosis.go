package diagnosis

import (
	"slices"
	"strings"

	"storydesk/tracker"
)

// Symptom is what a diagnosis follows from. In a row of the table a zero field
// fits anything.
type Symptom struct {
	Auth  tracker.AuthMethod
	Topic Topic
	// Write is true for a request that changes something.
	Write bool
	// Status is the answer's; in a row, below 10, the first digit of any such.
	// It is 0 where no answer came. Where users/me answers 200 about an
	// anonymous user, it is the 401 that other questions get.
	Status int
	Sign   Sign
}

// Topic is what a request is about.
type Topic string

// The topics.
const (
	// TopicUser is the signed-in user.
	TopicUser Topic = "user"
	// TopicView is a view or the list of views.
	TopicView Topic = "view"
	// TopicTicket is a ticket or what belongs to one.
	TopicTicket Topic = "ticket"
	// TopicUpload is a file for a private comment.
	TopicUpload Topic = "upload"
	// TopicTokens is an OAuth token.
	TopicTokens Topic = "tokens"
	// TopicCode is the code that a browser brought.
	TopicCode Topic = "code"
	// TopicMapped is a host that may lead to an account.
	TopicMapped Topic = "mapped host"
)

// Sign is what identifies the failure besides the status: in the answer, or in how the
// request failed.
type Sign string

// The signs of answers. Those with an underscore are errors of RFC 6749,
// section 5.2.
const (
	// SignAnonymous is an answer about a user who is not signed in.
	SignAnonymous Sign = "anonymous user"
	// SignEndUser is an answer about a customer.
	SignEndUser Sign = "end user"
	// SignSuspended is an answer about a suspended user.
	SignSuspended Sign = "suspended user"
	// SignScopes is a refusal that names the missing scopes.
	SignScopes        Sign = "scopes named"
	signNoRecord      Sign = "RecordNotFound"
	signNoEndpoint    Sign = "InvalidEndpoint"
	signEndpointLimit Sign = "APIRateLimitExceeded"
	signUpdateLimit   Sign = "TooManyRequests"
	signElsewhere     Sign = "another host"
	signSignInPage    Sign = "sign-in page"
	signRetry         Sign = "Retry-After"
	signPage          Sign = "web page"
	signCut           Sign = "cut off"
	signTooLarge      Sign = "too large"
	// SignUnreadable is a success without what was asked for.
	SignUnreadable Sign = "not what was asked for"
	// SignGrant is a refused code or refresh token.
	SignGrant      Sign = "invalid_grant"
	signClient     Sign = "invalid_client"
	signClientKind Sign = "unauthorized_client"
	signScope      Sign = "invalid_scope"
)

// The signs of requests that got no answer.
const (
	// SignGivenUp is a request that was cancelled here.
	SignGivenUp          Sign = "given up"
	signTimeout          Sign = "time-out"
	signNoHost           Sign = "no such host"
	signNoResolver       Sign = "no resolver"
	signConnectionDenied Sign = "connection refused"
	signNoRoute          Sign = "no route"
	signAuthority        Sign = "unknown authority"
	signOtherName        Sign = "certificate of another host"
	signOutdated         Sign = "certificate out of date"
	signNoTLS            Sign = "no TLS"
	signProxyAddress     Sign = "proxy's address is none"
	signNoProxy          Sign = "proxy unreachable"
	signProxyLogin       Sign = "proxy wants a login"
	signProxyDenied      Sign = "proxy refuses"
	signUnsent           Sign = "no connection"
	signBroken           Sign = "connection broken"
)

// Row is a row of the table: what a symptom means and what to do about it. Its texts take facts in braces.
type Row struct {
	Symptom
	Code tracker.Code
	// Reason is as in [tracker.Error]; its subject is the integration.
	Reason tracker.Reason
	// Field is the form field that fixes it, if any.
	Field  string
	Says   string
	Causes []string
	Steps  []string
}

// Table returns all rows. The first that fits a symptom is its diagnosis; the
// last fits any.
func Table() []Row {
	return slices.Concat(
		clientDiagnoses(), signInDiagnoses(), rightsDiagnoses(), missingDiagnoses(), redirectDiagnoses(),
		limitDiagnoses(), outageDiagnoses(), networkDiagnoses(), certificateDiagnoses(), proxyDiagnoses(), otherDiagnoses(),
	)
}

func (d Row) fits(s Symptom) bool {
	return (d.Auth == "" || d.Auth == s.Auth) &&
		(d.Topic == "" || d.Topic == s.Topic) &&
		(!d.Write || s.Write) &&
		(d.Status == 0 || d.Status == s.Status || d.Status == s.Status/100) &&
		(d.Sign == "" || d.Sign == s.Sign)
}

// Facts fill in the texts of a diagnosis, by the name in braces.
type Facts map[string]string

func (f Facts) filler() *strings.Replacer {
	var pairs []string
	for name, value := range f {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...)
}

// Of returns what the table says of a symptom, with the facts filled in.
func Of(s Symptom, f Facts) *tracker.Error {
	table := Table()
	d := table[slices.IndexFunc(table, func(d Row) bool { return d.fits(s) })]
	fill := f.filler()
	all := func(texts []string) []string {
		filled := make([]string, len(texts))
		for i, text := range texts {
			filled[i] = fill.Replace(text)
		}
		return filled
	}
	e := &tracker.Error{Code: d.Code, Reason: d.Reason, Field: d.Field, Message: fill.Replace(d.Says), Causes: all(d.Causes), Steps: all(d.Steps)}
	if e.Reason != "" {
		e.Subject = f["integration"]
	}
	return e
}
