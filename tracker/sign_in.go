package tracker

import (
	"context"
	"errors"
	"time"
)

// SignIn is a sign-in with a browser that has begun. It is used once.
type SignIn interface {
	// URL is the address to open in the browser; RedirectURL the one that it
	// comes back to, which must be registered with the OAuth client.
	URL() string
	RedirectURL() string
	// Receive listens on this machine for the browser to come back with a
	// code, and calls ready once it does. CodeUnavailable, field "port", when
	// the port is taken; CodeRefused when the user denied it.
	Receive(ctx context.Context, ready func() error) (code string, err error)
	// Code finds the code in what a person pasted: the code itself, or the
	// address that the browser came back to. CodeInvalid, field "code".
	Code(pasted string) (string, error)
	// Exchange gets the secret to keep. CodeMissingScope when what was granted
	// is too little; else as the methods of Desk.
	Exchange(ctx context.Context, code string) (secret string, err error)
	// BrowserErrors are what the browser may show in place of the question.
	// Nothing comes back then.
	BrowserErrors() []BrowserError
	// Warning is what to know of a sign-in whose code was exchanged, such as
	// that it cannot be renewed; empty for nothing.
	Warning() string
}

// BrowserError is an error that a browser shows, and what it means.
type BrowserError struct{ Message, Meaning string }

// SignInPatience is how long a sign-in waits before it lists what may be wrong.
const SignInPatience = time.Minute

// SignIn signs an integration in with a browser that comes back to a port of
// this machine. authorize brings the user to the sign-in's URL and returns the
// code. The tokens go where the secret was, or to the database when inDatabase
// agrees to that. It ends a pause. CodeRefused, field "store-secret-in-db",
// before anybody is asked when there is no place for the tokens.
func (s *Service) SignIn(
	ctx context.Context, id IntegrationID, port int, inDatabase bool, authorize func(context.Context, SignIn) (string, error),
) (Integration, error) {
	var in Integration
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		in, err = r.Integration(id)
		return err
	})
	if err != nil {
		return in, err
	}
	begun, err := s.Desks.SignIn(in, port)
	if err != nil {
		return in, err
	}
	place, err := s.Secrets.Place(ctx, id)
	if err != nil {
		return in, err
	}
	inDatabase = inDatabase || place == InDatabase
	if !inDatabase && !s.Secrets.HasKeyring(ctx) {
		return in, NoKeyring(nil)
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

// unlessInterrupted is err, or what a sign-in says that was called off.
func unlessInterrupted(ctx context.Context, err error) error {
	if !errors.Is(ctx.Err(), context.Canceled) {
		return err
	}
	return &Error{Code: CodeUnavailable, Message: "the sign-in was cancelled, and no tokens were saved", Err: err}
}

// keepTokens keeps new tokens when nobody is renewing the old ones, who would
// put theirs in the place of these.
func (s *Service) keepTokens(ctx context.Context, in Integration, secret string, inDatabase bool) error {
	lease, err := s.leaseRenewal(ctx, in)
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	return errors.Join(s.Secrets.Keep(ctx, in.ID, secret, inDatabase), s.freeRenewal(ctx, in.ID, lease))
}

// signedIn ends the pause of an integration with new tokens, and keeps the
// address of whom they belong to.
func (s *Service) signedIn(ctx context.Context, in Integration) (Integration, error) {
	me, meErr := s.whoSignedIn(ctx, in)
	in, err := s.changeIntegration(context.WithoutCancel(ctx), in.ID, func(_ Reader, in *Integration) error {
		if meErr == nil {
			in.Email, in.PausedReason = me.Email, ""
		}
		return nil
	})
	if meErr != nil {
		return in, meErr
	}
	return in, err
}

func (s *Service) whoSignedIn(ctx context.Context, in Integration) (Agent, error) {
	credentials, err := s.credentials(ctx, in)
	if err != nil {
		return Agent{}, err
	}
	desk, err := s.Desks.Open(in, credentials)
	if err != nil {
		return Agent{}, err
	}
	return desk.Me(ctx)
}
