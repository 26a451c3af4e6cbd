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
		"storydesk-crash-zendesk":  crashZendesk,
		"xdg-open":                 browse,
	})
}

// crashBrowser runs storydesk with a browser that panics, crashZendesk with a
// Zendesk client that does.
func crashBrowser() {
	d := wiring.Dependencies(keyringtest.Broken(errors.New("no keyring in tests")))
	d.OpenBrowser = func(string) error { panic("a crash in the browser") }
	os.Exit(cli.Run(context.Background(), d))
}

func crashZendesk() {
	d := wiring.Dependencies(keyringtest.Broken(errors.New("no keyring in tests")))
	working := d.NewZendesk
	d.NewZendesk = func(log *slog.Logger) tracker.Zendesk { return crashing{working(log)} }
	os.Exit(cli.Run(context.Background(), d))
}

// crashing is a Zendesk client whose accounts cannot be opened without a panic.
type crashing struct{ tracker.Zendesk }

func (crashing) Open(tracker.Integration, tracker.Credentials) (tracker.Account, error) {
	panic("a crash in the Zendesk client")
}
