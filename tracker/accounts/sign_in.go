package accounts

import (
	"context"
	"errors"

	"storydesk/tracker"
)

// SignIn signs an integration in with a browser that comes back to a port of
// this machine. authorize brings the user to the sign-in's URL and returns the
// code. The tokens go where the secret was, or to the database when inDatabase
// agrees to that. It ends a pause. CodeRefused, ReasonNeedsConsent,
// before anybody is asked when there is no place for the tokens.
func (s *Service) SignIn(
	ctx context.Context, id tracker.IntegrationID, port int, inDatabase bool, authorize func(context.Context, tracker.SignIn) (string, error),
) (tracker.Integration, error) {
	var in tracker.Integration
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		in, err = r.Integration(id)
		return err
	})
	if err != nil {
		return in, err
	}
	begun, err := s.Zendesk.SignIn(in, port)
	if err != nil {
		return in, err
	}
	place, err := s.Secrets.Place(ctx, id)
	if err != nil {
		return in, err
	}
	inDatabase = inDatabase || place == tracker.InDatabase
	if !inDatabase && !s.Secrets.HasKeyring(ctx) {
		return in, s.consent(tracker.NoKeyring(nil))
	}
	var secret string
	code, err := authorize(ctx, begun)
	if err == nil {
		secret, err = begun.Exchange(ctx, code)
	}
	if err != nil {
		return in, unlessInterrupted(ctx, err)
	}
	if err := s.keepTokens(ctx, in, secret, inDatabase); err != nil {
		return in, err
	}
	return s.signedIn(ctx, in)
}

// unlessInterrupted is err, or what a sign-in says that was cancelled.
func unlessInterrupted(ctx context.Context, err error) error {
	if !errors.Is(ctx.Err(), context.Canceled) {
		return err
	}
	return &tracker.Error{Code: tracker.CodeUnavailable, Message: "the sign-in was cancelled, and no tokens were saved", Err: err}
}

// keepTokens saves new tokens when nobody is renewing the old ones, who would
// put theirs in the place of these.
func (s *Service) keepTokens(ctx context.Context, in tracker.Integration, secret string, inDatabase bool) error {
	lease, err := s.leaseRenewal(ctx, in)
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	err = errors.Join(s.Secrets.Keep(ctx, in.ID, secret, inDatabase), s.freeRenewal(ctx, lease))
	s.forgiven(in.ID)
	return err
}

// signedIn ends the pause of an integration with new tokens, and keeps the
// address of whom they belong to.
func (s *Service) signedIn(ctx context.Context, in tracker.Integration) (tracker.Integration, error) {
	me, meErr := s.whoSignedIn(ctx, in)
	alone, err := s.signsInAlone(ctx, in.ID)
	if err == nil && meErr == nil {
		err = s.keepUser(context.WithoutCancel(ctx), in.ID, me.Email, alone)
	}
	if err != nil {
		return in, errors.Join(meErr, err)
	}
	in, err = s.ChangeIntegration(context.WithoutCancel(ctx), in.ID, func(_ tracker.Reader, in *tracker.Integration) error {
		if meErr == nil {
			if !alone || in.Email == "" {
				in.Email = me.Email
			}
			in.PausedCause, in.PausedReason = "", ""
		}
		return nil
	})
	if meErr != nil {
		return in, meErr
	}
	return in, err
}

func (s *Service) whoSignedIn(ctx context.Context, in tracker.Integration) (tracker.Agent, error) {
	credentials, err := s.credentials(ctx, in)
	if err != nil {
		return tracker.Agent{}, err
	}
	account, err := s.Zendesk.Open(in, credentials)
	if err != nil {
		return tracker.Agent{}, err
	}
	return account.Me(ctx)
}
