package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"storydesk/zendesk/sandbox"
)

// The rhythm of the troubles: one for so many acknowledged notes. The numbers
// share few factors, so that the troubles meet in ever other ways.
const (
	faultEvery  = 2
	editEvery   = 17
	clockEvery  = 23
	diskEvery   = 61
	stallEvery  = 89
	lockEvery   = 127
	napEvery    = 149
	outageEvery = 397
)

// The lengths of troubles. An outage is longer than a writer waits, and a nap
// ends after the lease of what was being sent when it began.
const (
	maxClockShift = 8 * time.Second
	clockLasts    = 2 * time.Second
	diskLasts     = 500 * time.Millisecond
	lockLasts     = 700 * time.Millisecond
	outageLasts   = 6 * time.Second
	napLasts      = 6 * time.Second
)

// stir makes the troubles that are due at the n-th acknowledged note. The
// caller holds c.mu.
func (c *campaign) stir(ctx context.Context, n int) error {
	if n%faultEvery == 0 {
		if fault, ok := c.faults.next(); ok {
			if err := c.desk.AddFaults(fault); err != nil {
				return err
			}
		}
	}
	if n%editEvery == 0 {
		c.edit()
	}
	if n%clockEvery == 0 {
		shift := time.Duration(c.rng.Int64N(int64(2*maxClockShift))) - maxClockShift
		if err := c.tellAny(task{Kind: taskClock, Shift: shift, Lasts: clockLasts}); err != nil {
			return err
		}
	}
	if n%diskEvery == 0 {
		if err := c.tellAny(task{Kind: taskDisk, Lasts: diskLasts}); err != nil {
			return err
		}
	}
	if n%napEvery == 0 {
		c.faults.acted["suspended"]++
		c.seats[c.rng.IntN(len(c.seats))].suspend(napLasts)
	}
	if n%lockEvery == 0 {
		c.occupy(ctx, "locked", lockLasts, "SELECT 1")
	}
	if n%stallEvery == 0 {
		c.occupy(ctx, "slow writer", lockLasts, "UPDATE lane SET fence = fence")
	}
	if n%outageEvery == 0 {
		c.occupy(ctx, "locked long", outageLasts, "SELECT 1")
	}
	due := c.kills < c.options.kills && c.kills*c.options.notes < n*c.options.kills
	if due && c.seats[c.rng.IntN(len(c.seats))].kill() {
		c.kills++
	}
	return nil
}

// tellAny gives a trouble to one of the workers.
func (c *campaign) tellAny(t task) error {
	c.faults.acted[t.Kind]++
	return c.seats[c.rng.IntN(len(c.seats))].tell(t)
}

// edit lets another agent say something on a ticket. One that is gone says so.
func (c *campaign) edit() {
	ticket := c.tickets[c.rng.IntN(len(c.tickets))]
	if _, there := c.desk.Ticket(ticket); !there {
		return
	}
	if err := c.desk.Edit(sandbox.Edit{Ticket: ticket, Comment: "We are on it.", Public: c.rng.IntN(2) == 0}); err == nil {
		c.faults.acted["edit by others"]++
	}
}

// occupy holds the database's write lock for a while, with a change if the
// statement makes one.
func (c *campaign) occupy(ctx context.Context, name string, lasts time.Duration, statement string) {
	c.faults.acted[name]++
	c.troubles.Go(func() error {
		if err := hold(ctx, c.options.database(), lasts, statement); err != nil && ctx.Err() == nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}

func hold(ctx context.Context, path string, lasts time.Duration, statement string) (err error) {
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: url.Values{
		"_txlock": {"immediate"}, "_busy_timeout": {"60000"},
	}.Encode()}
	db, err := sql.Open("sqlite3", name.String())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, statement); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	rest(ctx, lasts)
	return tx.Commit()
}
