package sandbox

import (
	"crypto/subtle"
	"net/http"
	"strings"
	"time"
)

// signIn tells who asks. Without a user there is a refusal; anonymous tells
// whether users/me would answer all the same: it does so for nobody at all and
// for a wrong password, but not for a wrong token.
func (s *Sandbox) signIn(r *http.Request) (me *User, anonymous bool, refusal *answer) {
	o := s.Settings()
	header := r.Header.Get("Authorization")
	if token, found := strings.CutPrefix(header, "Bearer "); found {
		if refusal := s.oauth.admit(token, r.Method, r.URL.Path); refusal != nil {
			return nil, false, refusal
		}
		return o.as(s.world.agentByEmail(Email)), false, nil
	}
	name, secret, basic := r.BasicAuth()
	if !basic {
		return nil, true, unauthenticated()
	}
	if email, isToken := strings.CutSuffix(name, "/token"); isToken {
		user := s.world.agentByEmail(email)
		if user == nil || !same(secret, Token) || !o.TokenAccess {
			return nil, false, unauthenticated()
		}
		return o.as(user), false, nil
	}
	if !o.PasswordAccess || o.TwoFactor {
		return nil, false, unauthenticated()
	}
	if !strings.EqualFold(name, Email) || !same(secret, Password) {
		return nil, true, unauthenticated()
	}
	return o.as(s.world.agentByEmail(Email)), false, nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// showMe answers users/me, to anonymous callers too.
func (s *Sandbox) showMe(w http.ResponseWriter, r *http.Request) {
	me, anonymous, refusal := s.signIn(r)
	s.respond(w, r, func(time.Time) *answer {
		switch {
		case me != nil:
			whole := *me
			whole.AuthenticityToken = "sandbox-csrf-" + Account
			return ok(map[string]any{"user": whole})
		case anonymous:
			return anonymousUser()
		default:
			return refusal
		}
	})
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
