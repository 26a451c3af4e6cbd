package answer

import (
	"net/http"
	"strconv"

	"storydesk/zendesk/sandbox/record"
)

// Unauthenticated refuses a wrong password or API token.
func Unauthenticated() *Answer {
	return JSON(http.StatusUnauthorized, `{"error":"Couldn't authenticate you"}`).
		With("WWW-Authenticate", `Basic realm="Web Password"`)
}

// InvalidToken refuses an OAuth token.
func InvalidToken() *Answer {
	return JSON(http.StatusUnauthorized, `{"error":"invalid_token","error_description":`+
		`"The access token provided is expired, revoked, malformed or invalid for other reasons."}`)
}

// MissingScope refuses a token without the scope that a request needs.
func MissingScope(scope string) *Answer {
	return JSON(http.StatusForbidden,
		`{"error":"Forbidden","description":"You are missing the following required scopes: `+scope+`"}`)
}

// ForbiddenRole refuses an update that the role of the requesting user does not allow.
func ForbiddenRole() *Answer {
	return JSON(http.StatusForbidden,
		`{"error":"Forbidden","description":"Your role does not allow you to edit this ticket"}`)
}

// ForbiddenPage refuses what the requesting user may not see.
func ForbiddenPage() *Answer {
	return JSON(http.StatusForbidden, `{"error":{"title":"Forbidden","message":"You do not have access to this page. `+
		`Please contact the account owner of this help desk for further help."}}`)
}

// RecordNotFound answers for a record that does not exist.
func RecordNotFound() *Answer {
	return JSON(http.StatusNotFound, `{"error":"RecordNotFound","description":"Not found"}`)
}

// InvalidEndpoint answers for a path that Zendesk does not have.
func InvalidEndpoint() *Answer {
	return JSON(http.StatusNotFound, `{"error":"InvalidEndpoint","description":"Not found"}`)
}

// NoHelpDesk answers for an account that does not exist.
func NoHelpDesk() *Answer {
	return JSON(http.StatusNotFound, `{"error":{"title":"No help desk at `+record.CanonicalHost+`","message":`+
		`"There is no help desk configured at this address. This means that the address is available and that you can claim it."}}`)
}

// UpdateConflict refuses an update of a ticket that has changed since its stamp.
func UpdateConflict() *Answer {
	return JSON(http.StatusConflict, `{"error":"UpdateConflict","description":`+
		`"Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again."}`)
}

// DatabaseConflict refuses an update that met another.
func DatabaseConflict() *Answer {
	return JSON(http.StatusConflict, `{"error":"DatabaseConflict","description":"Database collision"}`)
}

// ClosedTicket refuses an update of a closed ticket.
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

// LimitedAccount refuses a request beyond the limit of the account.
func LimitedAccount() *Answer {
	return Plain(http.StatusTooManyRequests, "text/plain; charset=utf-8",
		"Number of allowed API requests per minute exceeded")
}

// LimitedEndpoint refuses a request beyond the limit of its endpoint.
func LimitedEndpoint() *Answer {
	return JSON(http.StatusTooManyRequests, `{"error":"APIRateLimitExceeded","description":`+
		`"Number of allowed API requests per minute exceeded for this endpoint"}`)
}

// LimitedUpdates refuses an update beyond the limit of the ticket.
func LimitedUpdates() *Answer {
	return JSON(http.StatusTooManyRequests,
		`{"errors":[{"code":"TooManyRequests","title":"Too many requests to update"}]}`)
}

// TooLarge refuses a file beyond the limit of the account.
func TooLarge() *Answer {
	return JSON(http.StatusRequestEntityTooLarge, `{"error":"RequestEntityTooLarge","description":"The file exceeds the limit of 50 MB"}`)
}

// ServerError answers for a failure of the server.
func ServerError() *Answer {
	return JSON(http.StatusInternalServerError, `{"error":"InternalServerError","description":"Something went wrong"}`)
}

// BadRequest refuses a request with a parameter that cannot be.
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

// TooManyValues refuses a list of more than 100 values.
func TooManyValues() *Answer {
	return JSON(http.StatusBadRequest,
		`{"error":"TooManyValues","description":"Parameter  cannot specify more than 100 values","max_count":100}`)
}

// AnonymousUser is what users/me answers about somebody who is not signed in.
func AnonymousUser() *Answer {
	return OK(map[string]any{"user": map[string]any{ //nolint:gosec // G101: nobody's made-up token
		"id": nil, "url": record.URL("users/"), "name": "Anonymous user", "email": "invalid@example.com",
		"created_at": nil, "updated_at": nil, "time_zone": "London", "iana_time_zone": "Europe/London",
		"phone": nil, "shared_phone_number": nil, "photo": nil, "locale_id": 1, "locale": "en-US",
		"organization_id": nil, "role": "end-user", "verified": false, "authenticity_token": "sandbox-csrf-nobody",
		"external_id": nil, "tags": []string{}, "alias": nil, "active": true, "shared": false,
	}})
}
