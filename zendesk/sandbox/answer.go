package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// answer is a whole HTTP answer, so that a fault can alter or withhold it. It
// is its own http.ResponseWriter.
type answer struct {
	status int
	head   http.Header
	body   bytes.Buffer
}

func newAnswer() *answer { return &answer{status: http.StatusOK, head: http.Header{}} }

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.head }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) { a.status = status }

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// send writes the answer. That the client has left is no concern of ours.
func (a *answer) send(w http.ResponseWriter) {
	for name, values := range a.head {
		w.Header()[name] = values
	}
	if a.status != http.StatusNotModified && a.status != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(a.body.Len()))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body.Bytes()) //nolint:gosec // G705: a page's template escapes what a request said
}

// with adds a header.
func (a *answer) with(name, value string) *answer {
	a.head.Set(name, value)
	return a
}

func plainAnswer(status int, contentType, body string) *answer {
	a := newAnswer().with("Content-Type", contentType)
	a.status = status
	a.body.WriteString(body)
	return a
}

// jsonAnswer takes a body that is JSON already: errors must be what was
// recorded, to the letter.
func jsonAnswer(status int, body string) *answer {
	return plainAnswer(status, "application/json; charset=utf-8", body)
}

// ok answers 200 with a value as JSON.
func ok(value any) *answer {
	a := jsonAnswer(http.StatusOK, "")
	enc := json.NewEncoder(&a.body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return serverError()
	}
	a.body.Truncate(a.body.Len() - len("\n"))
	return a
}

func unauthenticated() *answer {
	return jsonAnswer(http.StatusUnauthorized, `{"error":"Couldn't authenticate you"}`).
		with("WWW-Authenticate", `Basic realm="Web Password"`)
}

func invalidToken() *answer {
	return jsonAnswer(http.StatusUnauthorized, `{"error":"invalid_token","error_description":`+
		`"The access token provided is expired, revoked, malformed or invalid for other reasons."}`)
}

func missingScope(scope string) *answer {
	return jsonAnswer(http.StatusForbidden,
		`{"error":"Forbidden","description":"You are missing the following required scopes: `+scope+`"}`)
}

func forbiddenRole() *answer {
	return jsonAnswer(http.StatusForbidden,
		`{"error":"Forbidden","description":"Your role does not allow you to edit this ticket"}`)
}

func forbiddenPage() *answer {
	return jsonAnswer(http.StatusForbidden, `{"error":{"title":"Forbidden","message":"You do not have access to this page. `+
		`Please contact the account owner of this help desk for further help."}}`)
}

func recordNotFound() *answer {
	return jsonAnswer(http.StatusNotFound, `{"error":"RecordNotFound","description":"Not found"}`)
}

func invalidEndpoint() *answer {
	return jsonAnswer(http.StatusNotFound, `{"error":"InvalidEndpoint","description":"Not found"}`)
}

func noHelpDesk() *answer {
	return jsonAnswer(http.StatusNotFound, `{"error":{"title":"No help desk at `+CanonicalHost+`","message":`+
		`"There is no help desk configured at this address. This means that the address is available and that you can claim it."}}`)
}

func updateConflict() *answer {
	return jsonAnswer(http.StatusConflict, `{"error":"UpdateConflict","description":`+
		`"Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again."}`)
}

func databaseConflict() *answer {
	return jsonAnswer(http.StatusConflict, `{"error":"DatabaseConflict","description":"Database collision"}`)
}

func closedTicket() *answer {
	return invalidRecord("status", "Status: closed prevents ticket update")
}

// assigneeRequired is the refusal to solve a ticket that nobody holds.
func assigneeRequired() *answer {
	return jsonAnswer(http.StatusUnprocessableEntity, `{"error":"RecordInvalid","description":"Record validation errors",`+
		`"details":{"base":[{"description":"Assignee: is required when solving a ticket","error":null,`+
		`"ticket_field_id":`+strconv.Itoa(assigneeFieldID)+`,"ticket_field_type":"FieldAssignee"}]}}`)
}

// invalidRecord refuses the value of a field.
func invalidRecord(field, description string) *answer {
	problem := map[string]string{"description": description}
	a := ok(struct {
		Error       string         `json:"error"`
		Description string         `json:"description"`
		Details     map[string]any `json:"details"`
	}{"RecordInvalid", "Record validation errors", map[string]any{field: []any{problem}}})
	a.status = http.StatusUnprocessableEntity
	return a
}

func limitedAccount() *answer {
	return plainAnswer(http.StatusTooManyRequests, "text/plain; charset=utf-8",
		"Number of allowed API requests per minute exceeded")
}

func limitedEndpoint() *answer {
	return jsonAnswer(http.StatusTooManyRequests, `{"error":"APIRateLimitExceeded","description":`+
		`"Number of allowed API requests per minute exceeded for this endpoint"}`)
}

func limitedUpdates() *answer {
	return jsonAnswer(http.StatusTooManyRequests,
		`{"errors":[{"code":"TooManyRequests","title":"Too many requests to update"}]}`)
}

func serverError() *answer {
	return jsonAnswer(http.StatusInternalServerError, `{"error":"InternalServerError","description":"Something went wrong"}`)
}

func badRequest(code, title string) *answer {
	a := ok(map[string]any{"errors": []any{map[string]any{"code": code, "title": title}}})
	a.status = http.StatusBadRequest
	return a
}

// invalidID refuses a record number that is none.
func invalidID() *answer {
	return jsonAnswer(http.StatusBadRequest, `{"error":{"title":"Invalid attribute","message":`+
		`"You passed an invalid value for the id attribute. Invalid parameter: id must be an integer"}}`)
}

func tooManyValues() *answer {
	return jsonAnswer(http.StatusBadRequest,
		`{"error":"TooManyValues","description":"Parameter  cannot specify more than 100 values","max_count":100}`)
}

func htmlPage(status int, title string) *answer {
	return plainAnswer(status, "text/html; charset=utf-8", "<!DOCTYPE html>\n<html><head><title>"+title+
		"</title></head><body><h1>"+title+"</h1><p>"+Company+" Help Desk</p></body></html>\n")
}

// anonymousUser is what users/me tells of somebody who is not signed in.
func anonymousUser() *answer {
	return ok(map[string]any{"user": map[string]any{ //nolint:gosec // G101: nobody's made-up token
		"id": nil, "url": apiURL("users/"), "name": "Anonymous user", "email": "invalid@example.com",
		"created_at": nil, "updated_at": nil, "time_zone": "London", "iana_time_zone": "Europe/London",
		"phone": nil, "shared_phone_number": nil, "photo": nil, "locale_id": 1, "locale": "en-US",
		"organization_id": nil, "role": "end-user", "verified": false, "authenticity_token": "sandbox-csrf-nobody",
		"external_id": nil, "tags": []string{}, "alias": nil, "active": true, "shared": false,
	}})
}

// withStatus sets the status.
func (a *answer) withStatus(status int) *answer {
	a.status = status
	return a
}
