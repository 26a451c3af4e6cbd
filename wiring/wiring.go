package wiring

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/adrg/xdg"
	"github.com/cli/browser"

	"storydesk/store"
	"storydesk/store/keyring"
	"storydesk/tracker"
	"storydesk/ui/cli"
	"storydesk/ui/cli/session"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// Run runs the program once, with a keyring for the secrets, and returns its exit
// code.
func Run(ring keyring.Ring) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	return cli.Run(ctx, Dependencies(ring))
}

// Dependencies are those of the real program, with a keyring for the secrets.
func Dependencies(ring keyring.Ring) session.Dependencies {
	build := session.ReadBuild()
	return session.Dependencies{
		Args:            os.Args[1:],
		In:              os.Stdin,
		Out:             os.Stdout,
		Err:             os.Stderr,
		Build:           build,
		DatabasePath:    filepath.Join(xdg.DataHome, "storydesk", "storydesk.db"),
		LogPath:         filepath.Join(xdg.StateHome, "storydesk", "storydesk.log"),
		OpenDatabase:    func(ctx context.Context, path string) (session.Database, error) { return openDatabase(ctx, path, ring) },
		InspectDatabase: store.Inspect,
		OpenDemo:        openDemo,
		NewZendesk: func(log *slog.Logger) tracker.Zendesk {
			return zendesk.New(zendesk.Config{Version: build.Version, Log: log, CAFile: os.Getenv("STORYDESK_CA_FILE")})
		},
		StartSandbox: startSandbox,
		OpenBrowser:  openBrowser,
	}
}

// openDatabase keeps secrets in the keyring, or with consent in the database.
func openDatabase(ctx context.Context, path string, ring keyring.Ring) (session.Database, error) {
	db, err := store.Open(ctx, path)
	if err != nil {
		return session.Database{}, err
	}
	return session.Database{Store: db, Secrets: keyring.New(ring, db, db.Secrets()), Close: db.Close}, nil
}

// openDemo keeps secrets in the database.
func openDemo(ctx context.Context, path string) (session.Database, error) {
	db, err := store.Open(ctx, path)
	if err != nil {
		return session.Database{}, err
	}
	return session.Database{Store: db, Secrets: db.Secrets(), Close: db.Close}, nil
}

func startSandbox(ctx context.Context, o session.SandboxOptions) (session.Sandbox, error) {
	box, err := sandbox.Open(sandbox.Options{StatePath: o.StatePath})
	if err != nil {
		return session.Sandbox{}, err
	}
	url, err := box.Listen(ctx, o.Address)
	if err != nil {
		return session.Sandbox{}, errors.Join(err, box.Close()) //nolint:contextcheck // closing must not end with ctx
	}
	return session.Sandbox{
		URL: url, Email: sandbox.Email, Password: sandbox.Password, Token: sandbox.Token,
		View: tracker.ViewID(sandbox.ViewUnresolved), Close: box.Close,
	}, nil
}

// openBrowser shows an address in the user's browser, which must not write to
// the terminal.
func openBrowser(url string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenURL(url)
}
