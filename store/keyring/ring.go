package keyring

import "github.com/zalando/go-keyring"

// service is the name under which all entries stand in a keyring.
const service = "storydesk"

// Ring is a keyring. Get and Delete fail with [ErrNotFound] when there is no
// such entry, Set with [ErrTooLong]; any other error means that it does not work.
type Ring interface {
	Get(service, user string) (string, error)
	// Set adds an entry or replaces its secret.
	Set(service, user, secret string) error
	Delete(service, user string) error
}

// The errors of a keyring that works.
var (
	ErrNotFound = keyring.ErrNotFound
	// ErrTooLong is for a secret that does not fit: Windows takes 2,560 bytes,
	// macOS some 3,000 (https://pkg.go.dev/github.com/zalando/go-keyring#pkg-variables).
	ErrTooLong = keyring.ErrSetDataTooBig
)

// System is the keyring of the operating system: Secret Service on Linux and
// BSD, Keychain on macOS, Credential Manager on Windows.
type System struct{}

var _ Ring = System{}

// Get implements Ring.
func (System) Get(service, user string) (string, error) {
	if err := findBus(); err != nil {
		return "", err
	}
	return keyring.Get(service, user)
}

// Set implements Ring.
func (System) Set(service, user, secret string) error {
	if err := findBus(); err != nil {
		return err
	}
	return keyring.Set(service, user, secret)
}

// Delete implements Ring.
func (System) Delete(service, user string) error {
	if err := findBus(); err != nil {
		return err
	}
	return keyring.Delete(service, user)
}
