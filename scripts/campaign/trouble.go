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

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// The rhythm of the troubles: one for so many acknowledged comments. The numbers
// share few factors, so that the troubles meet in ever other ways.
const (
	faultEvery   = 2
	editEvery    = 17
	clockEvery   = 23
	diskEvery    = 61
	stallEvery   = 89
	lockEvery    = 127
	napEvery     = 149
	outageEvery  = 397
	dropEvery    = 97
	switchEvery  = 307
	offlineEvery = 283
	userEvery    = 53
)

// hoursOneIn is how rare clocks are that go wrong by hours.
const hoursOneIn = 4

// The lengths of troubles. An outage is longer than a writer waits, and a nap
// ends after the lease of what was being sent when it began.
const (
	maxClockShift = 8 * time.Second
	maxClockJump  = 5 * time.Hour
	clockLasts    = 2 * time.Second
	diskLasts     = 500 * time.Millisecond
	lockLasts     = 700 * time.Millisecond
	outageLasts   = 6 * time.Second
	napLasts      = 6 * time.Second
	switchLasts   = 500 * time.Millisecond
	offlineLasts  = 2 * time.Second
)

// stir makes the troubles that are due at the n-th acknowledged comment. The
// caller holds c.mu.
func (c *campaign) stir(ctx context.Context, n int) error {
	if n%faultEvery == 0 {
		if fault, ok := c.faults.next(); ok {
			if err := c.box.AddFaults(fault); err != nil {
				return err
			}
		}
	}
	if n%editEvery == 0 {
		c.edit()
	}
	if err := c.troubleWorkers(n); err != nil {
		return err
	}
	c.troubleWorld(ctx, n)
	c.troubleServer(ctx, n)
	if n%dropEvery == 0 {
		return c.drop(ctx)
	}
	return nil
}

// troubleWorkers makes what befalls one worker: its clock, its disk, and its end.
func (c *campaign) troubleWorkers(n int) error {
	if n%clockEvery == 0 {
		most := maxClockShift
		if c.rng.IntN(hoursOneIn) == 0 {
			most = maxClockJump
		}
		shift := time.Duration(c.rng.Int64N(int64(2*most))) - most
		if err := c.sendAny(task{Kind: taskClock, Shift: shift, Lasts: clockLasts}); err != nil {
			return err
		}
	}
	if n%diskEvery == 0 {
		if err := c.sendAny(task{Kind: taskDisk, Lasts: diskLasts}); err != nil {
			return err
		}
	}
	if n%napEvery == 0 {
		c.faults.acted["suspended"]++
		c.seats[c.rng.IntN(len(c.seats))].suspend(napLasts)
	}
	due := c.kills < c.options.kills && c.kills*c.options.comments < n*c.options.kills
	if due && c.seats[c.rng.IntN(len(c.seats))].kill() {
		c.kills++
	}
	return nil
}

// troubleWorld makes what befalls all: the database, the integration and the network.
func (c *campaign) troubleWorld(ctx context.Context, n int) {
	if n%lockEvery == 0 {
		c.occupy(ctx, "locked", lockLasts, nothing)
	}
	if n%stallEvery == 0 {
		c.occupy(ctx, "slow writer", lockLasts, "UPDATE lane SET fence = fence")
	}
	if n%outageEvery == 0 {
		c.occupy(ctx, "locked long", outageLasts, nothing)
	}
	if n%switchEvery == 0 {
		c.trouble(ctx, "switched off", func() error { return c.switchOff(ctx, switchLasts) })
	}
	if n%userEvery == 0 {
		c.trouble(ctx, "another user", func() error { return c.signInAnother(ctx) })
	}
	if n%offlineEvery == 0 {
		c.trouble(ctx, "Zendesk offline", func() error { return c.endpoint.goOffline(ctx, offlineLasts) })
	}
}

// sendAny gives a trouble to one of the workers.
func (c *campaign) sendAny(t task) error {
	c.faults.acted[t.Kind]++
	return c.seats[c.rng.IntN(len(c.seats))].send(t)
}

