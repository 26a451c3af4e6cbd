package accounts

import (
	"context"

	"storydesk/tracker"
)

// keepSecret saves the secret of a saved integration as its draft says. Consent
// alone moves the saved one from the keyring to the database, and taking it back alone the
// other way. Consent that was
// given holds for a new secret while no keyring answers.
func (s *Service) keepSecret(ctx context.Context, d tracker.IntegrationDraft) error {
	secret := d.Secret
	if secret == "" {
		moves := tracker.InKeyring
		if !d.SecretInDatabase {
			moves = tracker.InDatabase
		}
		if !d.SecretInDatabase && (!s.Team || !d.SecretOwn) {
			return nil
		}
		place, err := s.Secrets.Place(ctx, d.ID)
		if err != nil || place != moves {
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
		// What a team shares is taken from the others by a word only.
		shared := s.Team && !d.SecretOwn
		d.SecretInDatabase = place == tracker.InDatabase && (shared || !s.Secrets.HasKeyring(ctx))
	}
	if err := s.Secrets.Keep(ctx, d.ID, secret, d.SecretInDatabase); err != nil {
		return s.consent(err)
	}
	s.forgiven(d.ID)
	return nil
}

// HasKeyring reports whether the system has a keyring that answers; without one
// keeping a secret needs consent. It may take some seconds.
func (s *Service) HasKeyring(ctx context.Context) bool { return s.Secrets.HasKeyring(ctx) }

// SecretPlace returns where an integration's secret is saved.
func (s *Service) SecretPlace(ctx context.Context, id tracker.IntegrationID) (tracker.SecretPlace, error) {
	return s.Secrets.Place(ctx, id)
}
