package account

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"storydesk/zendesk/sandbox/record"
	"storydesk/zendesk/sandbox/world"
)

// Account is the account's records, saved in a state file or in memory. It is
// safe for concurrent use.
type Account struct {
	now func() time.Time

	// mu guards what follows.
	mu      sync.Mutex
	seeding *world.Seeding
	world   *world.World
	state   *stateFile // nil when it is in memory alone
	port    int        // last listened on, 0 for never
}

// Open opens the account in a state file, or a fresh one in memory where path is
// empty. A new one has so many generated tickets. It fails when the file is in
// use by another process, is not a state file, or cannot be read; the error names
// the file.
func Open(path string, now func() time.Time, tickets int) (*Account, error) {
	a := &Account{now: now}
	header := stateHeader{SeededAt: now().UTC().Truncate(time.Second), Tickets: tickets}
	var entries []entry
	var err error
	if path != "" {
		if a.state, header, entries, err = openState(path, header); err != nil {
			return nil, err
		}
	}
	if err := a.restore(header, entries); err != nil {
		if path != "" {
			err = fmt.Errorf("sandbox state %s: %w", path, err)
		}
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// restore makes the world that a header and what followed it describe.
func (a *Account) restore(header stateHeader, entries []entry) (err error) {
	if a.seeding, err = world.Seed(header.SeededAt, header.Tickets); err != nil {
		return err
	}
	a.world = a.seeding.World
	for i, e := range entries {
		if e.Port != 0 {
			a.port = e.Port
		}
		if e.Generation != nil {
			if err := a.seeding.GenerateAt(*e.Generation); err != nil {
				return fmt.Errorf("line %d: %w", i+2, err)
			}
		}
		if e.Change == nil {
			continue
		}
		if err := a.world.Apply(*e.Change); err != nil {
			return fmt.Errorf("line %d: %w", i+2, err) // the first is the header
		}
	}
	return nil
}

// Do lets f have the world to itself. The world must not be used afterwards.
func (a *Account) Do(f func(*world.World)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f(a.world)
}

// Commit makes a change durable, then visible. Call it within do.
func (a *Account) Commit(ch world.Change) error {
	if a.state != nil {
		if err := a.state.append(entry{Change: &ch}); err != nil {
			return fmt.Errorf("save the change of ticket %d: %w", ch.Ticket.ID, err)
		}
	}
	return a.world.Apply(ch)
}

// Agent finds a verified agent; nil when there is none. Users never change.
func (a *Account) Agent(email string) *record.User { return a.world.Agent(email) }

// Ticket returns a ticket as it is now; false when there never was one of that
// number, or it is deleted.
func (a *Account) Ticket(id int64) (record.Ticket, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	rec := a.world.Record(id)
	if rec == nil || rec.Deleted {
		return record.Ticket{}, false
	}
	t := rec.Ticket
	t.Tags = slices.Clone(t.Tags)
	return t, true
}

// Comments lists a ticket's comments, oldest first; none when there is no such ticket.
func (a *Account) Comments(id int64) []record.Comment {
	a.mu.Lock()
	defer a.mu.Unlock()
	if rec := a.world.Record(id); rec != nil {
		return slices.Clone(rec.Comments)
	}
	return nil
}

// Audits lists the records of a ticket's updates, oldest first; none when there
// is no such ticket.
func (a *Account) Audits(id int64) []record.Audit {
	a.mu.Lock()
	defer a.mu.Unlock()
	if rec := a.world.Record(id); rec != nil {
		return slices.Clone(rec.Audits)
	}
	return nil
}

// Edit changes a ticket as another agent. It fails when there is no such ticket,
// or the change cannot be saved.
func (a *Account) Edit(e world.Edit) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	ch, err := a.world.Edited(e, a.now())
	if err != nil {
		return err
	}
	return a.Commit(ch)
}

// Generate adds so many generated tickets, unresolved and new to the account.
// It fails beyond 100,000 in all.
func (a *Account) Generate(count int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	g := world.Generation{Count: count, At: a.now().UTC().Truncate(time.Second)}
	if err := a.seeding.MayGenerate(count); err != nil {
		return err
	}
	if a.state != nil {
		if err := a.state.append(entry{Generation: &g}); err != nil {
			return fmt.Errorf("save the generated tickets: %w", err)
		}
	}
	return a.seeding.GenerateAt(g)
}

// LastPort returns the port that was last listened on, 0 for none.
func (a *Account) LastPort() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.port
}

// RememberPort saves the port in the state file.
func (a *Account) RememberPort(port int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.state == nil || a.port == port {
		return nil
	}
	a.port = port
	return a.state.append(entry{Port: port})
}

// Close unlocks the state file.
func (a *Account) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.state == nil {
		return nil
	}
	return a.state.close()
}