// edit lets another agent say something on a ticket. One that was deleted is skipped.
func (c *campaign) edit() {
	ticket := c.tickets[c.rng.IntN(len(c.tickets))]
	if _, there := c.box.Ticket(ticket); !there {
		return
	}
	if err := c.box.Edit(sandbox.Edit{Ticket: ticket, Comment: "We are on it.", Public: c.rng.IntN(2) == 0}); err == nil {
		c.faults.acted["edit by others"]++
	}
}

// nothing is a statement that changes nothing.
const nothing = "SELECT 1"

// occupy holds the database's write lock for a while, with a change if the
// statement makes one.
func (c *campaign) occupy(ctx context.Context, name string, lasts time.Duration, statement string) {
	c.trouble(ctx, name, func() error {
		if c.place.server == nil {
			return hold(ctx, c.place.direct, lasts, statement)
		}
		rows := "SELECT id FROM lane ORDER BY id FOR UPDATE" // in the order in which others lock them
		if statement == nothing {
			rows = "SELECT writer FROM revision ORDER BY writer FOR UPDATE" // every commit waits
		}
		return c.place.holdServer(ctx, lasts, rows)
	})
}

// trouble counts and begins one that ends by itself.
func (c *campaign) trouble(ctx context.Context, name string, pass func() error) {
	c.faults.acted[name]++
	c.troubles.Go(func() error {
		if err := pass(); err != nil && ctx.Err() == nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return nil
	})
}

// colleague is another agent of the sandbox's account.
const colleague = "aiko.brandt@brightwharf.example"

// signInAnother lets another user sign in to the integration, again while
// others keep the database locked.
func (c *campaign) signInAnother(ctx context.Context) error {
	c.switching.Lock()
	defer c.switching.Unlock()
	for {
		in, err := c.svc.Accounts.Integration(ctx, c.in.ProjectID, c.in.Name)
		if err == nil {
			d := in.Draft()
			d.Secret, d.SecretInDatabase = sandbox.Token, true
			if d.Email = colleague; in.Email == colleague {
				d.Email = sandbox.Email
			}
			_, err = c.svc.Accounts.EditIntegration(ctx, d)
		}
		if tracker.CodeOf(err) != tracker.CodeUnavailable && tracker.CodeOf(err) != tracker.CodeConflict || ctx.Err() != nil {
			return err
		}
	}
}

// switchOff switches the integration off for a while.
func (c *campaign) switchOff(ctx context.Context, lasts time.Duration) error {
	c.switching.Lock()
	defer c.switching.Unlock()
	c.switches.Add(1)
	if err := c.setActive(ctx, false); err != nil {
		return err
	}
	rest(ctx, lasts)
	err := c.setActive(ctx, true)
	c.switches.Add(1)
	return err
}

// setActive switches the integration on or off, and retries while others keep the database locked.
func (c *campaign) setActive(ctx context.Context, active bool) error {
	for {
		_, err := c.svc.Accounts.SetIntegrationActive(ctx, c.in.ID, active)
		if tracker.CodeOf(err) != tracker.CodeUnavailable && tracker.CodeOf(err) != tracker.CodeConflict || ctx.Err() != nil {
			return err
		}
	}
}

// drop gives up one of the comments that have not left, unless somebody was
// quicker or the database is locked.
func (c *campaign) drop(ctx context.Context) error {
	left, err := c.svc.Outbox.Deliveries(ctx, tracker.DeliveryQuery{
		States: []tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliveryUnconfirmed, tracker.DeliveryParked},
	})
	if err != nil || len(left) == 0 {
		return unlessBusy(err)
	}
	d, err := c.svc.Outbox.DropDeliveries(ctx, []tracker.DeliveryID{left[c.rng.IntN(len(left))].ID})
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return nil // its change was taken back meanwhile
	}
	if err != nil {
		return unlessBusy(err)
	}
	c.record.dropped[d[0].Operation] = d[0].Attempts == 0
	return nil
}

// unlessBusy passes over what is no defect of the campaign's own.
func unlessBusy(err error) error {
	if code := tracker.CodeOf(err); code == tracker.CodeRefused || code == tracker.CodeUnavailable {
		return nil
	}
	return err
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
