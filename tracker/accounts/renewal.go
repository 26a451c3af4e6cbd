package accounts

import (
	"context"
	"errors"
	"fmt"
	"time"

	"storydesk/tracker"
)

// ErrRenewing is wrapped by the errors of those who gave up while they waited
// for a sign-in to be renewed.
var ErrRenewing = errors.New("the sign-in is being renewed")

const (
	// renewalLasts is how long the lease on a renewal lasts, and renewalBeat how
	// often it is extended while the renewal goes on: a process that is killed
	// holds up others for no longer than a lease.
	renewalLasts = 6 * time.Second
	renewalBeat  = 2 * time.Second
	// renewalCheck is how often a renewal looks whether another's has ended.
	renewalCheck = 100 * time.Millisecond
	// renewalWait is how long one whose exchange was refused waits for the
	// secret of another process that may have been quicker.
	renewalWait = 10 * time.Second
)

// secret reads the saved secret of an integration. One that is gone is no reason to think
// that anything is wrong with Zendesk or a ticket: CodeUnauthorized.
func (s *renewals) secret(ctx context.Context, in tracker.Integration) (string, error) {
	secret, err := s.Secrets.Secret(ctx, in.ID)
	switch {
	case err == nil:
		return secret, nil
	case tracker.CodeOf(err) != tracker.CodeNotFound:
		return "", fmt.Errorf("secret of integration %d: %w", in.ID, err)
	case s.Team:
		if place, err := s.Secrets.Place(ctx, in.ID); err != nil {
			return "", err
		} else if place == tracker.InKeyring {
			s.Log.Warn("the keyring does not have this user's credentials any more", "integration", in.ID)
			s.lost(in)
		}
		return "", notHere(in)
	}
	e := &tracker.Error{Code: tracker.CodeUnauthorized, Field: "password", Unsent: true, Err: err}
	e.Message = in.Name + " has no saved password or token; edit the integration and enter it again"
	if in.Auth == tracker.AuthOAuth {
		e.Reason, e.Subject, e.Message = tracker.ReasonSignedOut, in.Name, in.Name+" is not signed in"
	}
	return "", e
}

// credentials reads what an integration signs in with.
func (s *renewals) credentials(ctx context.Context, in tracker.Integration) (tracker.Credentials, error) {
	secret, err := s.secret(ctx, in)
	if err != nil {
		return tracker.Credentials{}, err
	}
	return tracker.Credentials{
		Secret: secret,
		Saved:  func(ctx context.Context) (string, error) { return s.secret(ctx, in) },
		Renew: func(ctx context.Context, spent string, exchange tracker.Exchange) (string, error) {
			return s.renew(ctx, in, spent, exchange)
		},
	}, nil
}

// renew implements Renew. Who is killed before the exchange leaves a lease
// that runs out; after the new secret is saved, nothing is lost. In between
// Zendesk alone knows the new secret, which cannot be helped: the user signs in
// again. So that stretch is kept short, and no caller's impatience ends it.
func (s *renewals) renew(ctx context.Context, in tracker.Integration, spent string, exchange tracker.Exchange) (secret string, err error) {
	lease, err := s.leaseRenewal(ctx, in)
	if err != nil {
		return "", err
	}
	ctx = context.WithoutCancel(ctx)
	beating, stop := context.WithCancel(ctx)
	beaten := make(chan struct{})
	go func() {
		defer close(beaten)
		s.extendRenewal(beating, in.ID, lease.Lease)
	}()
	defer func() {
		stop()
		<-beaten
		if freed := s.freeRenewal(ctx, lease); freed != nil {
			s.Log.Error("renewal not released; its lease will run out", "integration", in.ID, "error", freed)
		}
	}()
	if secret, err = s.secret(ctx, in); err != nil || secret != spent {
		return secret, err
	}
	return s.exchange(ctx, in.ID, lease, spent, exchange)
}

