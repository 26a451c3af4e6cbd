package redact_test

import (
	"testing"

	"storydesk/tracker/redact"
)

func TestRedactor(t *testing.T) {
	t.Parallel()
	r := redact.New("s3cret!/word", `{"access_token":"acc-123456","host":"acme.zendesk.com","n":1}`, "ab")
	for text, want := range map[string]string{
		"it said s3cret!/word twice":            "it said [removed] twice",
		"GET /?q=s3cret%21%2Fword":              "GET /?q=[removed]",
		"acme.zendesk.com took acc-123456":      "acme.zendesk.com took [removed]",
		"ab is too short to be a secret":        "ab is too short to be a secret",
		"Authorization: Basic YWRhOnNlY3JldA==": "Authorization: Basic [removed]",
		`{"refresh_token":"abc","x":1}`:         `{"refresh_token":"[removed]","x":1}`,
		"/callback?code=77aa&state=1":           "/callback?code=[removed]&state=1",
		"HTTPS_PROXY=http://ada:pw@proxy:8080":  "HTTPS_PROXY=http://[removed]@proxy:8080",
		"ada.lovelace@acme.com signs in":        "a***@acme.com signs in",
		"the token: wrong, or switched off":     "the token: wrong, or switched off",
	} {
		if got := r.Redact(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
