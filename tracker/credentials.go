package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Credentials are what an account is opened with. Renew is nil where there is
// nothing to renew.
type Credentials struct {
	// Secret is what Secrets keeps: a password, an API token, a client's
	// secret, or for AuthOAuth a document that Desks made.
	Secret string
	Renew  Renew
}

// Renew replaces a kept secret that is spent: in one process at a time it
// exchanges the secret, keeps the new one, and only then returns it. Where
// another has kept a new secret meanwhile, that is returned and nothing is
// exchanged. It fails with CodeUnavailable when the new one cannot be kept.
type Renew func(ctx context.Context, spent string, exchange Exchange) (string, error)

// Exchange asks the desk for a new secret in place of an old one, which the
// desk then accepts no more. CodeUnauthorized when it does not accept it now.
type Exchange func(ctx context.Context, secret string) (string, error)

// RenewalTime is the longest that an Exchange may take. The lease on a renewal
// lasts twice as long.
const RenewalTime = 30 * time.Second

// renewalCheck is how often a renewal looks whether another's has ended.
const renewalCheck = 100 * time.Millisecond

// SignInHint tells how to sign in again, on the board and by command.
func SignInHint(name string) string {
	return fmt.Sprintf("sign in again with s in the board's integrations or `storydesk integration login %q`", name)
}

// credentials reads what an integration signs in with.
func (s *Service) credentials(ctx context.Context, in Integration) (Credentials, error) {
	secret, err := s.Secrets.Secret(ctx, in.ID)
	if CodeOf(err) == CodeNotFound {
		message := in.Name + " has no saved password or token; edit the integration and enter it again"
		if in.Auth == AuthOAuth {
			message = in.Name + " is not signed in: " + SignInHint(in.Name)
		}
		return Credentials{}, &Error{Code: CodeUnauthorized, Field: "password", Unsent: true, Err: err, Message: message}
	}
	if err != nil {
		return Credentials{}, fmt.Errorf("secret of integration %d: %w", in.ID, err)
	}
	return Credentials{Secret: secret, Renew: func(ctx context.Context, spent string, exchange Exchange) (string, error) {
		return s.renew(ctx, in.ID, spent, exchange)
	}}, nil
}

// renew implements Renew. Who is killed before the exchange leaves a lease
// that runs out; after the new secret is kept, nothing is lost. In between the
// desk alone knows the new secret, which cannot be helped: the user signs in
// again. So that stretch is kept short, and no caller's impatience ends it.
func (s *Service) renew(ctx context.Context, id IntegrationID, spent string, exchange Exchange) (secret string, err error) {
	lease, err := s.leaseRenewal(ctx, id)
	if err != nil {
		return "", err
	}
	ctx = context.WithoutCancel(ctx)
	defer func() {
		if freed := s.freeRenewal(ctx, id, lease); freed != nil {
			s.Log.Error("renewal not released; its lease will run out", "integration", id, "error", freed)
		}
	}()
	if secret, err = s.Secrets.Secret(ctx, id); err != nil || secret != spent {
		return secret, err
	}
	place, err := s.Secrets.Place(ctx, id)
	if err != nil {
		return "", err
	}
	// A secret that could not be kept would be lost: this proves that it can.
	if err := s.Secrets.Keep(ctx, id, spent, place == InDatabase); err != nil {
		return "", notKept(err)
	}
	exchanging, cancel := context.WithTimeout(ctx, RenewalTime)
	defer cancel()
	next, err := exchange(exchanging, spent)
	if CodeOf(err) == CodeUnauthorized {
		// One whose lease ran out may have been quicker after all.
		if secret, lost := s.Secrets.Secret(ctx, id); lost == nil && secret != spent {
			return secret, nil
		}
	}
	if err != nil {
		return "", err
	}
	if err := s.Secrets.Keep(ctx, id, next, place == InDatabase); err != nil {
		return "", notKept(err)
	}
	return next, nil
}

func notKept(err error) error {
	return &Error{
		Code: CodeUnavailable, Field: "password", Unsent: true, Err: err,
		Message: "the renewed sign-in has no place to be kept: " + err.Error(),
	}
}

// renewalLease is one process's right to renew a secret.
type renewalLease struct {
	Holder string    `json:"holder"`
	Until  time.Time `json:"until"`
}

func renewalKey(id IntegrationID) string { return fmt.Sprintf("renewal/%d", id) }

func readLease(r Reader, id IntegrationID) (l renewalLease, err error) {
	text, err := r.Setting(renewalKey(id))
	if err != nil || text == "" {
		return l, err
	}
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		return l, fmt.Errorf("read the lease on the sign-in of integration %d: %w", id, err)
	}
	return l, nil
}

// leaseRenewal waits until nobody else renews the secret.
func (s *Service) leaseRenewal(ctx context.Context, id IntegrationID) (renewalLease, error) {
	tick := time.NewTicker(renewalCheck)
	defer tick.Stop()
	for {
		mine, ok, err := s.claimRenewal(ctx, id)
		if ok || err != nil {
			return mine, err
		}
		select {
		case <-ctx.Done():
			return renewalLease{}, &Error{
				Code: CodeUnavailable, Unsent: true, Err: ctx.Err(), Message: "another storydesk is renewing the sign-in; it took too long",
			}
		case <-tick.C:
		}
	}
}

func (s *Service) claimRenewal(ctx context.Context, id IntegrationID) (mine renewalLease, ok bool, err error) {
	err = s.Store.Write(ctx, func(w Writer) error {
		held, err := readLease(w, id)
		if err != nil {
			return err
		}
		now := s.Now()
		mine = renewalLease{Holder: s.NewID(), Until: now.Add(2 * RenewalTime)}
		// A lease that ends later than any can was made before the clock was set back.
		if held.Holder != "" && now.Before(held.Until) && !held.Until.After(mine.Until) {
			return nil
		}
		text, err := json.Marshal(mine)
		if err != nil {
			return err
		}
		ok = true
		return w.SaveSetting(renewalKey(id), string(text))
	})
	return mine, ok && err == nil, err
}

// freeRenewal ends a lease unless it has passed to another.
func (s *Service) freeRenewal(ctx context.Context, id IntegrationID, mine renewalLease) error {
	return s.Store.Write(ctx, func(w Writer) error {
		held, err := readLease(w, id)
		if err != nil || held.Holder != mine.Holder {
			return err
		}
		return w.SaveSetting(renewalKey(id), "")
	})
}
