package store

import (
	"context"
	"fmt"

	"storydesk/store/query"
	"storydesk/tracker"
)

var _ tracker.Secrets = (*Secrets)(nil)

// Secrets saves secrets in a table of the database, where whoever reads the
// file reads them. Its methods wait for a Write under way, so must not be called
// inside one.
type Secrets struct{ db transactor }

// transactor runs transactions on either engine.
type transactor interface {
	read(ctx context.Context, fn func(*reader) error) error
	write(ctx context.Context, fn func(*writer) error) error
}

// Secrets returns the secrets saved in the database.
func (db *DB) Secrets() *Secrets { return &Secrets{db} }

// Secret implements tracker.Secrets.
func (s *Secrets) Secret(ctx context.Context, id tracker.IntegrationID) (secret string, err error) {
	err = s.db.read(ctx, func(r *reader) error {
		secret, err = query.One(r.Session, fmt.Sprintf("secret of %s in the database", integrationName(id)), query.Itself[string],
			"SELECT value FROM secret WHERE integration_id = ?", id)
		return err
	})
	return secret, err
}

// Keep implements tracker.Secrets.
func (s *Secrets) Keep(ctx context.Context, id tracker.IntegrationID, secret string, inDatabase bool) error {
	if !inDatabase {
		return tracker.NoKeyring(nil)
	}
	return s.db.write(ctx, func(w *writer) error {
		_, err := w.Exec("saving a secret", "INSERT INTO secret (integration_id, value) VALUES (?, ?) ON CONFLICT (integration_id) DO UPDATE SET value = excluded.value", id, secret)
		return err
	})
}

// Forget implements tracker.Secrets.
func (s *Secrets) Forget(ctx context.Context, id tracker.IntegrationID) error {
	return s.db.write(ctx, func(w *writer) error {
		_, err := w.Exec("deleting a secret", "DELETE FROM secret WHERE integration_id = ?", id)
		return err
	})
}

// Place implements tracker.Secrets.
func (s *Secrets) Place(ctx context.Context, id tracker.IntegrationID) (place tracker.SecretPlace, err error) {
	err = s.db.read(ctx, func(r *reader) error {
		here, err := query.One(r.Session, fmt.Sprintf("place of the secret of %s", integrationName(id)), query.Itself[bool],
			"SELECT EXISTS (SELECT 1 FROM secret WHERE integration_id = ?)", id)
		if place = tracker.InNoPlace; here {
			place = tracker.InDatabase
		}
		return err
	})
	return place, err
}

// HasKeyring implements tracker.Secrets: a database is none.
func (s *Secrets) HasKeyring(context.Context) bool { return false }
