package zendesk

import "storydesk/tracker"

// BrowserErrors implements tracker.SignIn. These pages answer 400 and lead
// nowhere: https://support.zendesk.com/hc/en-us/articles/11093380955674.
func (s *signIn) BrowserErrors() []tracker.BrowserError {
	return []tracker.BrowserError{
		{Message: "invalid client", Meaning: "no OAuth client of " + s.host + " has the identifier " + s.config.ClientID + ": compare it in Admin Center"},
		{Message: "invalid redirect URL", Meaning: "add " + s.RedirectURL() + " to the client's Redirect URLs"},
		{Message: "invalid_scope", Meaning: "add read and tickets:write to the client's Allowed scopes"},
	}
}
