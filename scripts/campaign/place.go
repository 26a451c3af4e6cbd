package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"storydesk/store"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/kernel"
)

// place is where the campaign's database is: a file, or a server of the campaign's own, which
// the workers reach through a proxy.
type place struct {
	// direct is the database as the campaign itself opens it, through as the workers do.
	direct, through string
	// server and proxy are nil for a file.
	server *postgrestest.Alone
	proxy  *postgrestest.Proxy
	// ending is held while the server is down, and ends counts how often it went.
	ending sync.Mutex
	ends   atomic.Int64
}

func openPlace(o options) (*place, error) {
	if !o.server {
		path := filepath.Join(o.folder, "storydesk.db")
		return &place{direct: path, through: path}, nil
	}
	server, err := postgrestest.StartAlone()
	if err != nil {
		return nil, err
	}
	proxy, err := postgrestest.OpenProxy(server.Database)
	if err != nil {
		return nil, errors.Join(err, server.Close())
	}
	if o.twice {
		// What passes over the lanes that others claim is left out.
		const skips = "FOR UPDATE SKIP LOCKED"
		proxy.Rewrite(skips, strings.Repeat(" ", len(skips)))
	}
	return &place{direct: server.Database, through: proxy.Address, server: server, proxy: proxy}, nil
}

func (p *place) close() error {
	if p.server == nil {
		return nil
	}
	p.proxy.Close()
	return p.server.Close()
}

// restart ends the server in one of the ways that it can be ended, and starts it again.
func (p *place) restart(end func() error) error {
	p.ending.Lock()
	defer p.ending.Unlock()
	p.ends.Add(1)
	if err := end(); err != nil {
		return err
	}
	return p.server.Launch()
}

// isServer reports whether a database is on a server.
func isServer(name string) bool { return strings.Contains(name, "://") }

// database is an open database of either kind.
type database struct {
	tracker.Store
	secrets tracker.Secrets
	files   kernel.Files
	close   func() error
}

func openDatabase(ctx context.Context, name string) (database, error) {
	if isServer(name) {
		db, err := store.OpenServer(ctx, name)
		if err != nil {
			return database{}, err
		}
		return database{db, db.Secrets(), db.Files(filepath.Join(os.TempDir(), "storydesk-campaign")), db.Close}, nil
	}
	db, err := store.Open(ctx, name)
	if err != nil {
		return database{}, err
	}
	return database{db, db.Secrets(), db.Files(), db.Close}, nil
}

// openPatiently waits for a database that others keep locked, or whose server is down.
func openPatiently(ctx context.Context, name string) (database, error) {
	for {
		db, err := openDatabase(ctx, name)
		if err == nil || ctx.Err() != nil || tracker.CodeOf(err) != tracker.CodeUnavailable {
			return db, err
		}
		rest(ctx, 50*time.Millisecond)
	}
}
