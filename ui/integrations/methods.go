package integrations

import (
	"fmt"

	"storydesk/tracker"
)

func methodName(m tracker.AuthMethod) string {
	switch m {
	case tracker.AuthToken:
		return "API token"
	case tracker.AuthPassword:
		return "password"
	case tracker.AuthOAuth:
		return "OAuth (browser)"
	case tracker.AuthClient:
		return "client credentials"
	}
	return string(m)
}

// methodHelp says how long Zendesk accepts a method.
// https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/
func methodHelp(m tracker.AuthMethod) string {
	switch m {
	case tracker.AuthToken:
		return "Zendesk issues no new API tokens since 27 October 2026. Existing ones work until 30 April 2027."
	case tracker.AuthPassword:
		return "Zendesk turned off passwords for its API in January 2026; very few accounts still accept them."
	case tracker.AuthOAuth:
		return "The only sign-in Zendesk keeps after April 2027. Saving opens the browser, where you allow storydesk."
	case tracker.AuthClient:
		return "Zendesk keeps it after April 2027. storydesk acts as the admin who created the client."
	}
	return ""
}

// clientHelp says how an admin registers the OAuth client of a method.
func clientHelp(m tracker.AuthMethod) string {
	const where = "Admin Center > Apps and integrations > APIs > OAuth clients: "
	if m == tracker.AuthClient {
		return where + "add a confidential client; this is its unique identifier."
	}
	return where + fmt.Sprintf("add a public client with the redirect URL http://127.0.0.1:%d/callback and the Allowed scopes read and tickets:write; "+
		"this is its unique identifier. Zendesk shows a secret, which is not needed.", signInPort)
}
