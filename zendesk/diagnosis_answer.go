package zendesk

import "storydesk/tracker"

// missingDiagnoses are about what is not there.
func missingDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{status: 404, topic: topicView, sign: signNoRecord},
			code:    tracker.CodeNotFound, field: "view",
			says:   "{host} does not have {subject}, or {user} may not see it",
			causes: []string{"the view was deleted", "it is not shared with this user", "the number belongs to another account"},
			steps:  []string{"choose a view that this user can see in Zendesk", "or have an administrator share this one"},
		},
		{
			symptom: symptom{status: 404, sign: signNoRecord},
			code:    tracker.CodeNotFound, field: "ticket",
			says:   "{host} does not have {subject}, or {user} may not see it",
			causes: []string{"it was deleted", "the user is restricted to tickets of other groups or organisations"},
			steps:  []string{"look for it at {base} in a browser, as that user"},
		},
		{
			symptom: symptom{status: 404, sign: signCut},
			code:    tracker.CodeUnreadable,
			says:    "the answer from {host} broke off",
		},
		{
			symptom: symptom{status: 404, sign: signNoEndpoint},
			code:    tracker.CodeNoAccount, field: "url",
			says:   "{host} does not offer {subject}",
			causes: []string{"the account's Zendesk plan does not include it", "the address is not an account's"},
			steps:  []string{"check the address: use the name before .zendesk.com in your browser"},
		},
		{
			symptom: symptom{status: 404},
			code:    tracker.CodeNoAccount, field: "url",
			says:   "there is no Zendesk account at {host}: check the address",
			causes: []string{"the address is misspelt", "the account was renamed or closed"},
			steps:  []string{"open Zendesk in a browser and copy the address from there"},
		},
	}
}

// redirectDiagnoses are about answers that point elsewhere, where credentials
// never go.
func redirectDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{status: 3, sign: signElsewhere},
			code:    tracker.CodeNoAccount, field: "url",
			says:   "{host} redirects to {elsewhere}; storydesk does not send the password there",
			causes: []string{"the account was renamed", "the address only redirects to the account"},
			steps:  []string{"if {elsewhere} is your account, use https://{elsewhere} as the address"},
		},
		{
			symptom: symptom{status: 3, sign: signSignInPage},
			code:    tracker.CodeUnauthorized, field: "password",
			says:   "{host} asks {user} to sign in on a web page",
			causes: []string{"the user is suspended", "the account is closed, or waiting for its owner", "the user has to accept or change something there first"},
			steps:  []string{"sign in at {base} in a browser, as that user", "do what it asks, then try again"},
		},
		{
			symptom: symptom{status: 3},
			code:    tracker.CodeUnreadable, field: "url",
			says:   "{host} redirects elsewhere; storydesk does not send the password there",
			causes: []string{"the address is not the account's own"},
			steps:  []string{"open Zendesk in a browser and copy the address from there"},
		},
	}
}

// limitDiagnoses are about requests that came too often.
// https://developer.zendesk.com/api-reference/introduction/rate-limits/
func limitDiagnoses() []diagnosis {
	wait := []string{"wait as long as it asks, or a minute; the board tries again by itself"}
	return []diagnosis{
		{
			symptom: symptom{status: 429, sign: signEndpointLimit},
			code:    tracker.CodeLimited,
			says:    "{host} accepts no more requests of this kind for now{wait}",
			causes:  []string{"requests of this kind are limited per minute, and the browser's count too"},
			steps:   wait,
		},
		{
			symptom: symptom{status: 429, sign: signUpdateLimit},
			code:    tracker.CodeLimited,
			says:    "{host} accepts no more changes of {subject} for now{wait}",
			causes:  []string{"Zendesk limits changes to 30 per ticket in ten minutes, and limits all changes per minute"},
			steps:   wait,
		},
		{
			symptom: symptom{status: 429},
			code:    tracker.CodeLimited,
			says:    "{host} accepts no more requests for now{wait}",
			causes:  []string{"the account's programs have together used up this minute's requests"},
			steps:   wait,
		},
	}
}

