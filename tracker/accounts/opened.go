package accounts

import (
	"context"
	"maps"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

type openAccount struct {
	version int64
	host    string
	account tracker.Account
	// claimed is true once it was looked at what it says of its own host.
	claimed bool
}

// Account returns the opened account of an integration, opening it when the
// integration has changed since. CodeRefused where its kind has none.
func (s *opened) Account(ctx context.Context, in tracker.Integration) (tracker.Account, error) {
	if !kind.Of(in).Asks {
		return nil, kind.Refused(in, "only its list can be read, and nothing is sent to it")
	}
	s.mu.Lock()
	have, ok := s.accounts[in.ID]
	s.mu.Unlock()
	if ok && have.version == in.Version {
		return have.account, nil
	}
	place, err := s.Secrets.Place(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if s.rejected(in) {
		return nil, notHere(in)
	}
	credentials, err := s.credentials(ctx, in)
	if err != nil {
		return nil, err
	}
	user, err := s.asUser(ctx, in)
	if err != nil {
		return nil, err
	}
	account, err := s.Zendesk.Open(user, credentials)
	if err != nil {
		return nil, err
	}
	s.readOwn(in, place)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts[in.ID] = openAccount{version: in.Version, host: in.Host, account: account}
	return account, nil
}

// CloseAccounts closes the accounts of integrations that were removed.
func (s *opened) CloseAccounts(left []tracker.Integration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.accounts, func(id tracker.IntegrationID, _ openAccount) bool {
		return !slices.ContainsFunc(left, func(in tracker.Integration) bool { return in.ID == id })
	})
}
