package tracker

// PauseCause says what kind of fault paused an integration: what ends the pause
// follows from it. The values are stable: the database holds them.
type PauseCause string

// The causes.
const (
	// PauseSignedOut: somebody has to sign in again with a browser.
	PauseSignedOut PauseCause = "signed_out"
	// PauseRejected: Zendesk rejected the password, the token or the OAuth client.
	PauseRejected PauseCause = "rejected"
	// PauseForbidden: the sign-in is good, and does not allow what is needed.
	PauseForbidden PauseCause = "forbidden"
	// PauseNoAccount: there is no Zendesk account at the address.
	PauseNoAccount PauseCause = "no_account"
	// PausePublic: a private comment was added as a public one.
	PausePublic PauseCause = "public"
	// PauseUnknown: an earlier program paused it, and did not record why.
	PauseUnknown PauseCause = "unknown"
)
