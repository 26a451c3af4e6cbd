package diagnosis

import "storydesk/tracker"

// missingDiagnoses are about what is not there.
func missingDiagnoses() []Row {
	return []Row{
		{
			Symptom: Symptom{Status: 404, Topic: TopicView, Sign: signNoRecord},
			Code:    tracker.CodeNotFound, Field: "view",
			Says:   "{host} does not have {subject}, or {user} may not see it",
			Causes: []string{"the view was deleted", "it is not shared with this user", "the number belongs to another account"},
			Steps:  []string{"choose a view that this user can see in Zendesk", "or have an administrator share this one"},
		},
		{
			Symptom: Symptom{Status: 404, Sign: signNoRecord},
			Code:    tracker.CodeNotFound, Field: "ticket",
			Says:   "{host} does not have {subject}, or {user} may not see it",
			Causes: []string{"it was deleted", "the user is restricted to tickets of other groups or organisations"},
			Steps:  []string{"look for it at {base} in a browser, as that user"},
		},
		{
			Symptom: Symptom{Status: 404, Sign: signCut},
			Code:    tracker.CodeUnreadable,
			Says:    "the answer from {host} broke off",
		},
		{
			Symptom: Symptom{Status: 404, Sign: signNoEndpoint},
			Code:    tracker.CodeNoAccount, Field: "url",
			Says:   "{host} does not offer {subject}",
			Causes: []string{"the account's Zendesk plan does not include it", "the address is not an account's"},
			Steps:  []string{"check the address: use the name before .zendesk.com in your browser"},
		},
		{
			Symptom: Symptom{Status: 404},
			Code:    tracker.CodeNoAccount, Field: "url",
			Says:   "there is no Zendesk account at {host}: check the address",
			Causes: []string{"the address is misspelt", "the account was renamed or closed"},
			Steps:  []string{"open Zendesk in a browser and copy the address from there"},
		},
	}
}

// redirectDiagnoses are about answers that point elsewhere, where credentials
// never go.
func redirectDiagnoses() []Row {
	return []Row{
		{
			Symptom: Symptom{Status: 3, Sign: signElsewhere},
			Code:    tracker.CodeNoAccount, Field: "url",
			Says:   "{host} redirects to {elsewhere}; storydesk does not send the password there",
			Causes: []string{"the account was renamed", "the address only redirects to the account"},
			Steps:  []string{"if {elsewhere} is your account, use https://{elsewhere} as the address"},
		},
		{
			Symptom: Symptom{Status: 3, Sign: signSignInPage},
			Code:    tracker.CodeUnauthorized, Field: "password",
			Says:   "{host} asks {user} to sign in on a web page",
			Causes: []string{"the user is suspended", "the account is closed, or waiting for its owner", "the user has to accept or change something there first"},
			Steps:  []string{"sign in at {base} in a browser, as that user", "do what it asks, then try again"},
		},
		{
			Symptom: Symptom{Status: 3},
			Code:    tracker.CodeUnreadable, Field: "url",
			Says:   "{host} redirects elsewhere; storydesk does not send the password there",
			Causes: []string{"the address is not the account's own"},
			Steps:  []string{"open Zendesk in a browser and copy the address from there"},
		},
	}
}

// limitDiagnoses are about requests that came too often.
// https://developer.zendesk.com/api-reference/introduction/rate-limits/
func limitDiagnoses() []Row {
	wait := []string{"wait as long as it asks, or a minute; the board tries again by itself"}
	return []Row{
		{
			Symptom: Symptom{Status: 429, Sign: signEndpointLimit},
			Code:    tracker.CodeLimited,
			Says:    "{host} accepts no more requests of this kind for now{wait}",
			Causes:  []string{"requests of this kind are limited per minute, and the browser's count too"},
			Steps:   wait,
		},
		{
			Symptom: Symptom{Status: 429, Sign: signUpdateLimit},
			Code:    tracker.CodeLimited,
			Says:    "{host} accepts no more changes of {subject} for now{wait}",
			Causes:  []string{"Zendesk limits changes to 30 per ticket in ten minutes, and limits all changes per minute"},
			Steps:   wait,
		},
		{
			Symptom: Symptom{Status: 429},
			Code:    tracker.CodeLimited,
			Says:    "{host} accepts no more requests for now{wait}",
			Causes:  []string{"the account's programs have together used up this minute's requests"},
			Steps:   wait,
		},
	}
}

