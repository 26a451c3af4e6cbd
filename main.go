// Storydesk shows the tickets of a Zendesk view beside a prioritised backlog,
// in the terminal. This file alone knows the concrete types behind the interfaces
// of tracker and the command line's dependencies.
package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/adrg/xdg"
	"github.com/cli/browser"
	"github.com/google/uuid"

	"storydesk/store"
	"storydesk/store/keyring"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/ui"
	"storydesk/ui/cli"
	"storydesk/ui/cli/session"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

func main() { os.Exit(run()) }

// run runs the program once and returns its exit code.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	return cli.Run(ctx, dependencies(), useCases)
}

// dependencies are what the command line needs.
func dependencies() session.Dependencies {
	build := session.ReadBuild()
	return session.Dependencies{
		Args:            os.Args[1:],
		In:              os.Stdin,
		Out:             os.Stdout,
		Err:             os.Stderr,
		Build:           build,
		DatabasePath:    filepath.Join(xdg.DataHome, "storydesk", "storydesk.db"),
		LogPath:         filepath.Join(xdg.StateHome, "storydesk", "storydesk.log"),
		ConfigFolder:    xdg.ConfigHome,
		OpenDatabase:    openDatabase,
		InspectDatabase: store.Inspect,
		OpenDemo:        openDemo,
		NewZendesk: func(log *slog.Logger) tracker.Zendesk {
			return zendesk.New(zendesk.Config{Version: build.Version, Log: log, CAFile: os.Getenv("STORYDESK_CA_FILE")})
		},
		StartSandbox: startSandbox,
		OpenBrowser:  openBrowser,
	}
}

// useCases makes the use cases on an open database.
func useCases(c session.Config) cli.UseCases {
	e := engine.New(kernel.Config{
		Store: c.Store, Choices: c.Choices, Zendesk: c.Zendesk, Secrets: c.Secrets, User: c.User, Grace: c.Grace, QuietWindow: c.QuietWindow,
		Now: time.Now, NewID: uuid.NewString, Log: c.Log,
	})
	return cli.UseCases{
		Engine: e, Board: e.Board, Stories: e.Stories, Triage: e.Triage, Views: e.Views, Accounts: e.Accounts, Outbox: e.Outbox, Settings: e.Settings,
		Projects: e.Projects, Conversation: e.Conversation, Checkup: e.Checkup, Courier: e.Courier,
		Subscribe: func() ui.Feed { return e.Subscribe() }, Now: e.Now,
	}
}

// openDatabase keeps secrets in the system's keyring, or with consent in the database.
func openDatabase(ctx context.Context, path string) (session.Database, error) {
	db, err := store.Open(ctx, path)
	if err != nil {
		return session.Database{}, err
	}
	return session.Database{Store: db, Secrets: keyring.New(keyring.System{}, db, db.Secrets()), Close: db.Close}, nil
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
