package zendesk

import "storydesk/tracker"

const (
	chooseOAuth = "choose OAuth as the sign-in: an admin registers a client for it once, in Zendesk's Admin Center"
	inClients   = "in Zendesk's Admin Center > Apps and integrations > APIs > OAuth clients"
	addScopes   = "add read and tickets:write to the client's Allowed scopes, " + inClients
	inTokens    = "in Zendesk's Admin Center > Apps and integrations > APIs > API tokens" //nolint:gosec // G101: a place, no token
)

// signInDiagnoses are about credentials that are not accepted. Zendesk's answer
// is the same for every cause, so the method tells them. When which method ends:
// https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/
func signInDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{auth: tracker.AuthPassword, status: 401, sign: signAnonymous},
			code:    tracker.CodeUnauthorized, field: "password",
			says: "{host} rejected the password for {user}",
			causes: []string{
				"the e-mail or the password is wrong",
				"password access to Zendesk's API is off, as for nearly every account since January 2026",
				"the user signs in with two-factor authentication or single sign-on",
			},
			steps: []string{"enter the e-mail and the password again", "if they are right, " + chooseOAuth},
		},
		{
			symptom: symptom{auth: tracker.AuthPassword, status: 401},
			code:    tracker.CodeUnauthorized, field: "auth",
			says: "{host} rejected password sign-in for {user}",
			causes: []string{
				"password access to Zendesk's API is off, as for nearly every account since January 2026",
				"the user signs in with two-factor authentication or single sign-on",
				"the e-mail or the password is wrong",
			},
			steps: []string{chooseOAuth, "or choose an API token that the account still has; it works until 30 April 2027"},
		},
		{
			symptom: symptom{auth: tracker.AuthToken, status: 401},
			code:    tracker.CodeUnauthorized, field: "password",
			says: "{host} rejected the API token for {user}",
			causes: []string{
				"the e-mail or the token is wrong",
				"the token was deactivated, as Zendesk does after 30 days without use",
				"API tokens are off in the account; all of them end on 30 April 2027",
			},
			steps: []string{
				"compare both with the entry " + inTokens,
				"if the token is deactivated there, activate it",
				"or " + chooseOAuth,
			},
		},
		{
			symptom: symptom{auth: tracker.AuthClient, status: 401},
			code:    tracker.CodeUnauthorized, field: "client-id",
			says: "{host} rejected the tokens of the OAuth client {client}",
			causes: []string{
				"the client was disabled or deleted",
				"the user who owns the client is suspended or no longer an agent",
			},
			steps: []string{"find the client " + inClients, "check that its owner is an active agent"},
		},
		signedOut(symptom{auth: tracker.AuthOAuth, status: 401}),
		signedOut(symptom{sign: signGrant}),
	}
}

// signedOut is the end of a sign-in with a browser.
func signedOut(s symptom) diagnosis {
	return diagnosis{
		symptom: s,
		code:    tracker.CodeUnauthorized, field: "auth",
		says: "the sign-in to {host} is no longer valid: {again}",
		causes: []string{
			"it was not used for as long as the account allows, 30 days by default",
			"an admin revoked it, or changed or deleted the OAuth client",
			"the user was suspended",
		},
		steps: []string{"{again}", "if that fails, have an admin find the client {client} " + inClients},
	}
}