// outageDiagnoses are about an account that does not answer.
// https://developer.zendesk.com/api-reference/introduction/requests/
func outageDiagnoses() []Row {
	const narrow = "narrow the view's conditions in Zendesk, for example to tickets of recent weeks"
	return []Row{
		{
			Symptom: Symptom{Status: 503, Sign: signRetry},
			Code:    tracker.CodeUnavailable,
			Says:    "{host} is busy (503){wait}",
			Causes:  []string{"Zendesk's database took too long"},
			Steps:   []string{"wait as long as it asks, or a minute; the board tries again by itself"},
		},
		{
			Symptom: Symptom{Status: 5, Topic: TopicView},
			Code:    tracker.CodeUnavailable, Field: "view",
			Says:   "{host} has a problem ({status}){wait}",
			Causes: []string{"Zendesk has an incident or is under maintenance", "the view is too slow for Zendesk"},
			Steps:  []string{"try again in a few minutes; https://status.zendesk.com lists incidents", "if it keeps happening, " + narrow},
		},
		{
			Symptom: Symptom{Status: 5},
			Code:    tracker.CodeUnavailable,
			Says:    "{host} has a problem ({status}){wait}",
			Causes:  []string{"Zendesk has an incident or is under maintenance"},
			Steps:   []string{"try again in a few minutes; https://status.zendesk.com lists incidents"},
		},
		{
			Symptom: Symptom{Topic: TopicView, Sign: signTimeout},
			Code:    tracker.CodeUnavailable, Field: "view",
			Says:   "{host} did not answer in time",
			Causes: []string{"the view is too slow for Zendesk", "the network is slow"},
			Steps:  []string{"try again", "if it keeps happening, " + narrow},
		},
		{
			Symptom: Symptom{Sign: signTimeout},
			Code:    tracker.CodeUnavailable,
			Says:    "{host} did not answer in time",
			Causes:  []string{"the network is slow, or a firewall drops what is sent", "Zendesk has an incident"},
			Steps:   []string{"try again; https://status.zendesk.com lists incidents", "open {base} in a browser on this machine"},
		},
		{
			Symptom: Symptom{Status: 408},
			Code:    tracker.CodeUnavailable,
			Says:    "{host} did not get the whole request in time (408)",
			Causes:  []string{"the network is slow"},
			Steps:   []string{"try again"},
		},
	}
}

// otherDiagnoses are what is left. The last fits any symptom.
func otherDiagnoses() []Row {
	return []Row{
		{
			Symptom: Symptom{Topic: TopicMapped},
			Code:    tracker.CodeNoAccount, Field: "url",
			Says:   "{host} does not lead to a Zendesk account",
			Causes: []string{"the address is misspelt, or is not Zendesk's", "the account's agents do not work at this address"},
			Steps:  []string{"open Zendesk in a browser as an agent and copy the address that it shows, such as acme.zendesk.com"},
		},
		{
			Symptom: Symptom{Status: 409, Write: true},
			Code:    tracker.CodeConflict,
			Says:    "{subject} changed on {host} in the meantime",
		},
		{
			Symptom: Symptom{Sign: signPage, Status: 2},
			Code:    tracker.CodeUnreadable, Field: "url",
			Says: "{host} answered with a web page instead of {subject}",
			Causes: []string{
				"the network needs a sign-in of its own first, as in hotels and on trains",
				"a proxy answered instead of Zendesk",
				"the address is not the account's own",
			},
			Steps: []string{"open {base} in a browser on this machine and do what it asks", "check the address"},
		},
		{
			Symptom: Symptom{Status: 2, Sign: signTooLarge},
			Code:    tracker.CodeUnreadable,
			Says:    "{subject} has more than 16 MB, which is more than storydesk reads",
			Steps:   []string{"open it in Zendesk, at {base}"},
		},
		{
			Symptom: Symptom{Status: 2, Sign: signCut},
			Code:    tracker.CodeUnreadable,
			Says:    "the answer from {host} broke off",
			Causes:  []string{"the network or a proxy interrupted it"},
			Steps:   []string{"try again"},
		},
		{
			Symptom: Symptom{Status: 2},
			Code:    tracker.CodeUnreadable, Field: "url",
			Says:   "{host} answered something other than {subject}",
			Causes: []string{"a proxy or gateway answered instead of Zendesk", "the address is not the account's own"},
			Steps:  []string{"try again", "check the address"},
		},
		{
			Symptom: Symptom{Topic: TopicUpload, Status: 413},
			Code:    tracker.CodeRefused,
			Says:    "Zendesk does not accept {subject}: it is larger than {host} allows",
		},
		{
			Symptom: Symptom{Topic: TopicUpload, Status: 4},
			Code:    tracker.CodeRefused,
			Says:    "Zendesk does not accept {subject}: {words}",
		},
		{
			Symptom: Symptom{Status: 4, Write: true},
			Code:    tracker.CodeRefused,
			Says:    "Zendesk rejected the change of {subject}: {words}",
		},
		{
			Code:  tracker.CodeUnreadable,
			Says:  "{host} answered {status} to the request for {subject}, which storydesk does not understand",
			Steps: []string{"check the address", "check for a newer version of storydesk"},
		},
	}
}
