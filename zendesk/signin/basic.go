package signin

import (
	"net/http"
	"strings"

	"storydesk/tracker"
)

// Basic returns what adds the credentials to a request. They live only in
// this closure, so that no formatting of an account can print them.
func Basic(method tracker.AuthMethod, email, secret string) (func(*http.Request), error) {
	user := email
	switch method {
	case tracker.AuthPassword:
	case tracker.AuthToken:
		user += "/token"
		secret = strings.TrimSpace(secret)
	default:
		return nil, tracker.Invalid("auth", "%q is not a way to sign in to Zendesk: use oauth, client, token or password", method)
	}
	switch {
	case email == "":
		return nil, tracker.Invalid("email", "give the e-mail address of the Zendesk user, such as agent@acme.com")
	case strings.Contains(email, ":"):
		return nil, tracker.Invalid("email", "an e-mail address for signing in has no colon in it")
	case secret == "":
		return nil, tracker.Invalid("password", "no %s is stored for %s: enter it again", method, email)
	}
	return func(r *http.Request) { r.SetBasicAuth(user, secret) }, nil
}
