package tracker

import "context"

// SecretPlace is where a secret is saved.
type SecretPlace string

// The places.
const (
	// InKeyring: the system's keyring, encrypted.
	InKeyring SecretPlace = "keyring"
	// InDatabase: the database file, readable by whoever reads the file.
	InDatabase SecretPlace = "database"
	// InNoPlace: there is no secret.
	InNoPlace SecretPlace = "none"
)

// Secrets saves one secret for each integration, apart from everything else.
// It is safe for concurrent use, but must not be called inside a Write.
type Secrets interface {
	// Secret reads it; CodeNotFound when there is none, CodeUnavailable when
	// it is in a keyring that does not answer.
	Secret(ctx context.Context, id IntegrationID) (string, error)
	// Keep stores it, in the database file when inDatabase, which is the
	// user's consent, else in the keyring, and nowhere else: the place where
	// it was before is cleared. Without consent it fails with NoKeyring where
	// there is none. CodeNotFound when there is no such integration.
	Keep(ctx context.Context, id IntegrationID, secret string, inDatabase bool) error
	// Forget deletes it, also of an integration that is gone; it is no error
	// when there is none. CodeUnavailable when it may still be in a keyring
	// that does not answer.
	Forget(ctx context.Context, id IntegrationID) error
	// Place returns where it is saved, without asking the keyring.
	Place(ctx context.Context, id IntegrationID) (SecretPlace, error)
	// HasKeyring reports whether a keyring answers, which may take some seconds.
	HasKeyring(ctx context.Context) bool
}

// NoKeyring is the error of keeping a secret without consent where no keyring
// takes it: CodeRefused, ReasonNeedsConsent. The cause may be nil.
func NoKeyring(cause error) *Error {
	return &Error{
		Code: CodeRefused, Reason: ReasonNeedsConsent, Field: "store-secret-in-db", Err: cause,
		Message: "no keyring is available on this machine: unlock or start one, " +
			"or save the secret unencrypted in the database file",
	}
}

// Credentials are what an account is opened with. Renew is nil where there is
// nothing to renew.
type Credentials struct {
	// Secret is what Secrets saves: a password, an API token, a client's
	// secret, or for AuthOAuth a document that Zendesk.SignIn made.
	Secret string
	// Saved reads the saved secret once more: another process may have replaced it.
	Saved func(context.Context) (string, error)
	Renew Renew
}

// Renew replaces a saved secret that is spent: in one process at a time it
// exchanges the secret, saves the new one, and only then returns it. Where
// another has saved a new secret meanwhile, that is returned and nothing is
// exchanged. It fails with CodeUnavailable when the new one cannot be saved.
type Renew func(ctx context.Context, spent string, exchange Exchange) (string, error)

// Exchange asks Zendesk for a new secret in place of an old one, which it no
// longer accepts then. CodeUnauthorized when it does not accept it now.
type Exchange func(ctx context.Context, secret string) (string, error)
