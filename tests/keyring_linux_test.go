package tests

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
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
			if err := atHome(env); err != nil || os.Getenv("STORYDESK_TEST_KEYRING") == "" {
				return err
			}
			env.Setenv("NO_BUS", env.Getenv("DBUS_SESSION_BUS_ADDRESS"))
			env.Setenv("BUS", os.Getenv("DBUS_SESSION_BUS_ADDRESS"))
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", env.Getenv("BUS"))
			return nil
		},
		Cmds: commands(),
	})
}

// The demo's secrets stay in its database, on a machine with a keyring too.
func TestTheDemoLeavesTheKeyringAlone(t *testing.T) {
	home := t.TempDir()
	path, asked := bus(t)
	env := []string{"DBUS_SESSION_BUS_ADDRESS=unix:path=" + path}
	x := startWith(t, env, 120, 30, home, "demo")
	x.sees("1 Tickets", "s ago")
	x.press("q")
	x.leaves(0)
	if n := asked.Load(); n > 0 {
		t.Errorf("the demo asked the keyring %d times", n)
	}
	cmd := exec.Command(program(t), "integration", "add", "--name", "Support", "--url", "acme", "--email", "ada@acme.com",
		"--view", "1", "--password-stdin", "--no-test")
	cmd.Env, cmd.Stdin = append(environment(home), env...), strings.NewReader("sekret")
	if out, err := cmd.CombinedOutput(); err == nil || asked.Load() == 0 {
		t.Errorf("a secret outside the demo was not for the keyring: %v\n%s", err, out)
	}
}

// bus is a session bus that ends every connection; asked counts them.
func bus(t *testing.T) (path string, asked *atomic.Int32) {
	t.Helper()
	path, asked = filepath.Join(t.TempDir(), "bus"), new(atomic.Int32)
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			asked.Add(1)
			connection.Close()
		}
	}()
	return path, asked
}
