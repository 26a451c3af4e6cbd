package tracker

// IntegrationDraft is an integration as a person filled it in.
type IntegrationDraft struct {
	// ID is zero for a new one.
	ID        IntegrationID
	ProjectID ProjectID
	// Kind is empty for Zendesk's.
	Kind, Name string
	// URL, View and Base, which is a feed's Host, are as typed or pasted.
	URL, Base, View string
	// Email is a feed's user name, too.
	Email string
	Auth  AuthMethod
	// ClientID is the OAuth client of the methods that use one.
	ClientID string
	// Secret is the password, token or client's secret; empty keeps the saved
	// one. AuthOAuth takes none: SignIn brings it.
	Secret string
	// SameSignIn is the integration whose saved secret a new one uses where
	// Secret is empty: the user's consent. SameSignIn finds one.
	SameSignIn IntegrationID
	// SecretInDatabase is the consent to save the secret in the database; SecretOwn takes it
	// back in a team, which shares that secret until then.
	SecretInDatabase, SecretOwn bool
	Active                      bool
	// UpdateComments and UpdateState are as in Integration.
	UpdateComments, UpdateState bool
}

// NewIntegrationDraft returns an empty draft with everything switched on.
func NewIntegrationDraft(project ProjectID) IntegrationDraft {
	return IntegrationDraft{
		ProjectID: project, Auth: AuthToken, Active: true, UpdateComments: true, UpdateState: true,
	}
}
