package accounts

import (
	"context"
	"errors"
	"fmt"

	"storydesk/tracker"
)

// ErrNotHere is wrapped by the errors of what needs credentials for an integration that
// this user has none for, while others of the team may have theirs. Nothing is wrong with
// the integration then.
var ErrNotHere = errors.New("no credentials for this integration here")

// SignedIn reports whether this program has what an integration signs in with. Alone with a
// database it is always said to have, so that a fault says what is missing.
func (s *opened) SignedIn(ctx context.Context, in tracker.Integration) (bool, error) {
	if !s.Team || in.Auth == "" {
		return true, nil
	}
	if s.rejected(in) {
		return false, nil
	}
	place, err := s.Secrets.Place(ctx, in.ID)
	return place != tracker.InNoPlace, err
}

// InTeam reports whether several people share the database: credentials in it are everybody's
// who can read it.
func (s *opened) InTeam() bool { return s.Team }

// consent says of a secret that has no place what sharing it means, in a team.
func (s *renewals) consent(err error) error {
	var e *tracker.Error
	if !s.Team || !errors.As(err, &e) || e.Reason != tracker.ReasonNeedsConsent {
		return err
	}
	told := *e
	told.Message = "no keyring is available on this machine: unlock or start one, " +
		"or share the credentials in the database, where everyone who can read it can use them"
	return &told
}

// MustBeHere fails with CodeUnauthorized, wrapping ErrNotHere, where this program cannot
// sign in to an integration.
func (s *opened) MustBeHere(ctx context.Context, in tracker.Integration) error {
	here, err := s.SignedIn(ctx, in)
	if err == nil && !here {
		return notHere(in)
	}
	return err
}

// Absent returns those of some integrations that this program cannot sign in to.
func (s *opened) Absent(ctx context.Context, all []tracker.Integration) (absent []tracker.IntegrationID, err error) {
	if !s.Team {
		return nil, nil
	}
	for _, in := range all {
		here, err := s.SignedIn(ctx, in)
		if err != nil {
			return nil, err
		}
		if !here {
			absent = append(absent, in.ID)
		}
	}
	return absent, nil
}

// settingEmail remembers who signs in with a user's own credentials, where that is not whom
// the integration names.
func settingEmail(id tracker.IntegrationID) string { return fmt.Sprintf("email/%d", id) }

// asUser returns an integration as this user signs in to it.
func (s *renewals) asUser(ctx context.Context, in tracker.Integration) (tracker.Integration, error) {
	if !s.Team {
		return in, nil
	}
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		email, err := r.Setting(settingEmail(in.ID))
		if email != "" {
			in.Email = email
		}
		return err
	})
	return in, err
}

// keepUser remembers who signs in with the credentials that were just saved: this user alone,
// where own is true.
func (s *renewals) keepUser(ctx context.Context, id tracker.IntegrationID, email string, own bool) error {
	if !own {
		email = ""
	}
	return s.Store.Write(ctx, func(w tracker.Writer) error { return w.SaveSetting(settingEmail(id), email) })
}

// signsInAlone reports whether the credentials that are saved for an integration are this
// user's own, in a team.
func (s *renewals) signsInAlone(ctx context.Context, id tracker.IntegrationID) (bool, error) {
	if !s.Team {
		return false, nil
	}
	place, err := s.Secrets.Place(ctx, id)
	return place == tracker.InKeyring, err
}

// keepAlone is keepUser for credentials of which it has to be found out whose they are.
func (s *renewals) keepAlone(ctx context.Context, id tracker.IntegrationID, email string) (alone bool, err error) {
	if alone, err = s.signsInAlone(ctx, id); err == nil {
		err = s.keepUser(ctx, id, email, alone)
	}
	return alone, err
}

// notHere is the error of what this user would have to sign in for.
func notHere(in tracker.Integration) error {
	return &tracker.Error{
		Code: tracker.CodeUnauthorized, Reason: tracker.ReasonSignedOut, Subject: in.Name, Field: "password", Unsent: true, Err: ErrNotHere,
		Message: fmt.Sprintf("you are not signed in to %s on this machine; its tickets are as others last loaded them", in.Name),
	}
}

// rejected reports whether Zendesk has rejected this user's own credentials, or the keyring
// has lost them, and they were not changed since.
func (s *opened) rejected(in tracker.Integration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	version, ok := s.own[in.ID]
	return ok && version.rejected && version.of == in.Version
}

// ownCredentials is what is known of the credentials that a user alone has in a team.
type ownCredentials struct {
	// of is the version of the integration that they were read for.
	of       int64
	rejected bool
}

// readOwn notes whether the credentials of an integration are this user's own.
func (s *opened) readOwn(in tracker.Integration, place tracker.SecretPlace) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.Team || place != tracker.InKeyring {
		delete(s.own, in.ID)
		return
	}
	s.own[in.ID] = ownCredentials{of: in.Version}
}

// rejectOwn notes that Zendesk rejects this user's own credentials, and closes the account
// that was opened with them. It is false where they are not this user's alone: the
// integration has to be paused for everybody then.
func (s *opened) rejectOwn(in tracker.Integration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	have, ok := s.own[in.ID]
	if ok {
		s.own[in.ID] = ownCredentials{of: have.of, rejected: true}
		delete(s.accounts, in.ID)
	}
	return ok
}

// loseOwn notes that this user's own credentials are gone from the keyring. They count as
// rejected: until they are entered anew, others send and load.
func (s *opened) loseOwn(in tracker.Integration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.own[in.ID] = ownCredentials{of: in.Version, rejected: true}
	delete(s.accounts, in.ID)
}

// forgiven makes credentials that were rejected be tried again: they were entered anew.
func (s *opened) forgiven(id tracker.IntegrationID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.own, id)
	delete(s.accounts, id)
}
