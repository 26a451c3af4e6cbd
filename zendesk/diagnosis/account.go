package diagnosis

import "storydesk/tracker"

const (
	chooseOAuth = "choose OAuth as the sign-in: an admin registers a client for it once, in Zendesk's Admin Center"
	inClients   = "in Zendesk's Admin Center > Apps and integrations > APIs > OAuth clients"
	addScopes   = "add read and tickets:write to the client's Allowed scopes, " + inClients
	inTokens    = "in Zendesk's Admin Center > Apps and integrations > APIs > API tokens" //nolint:gosec // G101: a place, no token
)

// signInDiagnoses are about credentials that are not accepted. Zendesk's answer
// is the same for every cause, so the method decides. When each method ends:
// https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/
func signInDiagnoses() []Row {
	return []Row{
		{
			Symptom: Symptom{Auth: tracker.AuthPassword, Status: 401, Sign: SignAnonymous},
			Code:    tracker.CodeUnauthorized, Field: "password",
			Says: "{host} rejected the password for {user}",
			Causes: []string{
				"the e-mail or the password is wrong",
				"password access to Zendesk's API is off, as for nearly every account since January 2026",
				"the user signs in with two-factor authentication or single sign-on",
			},
			Steps: []string{"enter the e-mail and the password again", "if they are right, " + chooseOAuth},
		},
		{
			Symptom: Symptom{Auth: tracker.AuthPassword, Status: 401},
			Code:    tracker.CodeUnauthorized, Field: "auth",
			Says: "{host} rejected password sign-in for {user}",
			Causes: []string{
				"password access to Zendesk's API is off, as for nearly every account since January 2026",
				"the user signs in with two-factor authentication or single sign-on",
				"the e-mail or the password is wrong",
			},
			Steps: []string{chooseOAuth, "or choose an API token that the account still has; it works until 30 April 2027"},
		},
		{
			Symptom: Symptom{Auth: tracker.AuthToken, Status: 401},
			Code:    tracker.CodeUnauthorized, Field: "password",
			Says: "{host} rejected the API token for {user}",
			Causes: []string{
				"the e-mail or the token is wrong",
				"the token was deactivated, as Zendesk does after 30 days without use",
				"API tokens are off in the account; all of them end on 30 April 2027",
			},
			Steps: []string{
				"compare both with the entry " + inTokens,
				"if the token is deactivated there, activate it",
				"or " + chooseOAuth,
			},
		},
		{
			Symptom: Symptom{Auth: tracker.AuthClient, Status: 401},
			Code:    tracker.CodeUnauthorized, Field: "client-id",
			Says: "{host} rejected the tokens of the OAuth client {client}",
			Causes: []string{
				"the client was disabled or deleted",
				"the user who owns the client is suspended or no longer an agent",
			},
			Steps: []string{"find the client " + inClients, "check that its owner is an active agent"},
		},
		signedOut(Symptom{Auth: tracker.AuthOAuth, Status: 401}),
		signedOut(Symptom{Sign: SignGrant}),
	}
}

// signedOut is the end of a sign-in with a browser.
func signedOut(s Symptom) Row {
	return Row{
		Symptom: s,
		Code:    tracker.CodeUnauthorized, Field: "auth", Reason: tracker.ReasonSignedOut,
		Says: "the sign-in to {host} is no longer valid",
		Causes: []string{
			"it was not used for as long as the account allows, 30 days by default",
			"an admin revoked it, or changed or deleted the OAuth client",
			"the user was suspended",
		},
		Steps: []string{"sign in again", "if that fails, have an admin find the client {client} " + inClients},
	}
}

