package tracker

import "context"

// SecretPlace is where a secret is kept.
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

// Secrets keeps one secret for each integration, apart from everything else.
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
	// Place tells where it is kept, without asking the keyring.
	Place(ctx context.Context, id IntegrationID) (SecretPlace, error)
	// HasKeyring tells whether a keyring answers, which may take some seconds.
	HasKeyring(ctx context.Context) bool
}

// NoKeyring is the error of keeping a secret without consent where no keyring
// takes it: CodeRefused, field "store-secret-in-db". The cause may be nil.
func NoKeyring(cause error) *Error {
	return &Error{
		Code: CodeRefused, Field: "store-secret-in-db", Err: cause,
		Message: "no keyring is available on this machine: unlock or start one, " +
			"or save the secret unencrypted in the database file",
	}
}

// keepSecret keeps the secret of a saved integration as its draft says. Consent
// alone moves the saved one from the keyring to the database. Consent that was
// given holds for a new secret while no keyring answers.
func (s *Service) keepSecret(ctx context.Context, d IntegrationDraft) error {
	secret := d.Secret
	if secret == "" {
		if !d.SecretInDatabase {
			return nil
		}
		place, err := s.Secrets.Place(ctx, d.ID)
		if err != nil || place != InKeyring {
			return err
		}
		if secret, err = s.Secrets.Secret(ctx, d.ID); err != nil {
			return err
		}
	}
	if !d.SecretInDatabase {
		place, err := s.Secrets.Place(ctx, d.ID)
		if err != nil {
			return err
		}
		d.SecretInDatabase = place == InDatabase && !s.Secrets.HasKeyring(ctx)
	}
	return s.Secrets.Keep(ctx, d.ID, secret, d.SecretInDatabase)
}

// HasKeyring tells whether the system has a keyring that answers; without one
// keeping a secret needs consent. It may take some seconds.
func (s *Service) HasKeyring(ctx context.Context) bool { return s.Secrets.HasKeyring(ctx) }

// SecretPlace tells where an integration's secret is kept.
func (s *Service) SecretPlace(ctx context.Context, id IntegrationID) (SecretPlace, error) {
	return s.Secrets.Place(ctx, id)
}