// exchange replaces the spent secret. The caller has the lease.
func (s *renewals) exchange(ctx context.Context, id tracker.IntegrationID, lease renewalLease, spent string, exchange tracker.Exchange) (string, error) {
	place, err := s.Secrets.Place(ctx, id)
	if err != nil {
		return "", err
	}
	// A secret that could not be saved would be lost: this proves that it can.
	if err := s.Secrets.Keep(ctx, id, spent, place == tracker.InDatabase); err != nil {
		return "", notKept(err)
	}
	exchanging, cancel := context.WithTimeout(ctx, tracker.RenewalTime)
	defer cancel()
	next, err := exchange(exchanging, spent)
	if tracker.CodeOf(err) == tracker.CodeUnauthorized {
		if secret, ok := s.renewedElsewhere(ctx, id, lease, spent); ok {
			return secret, nil
		}
	}
	if err != nil {
		return "", err
	}
	if err := s.Secrets.Keep(ctx, id, next, place == tracker.InDatabase); err != nil {
		return "", notKept(err)
	}
	return next, nil
}

// renewedElsewhere reads the saved secret again after the spent one was
// refused: where the lease ran out, its old or new holder may have been quicker
// and is about to save what it got.
func (s *renewals) renewedElsewhere(ctx context.Context, id tracker.IntegrationID, lease renewalLease, spent string) (secret string, ok bool) {
	waiting, cancel := context.WithTimeout(ctx, renewalWait)
	defer cancel()
	tick := time.NewTicker(renewalCheck)
	defer tick.Stop()
	for {
		if secret, err := s.Secrets.Secret(ctx, id); err == nil && secret != spent {
			return secret, true
		}
		if !lease.takenOver && s.holdsRenewal(ctx, lease) {
			return "", false
		}
		select {
		case <-waiting.Done():
			return "", false
		case <-tick.C:
		}
	}
}

func notKept(err error) error {
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Field: "password", Unsent: true, Err: err,
		Message: "the renewed sign-in could not be saved: " + err.Error(),
	}
}

// renewalLease is one process's right to renew a secret.
type renewalLease struct {
	tracker.Lease
	// takenOver is true when the one before ran out: its holder may live on.
	takenOver bool
}

// leaseRenewal waits until nobody else renews the secret.
func (s *renewals) leaseRenewal(ctx context.Context, in tracker.Integration) (renewalLease, error) {
	tick := time.NewTicker(renewalCheck)
	defer tick.Stop()
	for {
		mine, ok, err := s.claimRenewal(ctx, in.ID)
		if ok || err != nil && ctx.Err() == nil {
			return mine, err
		}
		select {
		case <-ctx.Done():
			return renewalLease{}, &tracker.Error{
				Code: tracker.CodeUnavailable, Unsent: true, Err: errors.Join(ErrRenewing, ctx.Err()),
				Message: fmt.Sprintf("another storydesk is still renewing the sign-in of %s; try again in a moment", in.Name),
			}
		case <-tick.C:
		}
	}
}

func (s *renewals) claimRenewal(ctx context.Context, id tracker.IntegrationID) (mine renewalLease, ok bool, err error) {
	err = s.Store.Write(ctx, func(w tracker.Writer) error {
		now := s.Now()
		mine.Lease = tracker.Lease{Name: fmt.Sprintf("renewal/%d", id), Holder: s.NewID(), Until: now.Add(renewalLasts)}
		before, claimed, err := w.ClaimLease(mine.Lease, now)
		mine.takenOver, ok = before.Holder != "", claimed
		return err
	})
	return mine, ok && err == nil, err
}

// extendRenewal extends a lease until ctx ends. Where that fails the lease may
// run out, which exchange can cope with.
func (s *renewals) extendRenewal(ctx context.Context, id tracker.IntegrationID, mine tracker.Lease) {
	tick := time.NewTicker(renewalBeat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		mine.Until = s.Now().Add(renewalLasts)
		err := s.Store.Write(ctx, func(w tracker.Writer) error { return w.ExtendLease(mine) })
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("the lease on a renewal was not extended", "integration", id, "error", err)
		}
	}
}

// holdsRenewal reports whether a lease has not passed to another.
func (s *renewals) holdsRenewal(ctx context.Context, mine renewalLease) bool {
	var held tracker.Lease
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		held, err = r.Lease(mine.Name)
		return err
	})
	return err == nil && held.Holder == mine.Holder
}

// freeRenewal ends a lease unless it has passed to another.
func (s *renewals) freeRenewal(ctx context.Context, mine renewalLease) error {
	return s.Store.Write(ctx, func(w tracker.Writer) error { return w.EndLease(mine.Lease) })
}
