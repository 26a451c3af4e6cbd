package sandbox

import (
	"crypto/subtle"
	"net/http"
	"strings"
	"time"
)

// signIn returns who asks. Without a user there is a refusal; anonymous reports
// whether users/me would answer all the same: it does so for nobody at all and
// for a wrong password, but not for a wrong token.
func (a *api) signIn(r *http.Request) (me *User, anonymous bool, refusal *answer) {
	o := a.settings.get()
	header := r.Header.Get("Authorization")
	if token, found := strings.CutPrefix(header, "Bearer "); found {
		if refusal := a.oauth.admit(token, r.Method, r.URL.Path); refusal != nil {
			return nil, false, refusal
		}
		return o.as(a.account.agent(Email)), false, nil
	}
	name, secret, basic := r.BasicAuth()
	if !basic {
		return nil, true, unauthenticated()
	}
	if email, isToken := strings.CutSuffix(name, "/token"); isToken {
		user := a.account.agent(email)
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
	return o.as(a.account.agent(Email)), false, nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// showMe answers users/me, to anonymous callers too.
func (a *api) showMe(w http.ResponseWriter, r *http.Request) {
	me, anonymous, refusal := a.signIn(r)
	a.respond(w, r, func(*world, time.Time) *answer {
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
