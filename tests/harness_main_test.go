package tests

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"storydesk/store/keyring"
	"storydesk/store/keyring/keyringtest"
	"storydesk/tracker"
	"storydesk/ui/cli"
	"storydesk/wiring"
)

// TestMain lets this binary be storydesk itself when it runs under that name,
// on a machine without a keyring. Under another name it has the system's own,
// which a test must first take the place of, or panics somewhere.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"storydesk":                func() { os.Exit(wiring.Run(keyringtest.Broken(errors.New("no keyring in tests")))) },
		"storydesk-system-keyring": func() { os.Exit(wiring.Run(keyring.System{})) },
		"storydesk-crash-browser":  crashBrowser,
		"storydesk-crash-desks":    crashDesks,
		"xdg-open":                 browse,
	})
}

// crashBrowser runs storydesk with a browser that panics, crashDesks with help
// desks that do.
func crashBrowser() {
	d := wiring.Dependencies(keyringtest.Broken(errors.New("no keyring in tests")))
	d.OpenBrowser = func(string) error { panic("a browser's mistake") }
	os.Exit(cli.Run(context.Background(), d))
}

func crashDesks() {
	d := wiring.Dependencies(keyringtest.Broken(errors.New("no keyring in tests")))
	sound := d.NewDesks
	d.NewDesks = func(log *slog.Logger) tracker.Zendesk { return crashing{sound(log)} }
	os.Exit(cli.Run(context.Background(), d))
}

// crashing are help desks that cannot be opened without a panic.
type crashing struct{ tracker.Zendesk }

func (crashing) Open(tracker.Integration, tracker.Credentials) (tracker.Account, error) {
	panic("a desk's mistake")
}
