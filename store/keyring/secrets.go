package keyring

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"storydesk/tracker"
)

var _ tracker.Secrets = (*Secrets)(nil)

// noEntry is an entry that nobody makes: whether it is there shows whether a
// keyring is.
const noEntry = "none"

// Secrets saves secrets in a keyring, or with consent in a database. Its
// methods must not be called inside a Write of the store.
type Secrets struct {
	ring     Ring
	gate     *gate
	store    tracker.Store
	database tracker.Secrets
}

// New returns the secrets of a store's integrations. ring is asked when one of
// its secrets is needed, not before; database keeps those that have consent.
func New(ring Ring, store tracker.Store, database tracker.Secrets) *Secrets {
	return &Secrets{ring: ring, gate: newGate(), store: store, database: database}
}

// Secret implements tracker.Secrets.
func (s *Secrets) Secret(ctx context.Context, id tracker.IntegrationID) (string, error) {
	e, err := s.entries(ctx, id)
	if err != nil {
		return "", err
	}
	if e.Current == "" {
		return s.database.Secret(ctx, id)
	}
	secret, err := s.get(ctx, e.Current)
	switch {
	case err == nil:
		return secret, nil
	case errors.Is(err, ErrNotFound):
		return "", tracker.Errorf(tracker.CodeNotFound, "the secret of integration %d is no longer in the keyring", id)
	}
	return "", unanswered(ctx, err, "password",
		"the password or token of integration %d is in the system's keyring, which does not answer: "+
			"unlock it and start storydesk again, or enter the password or token again", id)
}

// Keep implements tracker.Secrets. What the keyring does not delete now is
// deleted by a later change.
func (s *Secrets) Keep(ctx context.Context, id tracker.IntegrationID, secret string, inDatabase bool) error {
	keep := s.keepInKeyring
	if inDatabase {
		keep = s.keepInDatabase
	}
	outdated, err := keep(ctx, id, secret)
	if err != nil {
		return err
	}
	_, err = s.sweep(ctx, id, outdated)
	return err
}

func (s *Secrets) keepInDatabase(ctx context.Context, id tracker.IntegrationID, secret string) (outdated []string, err error) {
	if err := s.database.Keep(ctx, id, secret, true); err != nil {
		return nil, err
	}
	return s.point(ctx, id, "")
}

func (s *Secrets) keepInKeyring(ctx context.Context, id tracker.IntegrationID, secret string) (outdated []string, err error) {
	entry := uuid.NewString()
	if err := s.set(ctx, entry, secret); err != nil {
		return nil, err
	}
	if outdated, err = s.point(ctx, id, entry); err != nil {
		return nil, errors.Join(err, s.remove(context.WithoutCancel(ctx), entry))
	}
	return outdated, s.database.Forget(ctx, id)
}

// Forget implements tracker.Secrets.
func (s *Secrets) Forget(ctx context.Context, id tracker.IntegrationID) error {
	if err := s.database.Forget(ctx, id); err != nil {
		return err
	}
	outdated, err := s.point(ctx, id, "")
	if err != nil {
		return err
	}
	clean, err := s.sweep(ctx, id, outdated)
	if err != nil || clean {
		return err
	}
	return unanswered(ctx, s.gate.broken(), "",
		"the system's keyring does not answer, so the password or token of integration %d may still be in it: "+
			"look for entries of storydesk there and delete %v", id, outdated)
}

// Place implements tracker.Secrets.
func (s *Secrets) Place(ctx context.Context, id tracker.IntegrationID) (tracker.SecretPlace, error) {
	e, err := s.entries(ctx, id)
	if err != nil {
		return "", err
	}
	if e.Current != "" {
		return tracker.InKeyring, nil
	}
	return s.database.Place(ctx, id)
}

// HasKeyring implements tracker.Secrets.
func (s *Secrets) HasKeyring(ctx context.Context) bool {
	_, err := s.get(ctx, noEntry)
	return err == nil || errors.Is(err, ErrNotFound)
}

func (s *Secrets) get(ctx context.Context, entry string) (string, error) {
	var secret string
	err := s.gate.ask(ctx, func() (err error) {
		secret, err = s.ring.Get(service, entry)
		return err
	}, nil)
	if err != nil {
		return "", err
	}
	return secret, nil
}

// set adds an entry. One that the keyring takes after it failed is taken back.
func (s *Secrets) set(ctx context.Context, entry, secret string) error {
	err := s.gate.ask(ctx,
		func() error { return s.ring.Set(service, entry, secret) },
		func() error { return s.ring.Delete(service, entry) })
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return interrupted(ctx)
	case errors.Is(err, ErrTooLong):
		refusal := tracker.NoKeyring(err)
		refusal.Message = "the system's keyring cannot hold a secret this long: " +
			"save the secret unencrypted in the database file"
		return refusal
	}
	return tracker.NoKeyring(err)
}

// remove deletes an entry; it is no error when there is none.
func (s *Secrets) remove(ctx context.Context, entry string) error {
	err := s.gate.ask(ctx, func() error { return s.ring.Delete(service, entry) }, nil)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

// unanswered is the error of a keyring that does not work, or of a caller that
// did not wait for it.
func unanswered(ctx context.Context, cause error, field, format string, args ...any) error {
	if ctx.Err() != nil {
		return interrupted(ctx)
	}
	return &tracker.Error{Code: tracker.CodeUnavailable, Field: field, Message: fmt.Sprintf(format, args...), Err: cause}
}

func interrupted(ctx context.Context) error {
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Message: "interrupted while asking the system's keyring", Err: context.Cause(ctx),
	}
}
