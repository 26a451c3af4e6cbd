// Storydesk shows the tickets of a Zendesk view beside a prioritised backlog,
// in the terminal. This file alone knows the concrete types behind the interfaces
// of tracker and the command line's dependencies; package usecases makes the use cases.
package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/adrg/xdg"
	"github.com/cli/browser"

	"storydesk/feed"
	feedsandbox "storydesk/feed/sandbox"
	"storydesk/monitor"
	"storydesk/store"
	"storydesk/store/copying"
	"storydesk/store/describe"
	"storydesk/store/inspect"
	"storydesk/store/keyring"
	"storydesk/store/local"
	"storydesk/store/restore"
	"storydesk/store/sqlite"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli"
	"storydesk/ui/cli/session"
	"storydesk/usecases"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

func main() { os.Exit(run()) }

// A start makes little garbage: to look for it among what the first screen needs takes
// a fifth of the processor's time until the rows are there. For startTime the heap is
// collected when it reaches startHeap, and as Go does by itself afterwards.
const (
	startTime = time.Second
	startHeap = 32 << 20 // bytes
)

// collectLater puts the first collections of garbage off.
func collectLater() {
	usual := debug.SetGCPercent(-1)
	if usual < 0 {
		return // GOGC=off
	}
	limit := debug.SetMemoryLimit(-1)
	debug.SetMemoryLimit(min(limit, startHeap))
	time.AfterFunc(startTime, func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(usual)
		debug.FreeOSMemory() // what was needed for the first screen alone goes back to the system
	})
}

// run runs the program once and returns its exit code.
func run() int {
	collectLater()
	d := dependencies()
	ctx, stop := untilAsked(d.Lent)
	defer stop()
	return cli.Run(ctx, d, usecases.New)
}

// untilAsked returns a context that ends when the process is asked to end; asked a
// second time, the process ends at once. While the terminal is lent to a command of the
// user's, an interruption is for that.
func untilAsked(lent *atomic.Int32) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		for {
			select {
			case s := <-asked:
				if s == os.Interrupt && lent.Load() > 0 {
					continue
				}
				cancel()
			case <-ctx.Done():
			}
			signal.Stop(asked)
			return
		}
	}()
	return ctx, cancel
}

// dependencies are what the command line needs.
func dependencies() session.Dependencies {
	build := session.ReadBuild()
	build.SQLite = sqlite.Version()
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
		InspectDatabase: inspectDatabase,
		Storage:         session.Storage{Backup: sqlite.Backup, Summarize: restore.Summarize, Restore: restore.Restore, CopyAll: copying.Copy, Describe: describe.Describe},
		OpenDemo:        openDemo,
		NewZendesk: func(log *slog.Logger) tracker.Zendesk {
			return zendesk.New(zendesk.Config{Version: build.Version, Log: log, CAFile: os.Getenv("STORYDESK_CA_FILE")})
		},
		NewFeeds: func(log *slog.Logger) kind.Feeds {
			return feed.New(feed.Config{Version: build.Version, Log: log, CAFile: os.Getenv("STORYDESK_CA_FILE")})
		},
		NewMonitor:   func() session.Monitor { return monitor.New(build.Version) },
		StartSandbox: startSandbox,
		OpenBrowser:  openBrowser,
		Lent:         new(atomic.Int32),
	}
}

// openDatabase keeps secrets in the system's keyring, or with consent in the database.
func openDatabase(ctx context.Context, path string) (session.Database, error) {
	if session.IsServer(path) {
		s, err := store.OpenServer(ctx, path)
		if err != nil {
			return session.Database{}, err
		}
		own, err := local.New(ctx, s, s, local.NewFile(local.Path(filepath.Join(xdg.StateHome, "storydesk"), s.Key())), session.Self)
		if err != nil {
			return session.Database{}, errors.Join(err, s.Close())
		}
		return session.Database{Store: own, Secrets: keyring.New(keyring.System{}, own, s.Secrets()), Files: s.Files(nearFiles()), Presence: s, Team: true, Close: s.Close}, nil
	}
	db, err := store.Open(ctx, path)
	if err != nil {
		return session.Database{}, err
	}
	return session.Database{Store: db, Secrets: keyring.New(keyring.System{}, db, db.Secrets()), Files: db.Files(), Close: db.Close}, nil
}

// nearFiles is the folder for attachments that are on their way to or from a server.
func nearFiles() string { return filepath.Join(xdg.CacheHome, "storydesk", "files") }

// inspectDatabase checks a file, or the database on a server.
func inspectDatabase(ctx context.Context, path string) verdict.StorageReport {
	if session.IsServer(path) {
		return store.InspectServer(ctx, path)
	}
	return inspect.File(ctx, path)
}

// openDemo keeps secrets in the database.
func openDemo(ctx context.Context, path string) (session.Database, error) {
	if session.IsServer(path) {
		s, err := store.OpenServer(ctx, path)
		if err != nil {
			return session.Database{}, err
		}
		return session.Database{Store: s, Secrets: s.Secrets(), Files: s.Files(nearFiles()), Presence: s, Close: s.Close}, nil
	}
	db, err := store.Open(ctx, path)
	if err != nil {
		return session.Database{}, err
	}
	return session.Database{Store: db, Secrets: db.Secrets(), Files: db.Files(), Close: db.Close}, nil
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
	list := feedsandbox.New(feedsandbox.Mode{})
	feedURL, err := list.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		return session.Sandbox{}, errors.Join(err, box.Close()) //nolint:contextcheck // closing must not end with ctx
	}
	return session.Sandbox{
		URL: url, Email: sandbox.Email, Password: sandbox.Password, Token: sandbox.Token,
		View:  tracker.ViewID(sandbox.ViewUnresolved),
		Feed:  session.Feed{URL: feedURL + feedsandbox.Path, Base: feedURL + feedsandbox.Pages, User: feedsandbox.User, Password: feedsandbox.Password},
		Close: func() error { return errors.Join(list.Close(), box.Close()) }, //nolint:contextcheck // closing must not end with ctx
		Happen: func(ticket tracker.TicketID, status, says string) error {
			if box.Happened(int64(ticket), status, says) {
				return nil
			}
			return box.Edit(sandbox.Edit{Ticket: int64(ticket), Status: status, Comment: says, Customer: says != ""})
		},
	}, nil
}

// openBrowser shows an address in the user's browser, which must not write to
// the terminal.
func openBrowser(url string) error {
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenURL(url)
}
