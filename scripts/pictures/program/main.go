// Program is storydesk's demo at a fixed time of a fixed day, so that pictures of it are the
// same whenever they are taken. All else is the real program's.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/adrg/xdg"

	"storydesk/feed"
	"storydesk/store"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/cli"
	"storydesk/ui/cli/session"
	"storydesk/usecases"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	now := clock()
	code := cli.Run(ctx, dependencies(now), usecases.At(now))
	stop()
	os.Exit(code)
}

// step is how far the clock goes when it is told to: longer than a comment waits.
const step = 5 * time.Second

// slowly is how many times longer a second takes on the clock: long enough that nothing on
// the screen counts while pictures are taken, while what comes later is later.
const slowly = 50

// clock stands in the afternoon of a Saturday and goes slowly until the process gets
// SIGUSR1; then it goes one step.
func clock() func() time.Time {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGUSR1)
	begun := time.Now()
	var passed atomic.Int64
	go func() {
		for range told {
			passed.Add(int64(step))
		}
	}()
	return func() time.Time {
		return time.Date(2026, time.November, 28, 14, 0, 0, 0, time.Local).
			Add(time.Duration(passed.Load()) + time.Since(begun)/slowly)
	}
}

func dependencies(now func() time.Time) session.Dependencies {
	return session.Dependencies{
		Args: os.Args[1:], In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Build:        session.Build{Version: "dev"},
		LogPath:      filepath.Join(xdg.StateHome, "storydesk", "storydesk.log"),
		ConfigFolder: xdg.ConfigHome,
		OpenDemo: func(ctx context.Context, path string) (session.Database, error) {
			db, err := store.Open(ctx, path)
			if err != nil {
				return session.Database{}, err
			}
			return session.Database{Store: db, Secrets: db.Secrets(), Files: db.Files(), Close: db.Close}, nil
		},
		NewZendesk: func(log *slog.Logger) tracker.Zendesk { return zendesk.New(zendesk.Config{Log: log}) },
		NewFeeds:   func(log *slog.Logger) kind.Feeds { return feed.New(feed.Config{Log: log}) },
		StartSandbox: func(ctx context.Context, o session.SandboxOptions) (session.Sandbox, error) {
			return startSandbox(ctx, o, now)
		},
		Lent: new(atomic.Int32),
	}
}

func startSandbox(ctx context.Context, o session.SandboxOptions, now func() time.Time) (session.Sandbox, error) {
	box, err := sandbox.Open(sandbox.Options{StatePath: o.StatePath, Now: now})
	if err != nil {
		return session.Sandbox{}, err
	}
	url, err := box.Listen(ctx, o.Address)
	return session.Sandbox{
		URL: url, Email: sandbox.Email, Password: sandbox.Password, Token: sandbox.Token,
		View: tracker.ViewID(sandbox.ViewUnresolved), Close: box.Close,
		Happen: func(ticket tracker.TicketID, status, says string) error {
			if box.Happened(int64(ticket), status, says) {
				return nil
			}
			return box.Edit(sandbox.Edit{Ticket: int64(ticket), Status: status, Comment: says, Customer: says != ""})
		},
	}, err
}
