package answer

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"storydesk/zendesk/sandbox/record"
)

// Answer is a whole HTTP answer, so that a fault can alter or withhold it. It
// is its own http.ResponseWriter.
type Answer struct {
	Status int
	head   http.Header
	Body   bytes.Buffer
}

func New() *Answer { return &Answer{Status: http.StatusOK, head: http.Header{}} }

// Header implements http.ResponseWriter.
func (a *Answer) Header() http.Header { return a.head }

// WriteHeader implements http.ResponseWriter.
func (a *Answer) WriteHeader(status int) { a.Status = status }

// Write implements http.ResponseWriter.
func (a *Answer) Write(p []byte) (int, error) { return a.Body.Write(p) }

// Send writes the answer. That the client has left is no concern of ours.
func (a *Answer) Send(w http.ResponseWriter) {
	for name, values := range a.head {
		w.Header()[name] = values
	}
	if a.Status != http.StatusNotModified && a.Status != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(a.Body.Len()))
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body.Bytes()) //nolint:gosec // G705: a page's template escapes what a request said
}

// With adds a header.
func (a *Answer) With(name, value string) *Answer {
	a.head.Set(name, value)
	return a
}

func Plain(status int, contentType, body string) *Answer {
	a := New().With("Content-Type", contentType)
	a.Status = status
	a.Body.WriteString(body)
	return a
}

// JSON takes a body that is JSON already: errors must be what was
// recorded, to the letter.
func JSON(status int, body string) *Answer {
	return Plain(status, "application/json; charset=utf-8", body)
}

// OK answers 200 with a value as JSON.
func OK(value any) *Answer {
	a := JSON(http.StatusOK, "")
	enc := json.NewEncoder(&a.Body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return ServerError()
	}
	a.Body.Truncate(a.Body.Len() - len("\n"))
	return a
}

func Unauthenticated() *Answer {
	return JSON(http.StatusUnauthorized, `{"error":"Couldn't authenticate you"}`).
		With("WWW-Authenticate", `Basic realm="Web Password"`)
}

func InvalidToken() *Answer {
	return JSON(http.StatusUnauthorized, `{"error":"invalid_token","error_description":`+
		`"The access token provided is expired, revoked, malformed or invalid for other reasons."}`)
}

func MissingScope(scope string) *Answer {
	return JSON(http.StatusForbidden,
		`{"error":"Forbidden","description":"You are missing the following required scopes: `+scope+`"}`)
}

func ForbiddenRole() *Answer {
	return JSON(http.StatusForbidden,
		`{"error":"Forbidden","description":"Your role does not allow you to edit this ticket"}`)
}

func ForbiddenPage() *Answer {
	return JSON(http.StatusForbidden, `{"error":{"title":"Forbidden","message":"You do not have access to this page. `+
		`Please contact the account owner of this help desk for further help."}}`)
}

func RecordNotFound() *Answer {
	return JSON(http.StatusNotFound, `{"error":"RecordNotFound","description":"Not found"}`)
}

func InvalidEndpoint() *Answer {
	return JSON(http.StatusNotFound, `{"error":"InvalidEndpoint","description":"Not found"}`)
}

func NoHelpDesk() *Answer {
	return JSON(http.StatusNotFound, `{"error":{"title":"No help desk at `+record.CanonicalHost+`","message":`+
		`"There is no help desk configured at this address. This means that the address is available and that you can claim it."}}`)
}

func UpdateConflict() *Answer {
	return JSON(http.StatusConflict, `{"error":"UpdateConflict","description":`+
		`"Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again."}`)
}

func DatabaseConflict() *Answer {
	return JSON(http.StatusConflict, `{"error":"DatabaseConflict","description":"Database collision"}`)
}

func ClosedTicket() *Answer {
	return InvalidRecord("status", "Status: closed prevents ticket update")
}

// AssigneeRequired is the refusal to solve a ticket that nobody holds.
func AssigneeRequired() *Answer {
	return JSON(http.StatusUnprocessableEntity, `{"error":"RecordInvalid","description":"Record validation errors",`+
		`"details":{"base":[{"description":"Assignee: is required when solving a ticket","error":null,`+
		`"ticket_field_id":`+strconv.Itoa(record.AssigneeFieldID)+`,"ticket_field_type":"FieldAssignee"}]}}`)
}

// InvalidRecord refuses the value of a field.
func InvalidRecord(field, description string) *Answer {
	problem := map[string]string{"description": description}
	a := OK(struct {
		Error       string         `json:"error"`
		Description string         `json:"description"`
		Details     map[string]any `json:"details"`
	}{"RecordInvalid", "Record validation errors", map[string]any{field: []any{problem}}})
	a.Status = http.StatusUnprocessableEntity
	return a
}

func LimitedAccount() *Answer {
	return Plain(http.StatusTooManyRequests, "text/plain; charset=utf-8",
		"Number of allowed API requests per minute exceeded")
}

func LimitedEndpoint() *Answer {
	return JSON(http.StatusTooManyRequests, `{"error":"APIRateLimitExceeded","description":`+
		`"Number of allowed API requests per minute exceeded for this endpoint"}`)
}

func LimitedUpdates() *Answer {
	return JSON(http.StatusTooManyRequests,
		`{"errors":[{"code":"TooManyRequests","title":"Too many requests to update"}]}`)
}

func ServerError() *Answer {
	return JSON(http.StatusInternalServerError, `{"error":"InternalServerError","description":"Something went wrong"}`)
}

func BadRequest(code, title string) *Answer {
	a := OK(map[string]any{"errors": []any{map[string]any{"code": code, "title": title}}})
	a.Status = http.StatusBadRequest
	return a
}

// InvalidID refuses a record number that is none.
func InvalidID() *Answer {
	return JSON(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":`+
		`"You passed an invalid value for the id attribute. Invalid parameter: id must be an integer"}}`)
}

func TooManyValues() *Answer {
	return JSON(http.StatusBadRequest,
		`{"error":"TooManyValues","description":"Parameter  cannot specify more than 100 values","max_count":100}`)
}

func Page(status int, title string) *Answer {
	return Plain(status, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html><head><title>"+title+
		"</title></head><body><h1>"+title+"</h1><p>"+record.Company+" Help Desk</p></body></html>\n")
}

// AnonymousUser is what users/me tells of somebody who is not signed in.
func AnonymousUser() *Answer {
	return OK(map[string]any{"user": map[string]any{ //nolint:gosec // G101: nobody's made-up token
		"id": nil, "url": record.URL("users/"), "name": "Anonymous user", "email": "invalid@example.com",
		"created_at": nil, "updated_at": nil, "time_zone": "London", "iana_time_zone": "Europe/London",
		"phone": nil, "shared_phone_number": nil, "photo": nil, "locale_id": 1, "locale": "en-US",
		"organization_id": nil, "role": "end-user", "verified": false, "authenticity_token": "sandbox-csrf-nobody",
		"external_id": nil, "tags": []string{}, "alias": nil, "active": true, "shared": false,
	}})
}

// WithStatus sets the status.
func (a *Answer) WithStatus(status int) *Answer {
	a.Status = status
	return a
}
