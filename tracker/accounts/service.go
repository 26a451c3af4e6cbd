// Package accounts holds the use cases of integrations: setting one up, testing
// it, its secret and its sign-in, and the opened account that all others use.
//
// Invariants:
//   - A secret goes to its account's host only, and is in no log and no error.
//   - A token is exchanged by one process at a time, and saved before it is used.
//   - Integrations with one account have one host, whatever address was typed.
package accounts

import (
	"sync"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
)

// Service is the use cases of integrations: their settings, secrets and sign-ins.
type Service struct {
	*opened
}

// New returns the use cases of integrations.
func New(k *kernel.Kernel) *Service {
	o := &opened{accounts: make(map[tracker.IntegrationID]openAccount), own: make(map[tracker.IntegrationID]ownCredentials)}
	o.renewals = &renewals{Kernel: k, lost: o.loseOwn}
	return &Service{o}
}

// opened holds the opened accounts.
type opened struct {
	*renewals
	mu sync.Mutex
	// accounts is by integration; one stands for as long as the integration's version.
	accounts map[tracker.IntegrationID]openAccount
	// own are the credentials that this user alone has.
	own map[tracker.IntegrationID]ownCredentials
}

// renewals reads secrets and exchanges those that are spent, in one process at
// a time.
type renewals struct {
	*kernel.Kernel
	// lost is told of a user's own credentials that the keyring does not have any more.
	lost func(tracker.Integration)
}
