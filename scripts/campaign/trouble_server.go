package main

import (
	"context"
	"database/sql"
	"errors"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"storydesk/store/fault"
	"storydesk/store/postgres/postgrestest"
)

// The rhythm of what befalls a server and the way to it.
const (
	cutEvery     = 3
	networkEvery = 43
	endEvery     = 59
	networkLasts = time.Second
)

// troubleServer makes what befalls a server at the n-th acknowledged comment, and the
// connections to it.
func (c *campaign) troubleServer(ctx context.Context, n int) {
	if c.place.server == nil {
		return
	}
	if n%cutEvery == 0 {
		name, when := "cut before the commit", postgrestest.BeforeCommit
		if c.rng.IntN(2) == 0 {
			name, when = "cut after the commit", postgrestest.AfterCommit
		}
		c.faults.acted[name]++
		c.place.proxy.BreakAtCommit(when)
	}
	if n%networkEvery == 0 {
		c.trouble(ctx, "no way to the server", func() error {
			c.place.proxy.Cut()
			rest(ctx, networkLasts)
			c.place.proxy.Restore()
			return nil
		})
	}
	if n%endEvery == 0 {
		name, end := "server killed", c.place.server.Kill
		if c.rng.IntN(2) == 0 {
			name, end = "server shut down at once", c.place.server.Shutdown
		}
		c.trouble(ctx, name, func() error { return c.place.restart(end) }) //nolint:contextcheck // the server ends when it is told to
	}
}

// holdServer holds locks on a server for a while, unless that ends meanwhile.
func (p *place) holdServer(ctx context.Context, lasts time.Duration, statement string) (err error) {
	before := p.ends.Load()
	defer func() {
		if p.ends.Load() != before || fault.Transient(err) { // or another transaction was preferred
			err = ctx.Err()
		}
	}()
	db, err := sql.Open("pgx", p.direct)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	// The server may be about to start.
	p.ending.Lock()
	tx, err := db.BeginTx(ctx, nil)
	p.ending.Unlock()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, statement); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	rest(ctx, lasts)
	return tx.Commit()
}
