package tests

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestSystemKeyring runs the program with the system's keyring: with
// STORYDESK_TEST_KEYRING set on the bus of this session, which must have an
// unlocked keyring for the test alone, else on a machine without a bus.
func TestSystemKeyring(t *testing.T) {
	script := "testdata/keyring/absent.txtar"
	if os.Getenv("STORYDESK_TEST_KEYRING") != "" {
		script = "testdata/keyring/present.txtar"
	}
	testscript.Run(t, testscript.Params{
		Files:               []string{script},
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			bus := "unix:path=" + env.WorkDir + "/no-bus"
			if os.Getenv("STORYDESK_TEST_KEYRING") != "" {
				bus = os.Getenv("DBUS_SESSION_BUS_ADDRESS")
			}
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", bus)
			return atHome(env)
		},
		Cmds: commands(),
	})
}