// clientDiagnoses are about OAuth clients.
func clientDiagnoses() []diagnosis {
	unknown := diagnosis{
		code: tracker.CodeUnauthorized, field: "client-id",
		says: "{host} rejected the OAuth client {client}",
		causes: []string{
			"the identifier is misspelt or belongs to another account",
			"its kind does not fit: signing in with the browser needs a public client, client credentials a confidential one",
			"the secret is wrong, or the client was disabled",
		},
		steps: []string{"compare the identifier and the kind with the entry " + inClients, "enter the client's secret again, where it has one"},
	}
	byKind := unknown
	unknown.sign, byKind.sign = signClient, signClientKind
	return []diagnosis{
		unknown,
		byKind,
		{
			symptom: symptom{topic: topicCode, sign: signGrant},
			code:    tracker.CodeUnauthorized, field: "code",
			says: "{host} rejected the code from the browser",
			causes: []string{
				"the code was older than 120 seconds",
				"the code was used before, for example by pasting the same address twice",
				"the redirect URL differs from the one in the address that was opened",
			},
			steps: []string{"sign in again, and allow storydesk in the browser within two minutes"},
		},
		{
			symptom: symptom{sign: signScope},
			code:    tracker.CodeMissingScope, field: "client-id",
			says:   "{host} does not let the OAuth client {client} ask for the scopes read and tickets:write",
			causes: []string{"the client's Allowed scopes do not include both"},
			steps:  []string{addScopes, "sign in again"},
		},
		{
			symptom: symptom{topic: topicTokens, sign: signScopes},
			code:    tracker.CodeMissingScope, field: "client-id",
			says:   "{host} granted the sign-in without the scope {scopes}: {cost}",
			causes: []string{"the Allowed scopes of the OAuth client {client} do not include it"},
			steps:  []string{addScopes, "sign in again"},
		},
		{
			symptom: symptom{auth: tracker.AuthOAuth, status: 403, sign: signScopes},
			code:    tracker.CodeMissingScope, field: "client-id",
			says:   "the sign-in to {host} lacks the scope {scopes}",
			causes: []string{"the Allowed scopes of the OAuth client {client} do not include it, or not any more"},
			steps:  []string{addScopes, "{again}"},
		},
		{
			symptom: symptom{status: 403, sign: signScopes},
			code:    tracker.CodeMissingScope, field: "client-id",
			says:   "{host} does not allow {user} the scope {scopes}",
			causes: []string{"the OAuth client or the token has fewer scopes"},
			steps:  []string{"allow it read and tickets:write in Zendesk's Admin Center", "test the connection again"},
		},
		{
			symptom: symptom{topic: topicTokens, sign: signUnreadable},
			code:    tracker.CodeUnreadable, field: "url",
			says:   "{host} answered something other than a sign-in",
			causes: []string{"the address is not the account's own", "a proxy or gateway answered instead of Zendesk"},
			steps:  []string{"check the address"},
		},
	}
}

// rightsDiagnoses are about what a user may do.
// https://support.zendesk.com/hc/en-us/articles/4408882153882
func rightsDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{auth: tracker.AuthOAuth, sign: signEndUser},
			code:    tracker.CodeForbidden, field: "auth",
			says:   "{user} is not an agent on {host}",
			causes: []string{"a customer's sign-in was open in the browser"},
			steps:  []string{"sign out of Zendesk in the browser", "sign in again as an agent or administrator"},
		},
		{
			symptom: symptom{auth: tracker.AuthClient, sign: signEndUser},
			code:    tracker.CodeForbidden, field: "client-id",
			says:   "the owner of the OAuth client {client} is not an agent on {host}",
			causes: []string{"the client belongs to a customer, or to someone who is no longer an agent"},
			steps:  []string{"have an administrator create the client"},
		},
		{
			symptom: symptom{sign: signEndUser},
			code:    tracker.CodeForbidden, field: "email",
			says:   "{user} is not an agent on {host}",
			causes: []string{"the e-mail is a customer's", "the user is no longer an agent"},
			steps:  []string{"use the e-mail of an agent or administrator"},
		},
		{
			symptom: symptom{sign: signSuspended},
			code:    tracker.CodeForbidden, field: "email",
			says:   "{user} is suspended on {host}",
			causes: []string{"an administrator suspended the user"},
			steps:  []string{"have an administrator unsuspend the user", "or sign in as another agent"},
		},
		{
			symptom: symptom{status: 402},
			code:    tracker.CodeForbidden,
			says:    "the account of {host} is not active",
			causes:  []string{"the account's subscription or trial has ended"},
			steps:   []string{"ask the account's owner about the subscription"},
		},
		{
			symptom: symptom{status: 403, topic: topicUser},
			code:    tracker.CodeForbidden, field: "email",
			says:   "{host} does not let {user} in",
			causes: []string{"the user is suspended", "the account allows only certain networks, and this is not one of them"},
			steps:  []string{"try to sign in at {base} in a browser", "have an administrator look at the user and at the account's allowed networks"},
		},
		{
			symptom: symptom{status: 403, topic: topicView},
			code:    tracker.CodeForbidden, field: "view",
			says:   "{user} may not see {subject}",
			causes: []string{"it is shared only with other agents or groups", "it is another agent's personal view"},
			steps:  []string{"choose a view that this user can see in Zendesk", "or have an administrator share this one"},
		},
		{
			symptom: symptom{status: 403, write: true},
			code:    tracker.CodeForbidden,
			says:    "{user} may not change {subject}",
			causes: []string{
				"the user's role does not allow it: a light agent can add private comments, but not set a status",
				"the user is restricted to tickets of other groups or organisations",
			},
			steps: []string{"have an administrator look at the user's role and at the ticket's group", "or sign in as another agent"},
		},
		{
			symptom: symptom{status: 403},
			code:    tracker.CodeForbidden,
			says:    "{user} may not see {subject}",
			causes: []string{
				"the user is restricted to tickets of other groups or organisations",
				"the user's role or the account's plan does not allow it",
			},
			steps: []string{"have an administrator look at the user's role", "or sign in as another agent"},
		},
	}
}
