package api

import (
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
)

// signIn returns who asks. Without a user there is a refusal; anonymous reports
// whether users/me would answer all the same: it does so for nobody at all and
// for a wrong password, but not for a wrong token.
func (a *api) signIn(r *http.Request) (me *record.User, anonymous bool, refusal *answer.Answer) {
	o := a.Settings.Get()
	header := r.Header.Get("Authorization")
	if token, found := strings.CutPrefix(header, "Bearer "); found {
		if refusal := a.OAuth.Admit(token, r.Method, r.URL.Path); refusal != nil {
			return nil, false, refusal
		}
		return o.As(a.Account.Agent(record.Email)), false, nil
	}
	name, secret, basic := r.BasicAuth()
	if !basic {
		return nil, true, answer.Unauthenticated()
	}
	if email, isToken := strings.CutSuffix(name, "/token"); isToken {
		user := a.Account.Agent(email)
		if user == nil || !same(secret, record.Token) || !o.TokenAccess {
			return nil, false, answer.Unauthenticated()
		}
		return o.As(user), false, nil
	}
	if !o.PasswordAccess || o.TwoFactor {
		return nil, false, answer.Unauthenticated()
	}
	if !strings.EqualFold(name, record.Email) || !same(secret, record.Password) {
		return nil, true, answer.Unauthenticated()
	}
	return o.As(a.Account.Agent(record.Email)), false, nil
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// showMe answers users/me, to anonymous callers too.
func (a *api) showMe(w http.ResponseWriter, r *http.Request) {
	me, anonymous, refusal := a.signIn(r)
	a.respond(w, r, func(*world.World, time.Time) *answer.Answer {
		switch {
		case me != nil:
			whole := *me
			whole.AuthenticityToken = "sandbox-csrf-" + record.Account
			return answer.OK(map[string]any{"user": whole})
		case anonymous:
			return answer.AnonymousUser()
		default:
			return refusal
		}
	})
}
