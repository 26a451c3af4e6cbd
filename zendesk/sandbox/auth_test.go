package sandbox_test

import (
	"strings"
	"testing"

	"storydesk/zendesk/sandbox"
)

func TestSignIn(t *testing.T) {
	d := open(t, sandbox.Options{})
	const resource = "/api/v2/views/360058219014.json"
	for name, c := range map[string]struct {
		email, secret    string
		me, resource     int
		signedIn, header string
	}{
		"password":               {sandbox.Email, sandbox.Password, 200, 200, "Maya Lindqvist", ""},
		"token":                  {sandbox.Email + "/token", sandbox.Token, 200, 200, "Maya Lindqvist", ""},
		"token, another agent":   {colleagueEmail + "/token", sandbox.Token, 200, 200, "Aiko Brandt", ""},
		"token, a customer":      {"ines@bellwether-bakery.example/token", sandbox.Token, 401, 401, "", "Basic"},
		"nobody":                 {"", "", 200, 401, "Anonymous user", ""},
		"wrong password":         {sandbox.Email, "guess", 200, 401, "Anonymous user", ""},
		"another agent's":        {colleagueEmail, sandbox.Password, 200, 401, "Anonymous user", ""},
		"wrong token":            {sandbox.Email + "/token", "guess", 401, 401, "", "Basic"},
		"token as the password":  {sandbox.Email, sandbox.Token, 200, 401, "Anonymous user", ""},
		"token of unknown agent": {"who@brightwharf.example/token", sandbox.Token, 401, 401, "", "Basic"},
	} {
		t.Run(name, func(t *testing.T) {
			who := d.as(c.email, c.secret)
			me := who.expect(c.me, "GET", "/api/v2/users/me.json", "")
			var got struct {
				User struct {
					ID   *int64
					Name string
					Role string
				}
			}
			me.decode(t, &got)
			if got.User.Name != c.signedIn {
				t.Errorf("users/me names %q, want %q", got.User.Name, c.signedIn)
			}
			if anonymous := c.signedIn == "Anonymous user"; anonymous && got.User.ID != nil {
				t.Errorf("the anonymous user has id %d", *got.User.ID)
			}
			if !strings.HasPrefix(me.header.Get("WWW-Authenticate"), c.header) {
				t.Errorf("WWW-Authenticate %q", me.header.Get("WWW-Authenticate"))
			}
			refused := who.expect(c.resource, "GET", resource, "")
			if c.resource == 401 && (refused.body != `{"error":"Couldn't authenticate you"}` ||
				refused.header.Get("WWW-Authenticate") != `Basic realm="Web Password"`) {
				t.Errorf("401 with %q and %v", refused.body, refused.header)
			}
		})
	}
	bearer := d.as("", "").call("GET", resource, "", "Authorization", "Bearer "+sandbox.Token)
	if bearer.status != 401 || !strings.Contains(bearer.body, `"invalid_token"`) {
		t.Errorf("a bearer token: %d %s", bearer.status, bearer.body)
	}
}