// clientDiagnoses are about OAuth clients.
func clientDiagnoses() []Row {
	unknown := Row{
		Code: tracker.CodeUnauthorized, Field: "client-id",
		Says: "{host} rejected the OAuth client {client}",
		Causes: []string{
			"the identifier is misspelt or belongs to another account",
			"its kind does not fit: signing in with the browser needs a public client, client credentials a confidential one",
			"the secret is wrong, or the client was disabled",
		},
		Steps: []string{"compare the identifier and the kind with the entry " + inClients, "enter the client's secret again, where it has one"},
	}
	byKind := unknown
	unknown.Sign, byKind.Sign = signClient, signClientKind
	return []Row{
		unknown,
		byKind,
		{
			Symptom: Symptom{Topic: TopicCode, Sign: SignGrant},
			Code:    tracker.CodeUnauthorized, Field: "code",
			Says: "{host} rejected the code from the browser",
			Causes: []string{
				"the code was older than 120 seconds",
				"the code was used before, for example by pasting the same address twice",
				"the redirect URL differs from the one in the address that was opened",
			},
			Steps: []string{"sign in again, and allow storydesk in the browser within two minutes"},
		},
		{
			Symptom: Symptom{Sign: signScope},
			Code:    tracker.CodeMissingScope, Field: "client-id",
			Says:   "{host} does not let the OAuth client {client} ask for the scopes read and tickets:write",
			Causes: []string{"the client's Allowed scopes do not include both"},
			Steps:  []string{addScopes, "sign in again"},
		},
		{
			Symptom: Symptom{Topic: TopicTokens, Sign: SignScopes},
			Code:    tracker.CodeMissingScope, Field: "client-id",
			Says:   "{host} granted the sign-in without the scope {scopes}: {cost}",
			Causes: []string{"the Allowed scopes of the OAuth client {client} do not include it"},
			Steps:  []string{addScopes, "sign in again"},
		},
		{
			Symptom: Symptom{Auth: tracker.AuthOAuth, Status: 403, Sign: SignScopes},
			Code:    tracker.CodeMissingScope, Field: "client-id", Reason: tracker.ReasonSignedOut,
			Says:   "the sign-in to {host} lacks the scope {scopes}",
			Causes: []string{"the Allowed scopes of the OAuth client {client} do not include it, or not any more"},
			Steps:  []string{addScopes, "sign in again"},
		},
		{
			Symptom: Symptom{Status: 403, Sign: SignScopes},
			Code:    tracker.CodeMissingScope, Field: "client-id",
			Says:   "{host} does not allow {user} the scope {scopes}",
			Causes: []string{"the OAuth client or the token has fewer scopes"},
			Steps:  []string{"allow it read and tickets:write in Zendesk's Admin Center", "test the connection again"},
		},
		{
			Symptom: Symptom{Topic: TopicTokens, Sign: SignUnreadable},
			Code:    tracker.CodeUnreadable, Field: "url",
			Says:   "{host} answered something other than a sign-in",
			Causes: []string{"the address is not the account's own", "a proxy or gateway answered instead of Zendesk"},
			Steps:  []string{"check the address"},
		},
	}
}

// rightsDiagnoses are about what a user may do.
// https://support.zendesk.com/hc/en-us/articles/4408882153882
func rightsDiagnoses() []Row {
	return []Row{
		{
			Symptom: Symptom{Auth: tracker.AuthOAuth, Sign: SignEndUser},
			Code:    tracker.CodeForbidden, Field: "auth",
			Says:   "{user} is not an agent on {host}",
			Causes: []string{"a customer's sign-in was open in the browser"},
			Steps:  []string{"sign out of Zendesk in the browser", "sign in again as an agent or administrator"},
		},
		{
			Symptom: Symptom{Auth: tracker.AuthClient, Sign: SignEndUser},
			Code:    tracker.CodeForbidden, Field: "client-id",
			Says:   "the owner of the OAuth client {client} is not an agent on {host}",
			Causes: []string{"the client belongs to a customer, or to someone who is no longer an agent"},
			Steps:  []string{"have an administrator create the client"},
		},
		{
			Symptom: Symptom{Sign: SignEndUser},
			Code:    tracker.CodeForbidden, Field: "email",
			Says:   "{user} is not an agent on {host}",
			Causes: []string{"the e-mail is a customer's", "the user is no longer an agent"},
			Steps:  []string{"use the e-mail of an agent or administrator"},
		},
		{
			Symptom: Symptom{Sign: SignSuspended},
			Code:    tracker.CodeForbidden, Field: "email",
			Says:   "{user} is suspended on {host}",
			Causes: []string{"an administrator suspended the user"},
			Steps:  []string{"have an administrator unsuspend the user", "or sign in as another agent"},
		},
		{
			Symptom: Symptom{Status: 402},
			Code:    tracker.CodeForbidden,
			Says:    "the account of {host} is not active",
			Causes:  []string{"the account's subscription or trial has ended"},
			Steps:   []string{"ask the account's owner about the subscription"},
		},
		{
			Symptom: Symptom{Status: 403, Topic: TopicUser},
			Code:    tracker.CodeForbidden, Field: "email",
			Says:   "{host} does not let {user} in",
			Causes: []string{"the user is suspended", "the account allows only certain networks, and this is not one of them"},
			Steps:  []string{"try to sign in at {base} in a browser", "have an administrator look at the user and at the account's allowed networks"},
		},
		{
			Symptom: Symptom{Status: 403, Topic: TopicView},
			Code:    tracker.CodeForbidden, Field: "view",
			Says:   "{user} may not see {subject}",
			Causes: []string{"it is shared only with other agents or groups", "it is another agent's personal view"},
			Steps:  []string{"choose a view that this user can see in Zendesk", "or have an administrator share this one"},
		},
		{
			Symptom: Symptom{Status: 403, Write: true},
			Code:    tracker.CodeForbidden,
			Says:    "{user} may not change {subject}",
			Causes: []string{
				"the user's role does not allow it: a light agent can add private comments, but not set a status",
				"the user is restricted to tickets of other groups or organisations",
			},
			Steps: []string{"have an administrator look at the user's role and at the ticket's group", "or sign in as another agent"},
		},
		{
			Symptom: Symptom{Status: 403},
			Code:    tracker.CodeForbidden,
			Says:    "{user} may not see {subject}",
			Causes: []string{
				"the user is restricted to tickets of other groups or organisations",
				"the user's role or the account's plan does not allow it",
			},
			Steps: []string{"have an administrator look at the user's role", "or sign in as another agent"},
		},
	}
}
