package faults

import (
	"fmt"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
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
	Meanwhile *world.Edit `json:"meanwhile,omitempty"`
	// Before passes before the request is carried out.
	Before Pause `json:"before,omitzero"`
	// Apply carries the request out even though Answer hides that.
	Apply bool `json:"apply,omitempty"`
	// After passes between that and the answer.
	After Pause `json:"after,omitzero"`
	// Takes is how many seconds it all takes at least, from the request's arrival
	// until the answer leaves: a distant Zendesk.
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
func cannedAnswers() map[string]func() *answer.Answer {
	html := func(status int, title string) func() *answer.Answer {
		return func() *answer.Answer { return answer.Page(status, title) }
	}
	json := func(body string) func() *answer.Answer {
		return func() *answer.Answer { return answer.JSON(http.StatusOK, body) }
	}
	return map[string]func() *answer.Answer{
		"anonymous":           answer.AnonymousUser,
		"unauthenticated":     answer.Unauthenticated,
		"invalid-token":       answer.InvalidToken,
		"missing-scope":       func() *answer.Answer { return answer.MissingScope("write") },
		"forbidden-role":      answer.ForbiddenRole,
		"forbidden-page":      answer.ForbiddenPage,
		"record-not-found":    answer.RecordNotFound,
		"invalid-endpoint":    answer.InvalidEndpoint,
		"no-help-desk":        answer.NoHelpDesk,
		"update-conflict":     answer.UpdateConflict,
		"database-conflict":   answer.DatabaseConflict,
		"closed":              answer.ClosedTicket,
		"field-required":      answer.AssigneeRequired,
		"limited-account":     answer.LimitedAccount,
		"limited-endpoint":    answer.LimitedEndpoint,
		"limited-updates":     answer.LimitedUpdates,
		"too-large":           answer.TooLarge,
		"server-error":        answer.ServerError,
		"bad-gateway":         html(http.StatusBadGateway, "502 Bad Gateway"),
		"unavailable":         html(http.StatusServiceUnavailable, "We'll be right back"),
		"gateway-timeout":     html(http.StatusGatewayTimeout, "504 Gateway Time-out"),
		"html":                html(http.StatusOK, "Sign in to "+record.Company),
		"html-not-found":      html(http.StatusNotFound, "The page you were looking for doesn't exist"),
		"wrong-json":          json(`{"status":"ok","items":[1,2,3]}`),
		"json-list":           json(`[]`),
		"empty":               json(``),
		"redirect-other-host": redirectOtherHost,
		// What a proxy between here and Zendesk answers in its place.
		"proxy-bad-request":   html(http.StatusBadRequest, "400 Bad Request"),
		"proxy-forbidden":     html(http.StatusForbidden, "403 Forbidden"),
		"proxy-timeout":       html(http.StatusRequestTimeout, "408 Request Time-out"),
		"proxy-too-large":     html(http.StatusRequestEntityTooLarge, "413 Request Entity Too Large"),
		"proxy-unprocessable": html(http.StatusUnprocessableEntity, "422 Unprocessable Entity"),
	}
}

func redirectOtherHost() *answer.Answer {
	return answer.Page(http.StatusFound, "Moved").With("Location", "https://elsewhere.example/access/unauthenticated")
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
		return f.Meanwhile.Validate()
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
