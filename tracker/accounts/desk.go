package accounts

import (
	"context"
	"maps"
	"slices"

	"storydesk/tracker"
)

type openDesk struct {
	version int64
	host    string
	desk    tracker.Desk
	// claimed is true once it was looked at what it says of its own host.
	claimed bool
}

// Desk returns the opened account of an integration, opening it when the
// integration has changed since.
func (s *opened) Desk(ctx context.Context, in tracker.Integration) (tracker.Desk, error) {
	s.mu.Lock()
	have, ok := s.desks[in.ID]
	s.mu.Unlock()
	if ok && have.version == in.Version {
		return have.desk, nil
	}
	credentials, err := s.credentials(ctx, in)
	if err != nil {
		return nil, err
	}
	desk, err := s.Desks.Open(in, credentials)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.desks[in.ID] = openDesk{version: in.Version, host: in.Host, desk: desk}
	return desk, nil
}

// CloseDesks forgets the accounts of integrations that were removed.
func (s *opened) CloseDesks(left []tracker.Integration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.desks, func(id tracker.IntegrationID, _ openDesk) bool {
		return !slices.ContainsFunc(left, func(in tracker.Integration) bool { return in.ID == id })
	})
}
