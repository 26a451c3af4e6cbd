package zendesk

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
)

const webPage = "<html><body><h1>Bad gateway</h1></body></html>"

func TestRefusals(t *testing.T) {
	closed := `{"error":"RecordInvalid","description":"Record validation errors","details":{"status":[{"description":"Status: closed prevents ticket update"}]}}`
	tests := []struct {
		name   string
		status int
		header string
		body   string
		code   tracker.Code
		field  string
		unsent bool
		want   string
	}{
		{"credentials", 401, "", `{"error":"Couldn't authenticate you"}`, tracker.CodeUnauthorized, "password", true, "API token"},
		{"token", 401, "", `{"error":"invalid_token","error_description":"…"}`, tracker.CodeUnauthorized, "password", true, "API token"},
		{"401 page", 401, "", webPage, tracker.CodeUnauthorized, "password", false, "API token"},
		{"subscription", 402, "", ``, tracker.CodeForbidden, "", false, "is not active"},
		{"scope", 403, "", `{"error":"Forbidden","description":"You are missing the following required scopes: read, tickets:write"}`, tracker.CodeMissingScope, "client-id", true, "scope read, tickets:write"},
		{"scope, translated", 403, "", `{"error":"Forbidden","description":"Es fehlen Berechtigungen: write"}`, tracker.CodeMissingScope, "client-id", true, "scope write"},
		{"forbidden, prose", 403, "", `{"error":"Forbidden","description":"Nope: you cannot read"}`, tracker.CodeForbidden, "", true, email + " may not change ticket #7"},
		{"forbidden", 403, "", `{"error":{"title":"Forbidden","message":"You do not have access to this page."}}`, tracker.CodeForbidden, "", true, "may not change"},
		{"403 page", 403, "", webPage, tracker.CodeForbidden, "", false, "may not change"},
		{"no ticket", 404, "", `{"error":"RecordNotFound","description":"Not found"}`, tracker.CodeNotFound, "ticket", true, "does not have ticket #7"},
		{"no endpoint", 404, "", `{"error":"InvalidEndpoint","description":"Not found"}`, tracker.CodeNoAccount, "url", true, "does not offer"},
		{"no account", 404, "", `{"error":{"title":"No help desk at x.zendesk.com","message":"There is no help desk"}}`, tracker.CodeNoAccount, "url", true, "no Zendesk account"},
		{"404 page", 404, "", webPage, tracker.CodeNoAccount, "url", false, "no Zendesk account"},
		{"time-out", 408, "", ``, tracker.CodeUnavailable, "", false, "408"},
		{"stale", 409, "", `{"error":"UpdateConflict","description":"Safe Update"}`, tracker.CodeConflict, "", false, "changed on"},
		{"collision", 409, "", `{"error":"DatabaseConflict","description":"Database collision"}`, tracker.CodeConflict, "", false, "changed on"},
		{"409 page", 409, "", webPage, tracker.CodeConflict, "", false, "changed on"},
		{"too large", 413, "", webPage, tracker.CodeRefused, "", false, "it answered 413"},
		{"closed", 422, "", closed, tracker.CodeRefused, "", true, ": Status: closed prevents ticket update"},
		{"two fields", 422, "", `{"error":"RecordInvalid","details":{"b":[{"description":"B: is bad"}],"a":["A: is bad",null,3]}}`, tracker.CodeRefused, "", true, "A: is bad; B: is bad"},
		{"no details", 422, "", `{"error":"RecordInvalid","description":"Broken\u001b[31m rule","details":"x"}`, tracker.CodeRefused, "", true, ": x"},
		{"errors", 422, "", `{"errors":[{"code":"Bad","title":"Is","detail":"bad\nindeed"}]}`, tracker.CodeRefused, "", true, ": Is bad indeed"},
		{"hostile", 422, "", `{"error":"RecordInvalid","description":"a\u001b[2Jb\u202e` + strings.Repeat("long ", 500) + `"}`, tracker.CodeRefused, "", true, ": a [2Jb long"},
		{"422 page", 422, "", webPage, tracker.CodeRefused, "", false, "it answered 422"},
		{"429 page", 429, "", webPage, tracker.CodeLimited, "", false, "no more requests"},
		{"bad request", 400, "", `{"error":{"title":"Invalid attribute","message":"no"}}`, tracker.CodeRefused, "", false, ": no"},
		{"account limit", 429, "30", `Number of allowed API requests per minute exceeded`, tracker.CodeLimited, "", true, "wait 30s"},
		{"endpoint limit", 429, "", `{"error":"APIRateLimitExceeded","description":"…"}`, tracker.CodeLimited, "", true, "no more requests"},
		{"update limit", 429, "9", `{"errors":[{"code":"TooManyRequests","title":"Too many requests to update"}]}`, tracker.CodeLimited, "", true, "wait 9s"},
		{"deadlock", 503, "17", `{"error":"DatabaseTimeout"}`, tracker.CodeUnavailable, "", false, "wait 17s"},
		{"maintenance", 503, "", webPage, tracker.CodeUnavailable, "", false, "has a problem (503)"},
		{"gateway", 502, "", webPage, tracker.CodeUnavailable, "", false, "has a problem (502)"},
		{"server", 500, "", `{"error":{"title":"Oops","message":"x"}}`, tracker.CodeUnavailable, "", false, "has a problem (500)"},
		{"unknown", 599, "", `[[[`, tracker.CodeUnavailable, "", false, "599"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
				if test.header != "" {
					w.Header().Set("Retry-After", test.header)
				}
				say(test.status, test.body)(w, r)
			})
			_, err := update(t.Context(), d)
			e := asError(t, err)
			if e.Code != test.code || e.Field != test.field || e.Unsent != test.unsent || !strings.Contains(e.Message, test.want) {
				t.Errorf("got %s, field %q, unsent %v, %q", e.Code, e.Field, e.Unsent, e.Message)
			}
			if strings.ContainsAny(e.Message, "<>\x1b\n\u202e") || len(e.Message) > 600 {
				t.Errorf("hostile sentence %q", e.Message)
			}
			if wait, _ := time.ParseDuration(test.header + "s"); e.RetryAfter != wait {
				t.Errorf("retry after %s", e.RetryAfter)
			}
		})
	}
}

func TestRefusalsOfReads(t *testing.T) {
	tests := []struct {
		status int
		body   string
		code   tracker.Code
		field  string
		want   string
	}{
		{404, `{"error":"RecordNotFound"}`, tracker.CodeNotFound, "view", "does not have view 25"},
		{403, webPage, tracker.CodeForbidden, "view", email + " may not see view 25"},
		{400, `{"errors":[{"code":"InvalidPaginationDepth","title":"x"}]}`, tracker.CodeUnreadable, "", "400"},
		{409, `{"error":"DatabaseConflict"}`, tracker.CodeUnreadable, "", "409"},
		{422, `{"error":"RecordInvalid"}`, tracker.CodeUnreadable, "", "422"},
		{504, webPage, tracker.CodeUnavailable, "view", "has a problem (504)"},
	}
	for _, test := range tests {
		d := serve(t, Config{}, say(test.status, test.body))
		_, err := d.View(t.Context(), 25)
		if e := asError(t, err); e.Code != test.code || e.Field != test.field || !strings.Contains(e.Message, test.want) {
			t.Errorf("%d: got %s, field %q, %q", test.status, e.Code, e.Field, e.Message)
		}
	}
}
