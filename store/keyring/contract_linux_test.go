package keyring_test

import (
	"os"
	"path/filepath"
	"testing"

	"storydesk/store/keyring"
	"storydesk/store/keyring/keyringtest"
	"storydesk/store/storetest"
	"storydesk/tracker"
)

// TestSystem tests the system's own keyring: with STORYDESK_TEST_KEYRING set
// the one on the bus of this session, which must be unlocked and for the test
// alone, else a machine without a bus.
func TestSystem(t *testing.T) {
	ring, wanted := keyring.System{}, os.Getenv("STORYDESK_TEST_KEYRING") != ""
	if wanted {
		keyringtest.Run(t, ring)
	} else {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	}
	storetest.RunSecrets(t, func(t *testing.T) (tracker.Store, tracker.Secrets) {
		w := newWorld(t, keyringtest.New())
		db, _ := w.open(filepath.Join(t.TempDir(), "empty.db"))
		secrets := keyring.New(ring, db, db.Secrets())
		if got := secrets.HasKeyring(t.Context()); got != wanted {
			t.Fatalf("a keyring answers: %v, want %v", got, wanted)
		}
		return db, secrets
	})
}