// outageDiagnoses are about a desk that does not serve.
// https://developer.zendesk.com/api-reference/introduction/requests/
func outageDiagnoses() []diagnosis {
	const narrow = "narrow the view's conditions in Zendesk, for example to tickets of recent weeks"
	return []diagnosis{
		{
			symptom: symptom{status: 503, sign: signRetry},
			code:    tracker.CodeUnavailable,
			says:    "{host} is busy (503){wait}",
			causes:  []string{"Zendesk's database took too long"},
			steps:   []string{"wait as long as it asks, or a minute; the board tries again by itself"},
		},
		{
			symptom: symptom{status: 5, topic: topicView},
			code:    tracker.CodeUnavailable, field: "view",
			says:   "{host} has a problem ({status}){wait}",
			causes: []string{"Zendesk has an incident or is under maintenance", "the view is too slow for Zendesk"},
			steps:  []string{"try again in a few minutes; https://status.zendesk.com lists incidents", "if it keeps happening, " + narrow},
		},
		{
			symptom: symptom{status: 5},
			code:    tracker.CodeUnavailable,
			says:    "{host} has a problem ({status}){wait}",
			causes:  []string{"Zendesk has an incident or is under maintenance"},
			steps:   []string{"try again in a few minutes; https://status.zendesk.com lists incidents"},
		},
		{
			symptom: symptom{topic: topicView, sign: signTimeout},
			code:    tracker.CodeUnavailable, field: "view",
			says:   "{host} did not answer in time",
			causes: []string{"the view is too slow for Zendesk", "the network is slow"},
			steps:  []string{"try again", "if it keeps happening, " + narrow},
		},
		{
			symptom: symptom{sign: signTimeout},
			code:    tracker.CodeUnavailable,
			says:    "{host} did not answer in time",
			causes:  []string{"the network is slow, or a firewall drops what is sent", "Zendesk has an incident"},
			steps:   []string{"try again; https://status.zendesk.com lists incidents", "open {base} in a browser on this machine"},
		},
		{
			symptom: symptom{status: 408},
			code:    tracker.CodeUnavailable,
			says:    "{host} did not get the whole request in time (408)",
			causes:  []string{"the network is slow"},
			steps:   []string{"try again"},
		},
	}
}

// otherDiagnoses are what is left. The last fits any symptom.
func otherDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{topic: topicMapped},
			code:    tracker.CodeNoAccount, field: "url",
			says:   "{host} does not lead to a Zendesk account",
			causes: []string{"the address is misspelt, or is not Zendesk's", "the account's agents do not work at this address"},
			steps:  []string{"open Zendesk in a browser as an agent and copy the address that it shows, such as acme.zendesk.com"},
		},
		{
			symptom: symptom{status: 409, write: true},
			code:    tracker.CodeConflict,
			says:    "{subject} changed on {host} in the meantime",
		},
		{
			symptom: symptom{sign: signPage, status: 2},
			code:    tracker.CodeUnreadable, field: "url",
			says: "{host} answered with a web page instead of {subject}",
			causes: []string{
				"the network needs a sign-in of its own first, as in hotels and on trains",
				"a proxy answered instead of Zendesk",
				"the address is not the account's own",
			},
			steps: []string{"open {base} in a browser on this machine and do what it asks", "check the address"},
		},
		{
			symptom: symptom{status: 2, sign: signTooLarge},
			code:    tracker.CodeUnreadable,
			says:    "{subject} has more than 16 MB, which is more than storydesk reads",
			steps:   []string{"open it in Zendesk, at {base}"},
		},
		{
			symptom: symptom{status: 2, sign: signCut},
			code:    tracker.CodeUnreadable,
			says:    "the answer from {host} broke off",
			causes:  []string{"the network or a proxy interrupted it"},
			steps:   []string{"try again"},
		},
		{
			symptom: symptom{status: 2},
			code:    tracker.CodeUnreadable, field: "url",
			says:   "{host} answered something other than {subject}",
			causes: []string{"a proxy or gateway answered instead of Zendesk", "the address is not the account's own"},
			steps:  []string{"try again", "check the address"},
		},
		{
			symptom: symptom{status: 4, write: true},
			code:    tracker.CodeRefused,
			says:    "Zendesk rejected the change of {subject}: {words}",
		},
		{
			code:  tracker.CodeUnreadable,
			says:  "{host} answered {status} to the request for {subject}, which storydesk does not understand",
			steps: []string{"check the address", "check for a newer version of storydesk"},
		},
	}
}
