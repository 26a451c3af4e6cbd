package accounts

import (
	"context"
	"strings"

	"storydesk/tracker"
)

// SameSignIn finds an integration whose saved sign-in a new draft could use:
// one with the same host, method and user. It is false for AuthOAuth: two
// integrations cannot share tokens, since renewing one's ends the other's.
func (s *Service) SameSignIn(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, bool, error) {
	next, _ := s.CheckIntegration(d)
	if d.ID != 0 || next.Host == "" {
		return tracker.Integration{}, false, nil
	}
	all, err := s.Integrations(ctx, 0)
	if err != nil {
		return tracker.Integration{}, false, err
	}
	for _, in := range all {
		if !in.SignsInAs(next) {
			continue
		}
		place, err := s.SecretPlace(ctx, in.ID)
		if err != nil || place != tracker.InNoPlace {
			return in, err == nil, err
		}
	}
	return tracker.Integration{}, false, nil
}

// shareSecret puts the secret of the integration that a new draft shares its
// sign-in with into the draft. It never leaves that account: CodeInvalid, field
// "password", where the sign-in is another's.
func (s *Service) shareSecret(ctx context.Context, in tracker.Integration, d *tracker.IntegrationDraft) error {
	if d.ID != 0 || d.Secret != "" || d.SameSignIn == 0 {
		return nil
	}
	var saved tracker.Integration
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		saved, err = r.Integration(d.SameSignIn)
		return err
	})
	if err != nil {
		return err
	}
	if !saved.SignsInAs(in) {
		return tracker.Invalid("password", "The sign-in of %s is for another account or user. Enter the %s.", saved.Name, tracker.SecretWord(in.Auth))
	}
	if d.Secret, err = s.Secrets.Secret(ctx, saved.ID); err != nil {
		return err
	}
	place, err := s.Secrets.Place(ctx, saved.ID)
	d.SecretInDatabase = d.SecretInDatabase || place == tracker.InDatabase
	return err
}

// checkViewsAccount refuses a view's address of another account. An address
// that only leads to an account says nothing of which.
func (s *Service) checkViewsAccount(in tracker.Integration, view string) error {
	if !strings.Contains(view, "/") {
		return nil
	}
	views, own := s.Zendesk.AccountHost(view), s.Zendesk.AccountHost(in.URL)
	if views == "" || own == "" || views == own {
		return nil
	}
	return tracker.Invalid("view", "This view is on %s, but the Zendesk URL is %s. Paste a view of that account, or change the URL.", views, own)
}
