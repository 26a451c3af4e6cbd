package tests

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"storydesk/feed"
	"storydesk/scripts/terminal"
	"storydesk/store"
	"storydesk/store/keyring"
	"storydesk/store/keyring/keyringtest"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/cli"
	"storydesk/ui/cli/session"
	"storydesk/usecases"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// TestMain builds the program before the tests run. This binary itself runs under
// other names as a browser, and as storydesk with a part that panics.
func TestMain(m *testing.M) {
	testscript.Main(withProgram{m}, map[string]func(){
		"storydesk-crash-browser": crashBrowser,
		"storydesk-crash-zendesk": crashZendesk,
		"xdg-open":                browse,
	})
}

// withProgram runs tests that find the real program as storydesk.
type withProgram struct{ m *testing.M }

// Run builds the program, runs the tests and returns their exit code.
func (p withProgram) Run() int {
	folder, err := os.MkdirTemp("", "storydesk-tests-")
	if err == nil {
		defer os.RemoveAll(folder)
		err = build(folder)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return postgrestest.Main(p.m)
}

// build builds the program in a folder in which commands are looked for first. It is
// the same from every checkout, and finds races where the tests do.
func build(folder string) error {
	flags := []string{"-buildvcs=false"}
	if raced {
		flags = append(flags, "-race")
	}
	if _, err := terminal.Build(context.Background(), folder, flags...); err != nil {
		return err
	}
	return os.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// crashBrowser runs storydesk's demo with a browser that panics, crashZendesk with a
// Zendesk client that does.
func crashBrowser() {
	d := parts(keyringtest.New())
	d.OpenBrowser = func(string) error { panic("a crash in the browser") }
	os.Exit(cli.Run(context.Background(), d, usecases.New))
}

func crashZendesk() {
	d := parts(keyringtest.New())
	working := d.NewZendesk
	d.NewZendesk = func(log *slog.Logger) tracker.Zendesk { return crashing{working(log)} }
	os.Exit(cli.Run(context.Background(), d, usecases.New))
}

// crashing is a Zendesk client whose accounts cannot be opened without a panic.
type crashing struct{ tracker.Zendesk }

func (crashing) Open(tracker.Integration, tracker.Credentials) (tracker.Account, error) {
	panic("a crash in the Zendesk client")
}

// parts are what a program of the tests is put together from, where one of its parts
// is to be another than the real program's.
func parts(ring keyring.Ring) session.Dependencies {
	return session.Dependencies{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		LogPath: os.Getenv("XDG_STATE_HOME") + "/storydesk/storydesk.log",
		OpenDatabase: func(ctx context.Context, path string) (session.Database, error) {
			db, err := store.Open(ctx, path)
			if err != nil {
				return session.Database{}, err
			}
			return session.Database{Store: db, Secrets: keyring.New(ring, db, db.Secrets()), Files: db.Files(), Close: db.Close}, nil
		},
		OpenDemo: func(ctx context.Context, path string) (session.Database, error) {
			db, err := store.Open(ctx, path)
			if err != nil {
				return session.Database{}, err
			}
			return session.Database{Store: db, Secrets: db.Secrets(), Files: db.Files(), Close: db.Close}, nil
		},
		NewFeeds:     func(log *slog.Logger) kind.Feeds { return feed.New(feed.Config{Log: log}) },
		NewZendesk:   func(log *slog.Logger) tracker.Zendesk { return zendesk.New(zendesk.Config{Log: log}) },
		StartSandbox: startSandbox,
	}
}

func startSandbox(ctx context.Context, o session.SandboxOptions) (session.Sandbox, error) {
	box, err := sandbox.Open(sandbox.Options{StatePath: o.StatePath})
	if err != nil {
		return session.Sandbox{}, err
	}
	url, err := box.Listen(ctx, o.Address)
	return session.Sandbox{
		URL: url, Email: sandbox.Email, Password: sandbox.Password, Token: sandbox.Token,
		View: tracker.ViewID(sandbox.ViewUnresolved), Close: box.Close,
	}, err
}
