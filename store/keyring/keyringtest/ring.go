// Package keyringtest has a keyring in memory for tests, and the contract that
// it and the system's own must pass.
package keyringtest

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"storydesk/store/keyring"
)

// maxSecret is the longest secret in bytes, that of Windows' keyring.
const maxSecret = 2560

// Ring is a keyring in memory. It is safe for concurrent use.
type Ring struct {
	mu      sync.Mutex
	entries map[string]string
	calls   int
	before  func(call string) error
}

var _ keyring.Ring = (*Ring)(nil)

// New returns an empty keyring that works.
func New() *Ring { return &Ring{entries: make(map[string]string)} }

// Broken returns one that fails with err, as where the system has none.
func Broken(err error) *Ring {
	r := New()
	r.Before(func(string) error { return err })
	return r
}

// Before runs fn before every call, "get", "set" or "delete". The call waits
// for it, and fails with its error where there is one.
func (r *Ring) Before(fn func(call string) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.before = fn
}

// Calls returns how often the keyring was asked.
func (r *Ring) Calls() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.calls
}

// Secrets lists the secrets that are saved.
func (r *Ring) Secrets() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Sorted(maps.Values(r.entries))
}

// Get implements keyring.Ring.
func (r *Ring) Get(service, user string) (secret string, err error) {
	err = r.do("get", func() error {
		var ok bool
		if secret, ok = r.entries[key(service, user)]; !ok {
			return keyring.ErrNotFound
		}
		return nil
	})
	return secret, err
}

// Set implements keyring.Ring.
func (r *Ring) Set(service, user, secret string) error {
	return r.do("set", func() error {
		if len(secret) > maxSecret {
			return keyring.ErrTooLong
		}
		r.entries[key(service, user)] = secret
		return nil
	})
}

// Delete implements keyring.Ring.
func (r *Ring) Delete(service, user string) error {
	return r.do("delete", func() error {
		if _, ok := r.entries[key(service, user)]; !ok {
			return keyring.ErrNotFound
		}
		delete(r.entries, key(service, user))
		return nil
	})
}

func (r *Ring) do(call string, fn func() error) error {
	r.mu.Lock()
	r.calls++
	before := r.before
	r.mu.Unlock()
	if before != nil {
		if err := before(call); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return fn()
}

func key(service, user string) string { return service + "\x00" + user }

// Run tests the contract of a keyring that works. It leaves no entry behind.
func Run(t *testing.T, ring keyring.Ring) {
	t.Helper()
	const service, user, other = "storydesk-test", "one", "other"
	get := func(user, want string) {
		t.Helper()
		if got, err := ring.Get(service, user); got != want || err != nil {
			t.Errorf("Get(%s) = %q (%v), want %q", user, got, err, want)
		}
	}
	missing := func(what string, err error) {
		t.Helper()
		if !errors.Is(err, keyring.ErrNotFound) {
			t.Errorf("%s: %v, want not found", what, err)
		}
	}
	_, err := ring.Get(service, user)
	missing("Get of none", err)
	missing("Delete of none", ring.Delete(service, user))
	long := strings.Repeat("é", maxSecret/2)
	for _, secret := range []string{"first", "sécond\n'\"`$(x)\\", long} {
		if err := ring.Set(service, user, secret); err != nil {
			t.Fatalf("Set: %v", err)
		}
		get(user, secret)
	}
	_, err = ring.Get(service, other)
	missing("Get of another", err)
	_, err = ring.Get("another service", user)
	missing("Get of another service", err)
	if err := ring.Set(service, other, "theirs"); err != nil {
		t.Fatalf("Set: %v", err)
	}
	get(user, long)
	get(other, "theirs")
	for _, user := range []string{user, other} {
		if err := ring.Delete(service, user); err != nil {
			t.Errorf("Delete: %v", err)
		}
		_, err = ring.Get(service, user)
		missing("Get of a deleted one", err)
	}
}
