package store

import (
	"context"
	"fmt"

	"storydesk/tracker"
)

var _ tracker.Secrets = (*Secrets)(nil)

// Secrets keeps secrets in a table of the database, where whoever reads the
// file reads them. Its methods wait for a Write under way, so must not be called
// inside one.
type Secrets struct{ db *DB }

// Secrets returns the secrets kept in the database.
func (db *DB) Secrets() *Secrets { return &Secrets{db} }

// Secret implements tracker.Secrets.
func (s *Secrets) Secret(ctx context.Context, id tracker.IntegrationID) (secret string, err error) {
	err = s.db.read(ctx, func(r *reader) error {
		secret, err = one(r, fmt.Sprintf("secret of %s in the database", integrationName(id)), itself[string],
			"SELECT value FROM secret WHERE integration_id = ?", id)
		return err
	})
	return secret, err
}

// Keep implements tracker.Secrets. It fails with CodeNotFound when there is no
// such integration.
func (s *Secrets) Keep(ctx context.Context, id tracker.IntegrationID, secret string, inDatabase bool) error {
	if !inDatabase {
		return &tracker.Error{
			Code: tracker.CodeRefused, Field: "store-secret-in-db",
			Message: "this machine has no keyring: agree to keep the secret readable in the database file with --store-secret-in-db",
		}
	}
	return s.db.write(ctx, func(w *writer) error {
		_, err := w.exec("keeping a secret", "REPLACE INTO secret (integration_id, value) VALUES (?, ?)", id, secret)
		return err
	})
}

// Forget implements tracker.Secrets.
func (s *Secrets) Forget(ctx context.Context, id tracker.IntegrationID) error {
	return s.db.write(ctx, func(w *writer) error {
		_, err := w.exec("forgetting a secret", "DELETE FROM secret WHERE integration_id = ?", id)
		return err
	})
}
