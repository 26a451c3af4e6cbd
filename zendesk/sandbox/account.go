package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// account is the help desk's records, kept in a state file or in memory. It is
// safe for concurrent use.
type account struct {
	now func() time.Time

	// mu guards what follows.
	mu      sync.Mutex
	seeding *seeding
	world   *world
	state   *stateFile // nil when kept in memory
	port    int        // last listened on, 0 for never
}

// openAccount opens the account in a state file, or a fresh one in memory where
// path is empty. A new one has so many generated tickets.
// customInComments shows an update's custom metadata on its comment, too. It fails when the file
// is in use by another process, is not a state file, or cannot be read; the
// error names the file.
func openAccount(path string, now func() time.Time, tickets int, customInComments bool) (*account, error) {
	a := &account{now: now}
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
		return nil, errors.Join(err, a.close())
	}
	a.world.customInComments = customInComments
	return a, nil
}

// restore makes the world that a header and what followed it describe.
func (a *account) restore(header stateHeader, entries []entry) (err error) {
	if a.seeding, err = seed(header.SeededAt, header.Tickets); err != nil {
		return err
	}
	a.world = a.seeding.world
	for i, e := range entries {
		if e.Port != 0 {
			a.port = e.Port
		}
		if e.Generation != nil {
			if err := a.seeding.generateAt(*e.Generation); err != nil {
				return fmt.Errorf("line %d: %w", i+2, err)
			}
		}
		if e.Change == nil {
			continue
		}
		if err := a.world.apply(*e.Change); err != nil {
			return fmt.Errorf("line %d: %w", i+2, err) // the first is the header
		}
	}
	return nil
}

// do lets f have the world to itself. The world must not be used afterwards.
func (a *account) do(f func(*world)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	f(a.world)
}

// commit makes a change durable, then visible. Call it within do.
func (a *account) commit(ch change) error {
	if a.state != nil {
		if err := a.state.append(entry{Change: &ch}); err != nil {
			return fmt.Errorf("save the change of ticket %d: %w", ch.Ticket.ID, err)
		}
	}
	return a.world.apply(ch)
}

// agent finds a verified agent; nil when there is none. Users never change.
func (a *account) agent(email string) *User { return a.world.agentByEmail(email) }

// ticket returns a ticket as it is now; false when there never was one of that
// number, or it is deleted.
func (a *account) ticket(id int64) (Ticket, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	rec := a.world.record(id)
	if rec == nil || rec.Deleted {
		return Ticket{}, false
	}
	t := rec.Ticket
	t.Tags = slices.Clone(t.Tags)
	return t, true
}

// comments lists a ticket's comments, oldest first; none when there is no such ticket.
func (a *account) comments(id int64) []Comment {
	a.mu.Lock()
	defer a.mu.Unlock()
	if rec := a.world.record(id); rec != nil {
		return slices.Clone(rec.Comments)
	}
	return nil
}

// audits lists the records of a ticket's updates, oldest first; none when there
// is no such ticket.
func (a *account) audits(id int64) []Audit {
	a.mu.Lock()
	defer a.mu.Unlock()
	if rec := a.world.record(id); rec != nil {
		return slices.Clone(rec.Audits)
	}
	return nil
}

// edit changes a ticket as another agent. It fails when there is no such ticket,
// or the change cannot be saved.
func (a *account) edit(e Edit) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	ch, err := a.world.edited(e, a.now())
	if err != nil {
		return err
	}
	return a.commit(ch)
}

// generate adds so many generated tickets, unresolved and new to the account.
// It fails beyond 100,000 in all.
func (a *account) generate(count int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	g := generation{Count: count, At: a.now().UTC().Truncate(time.Second)}
	if err := a.seeding.mayGenerate(count); err != nil {
		return err
	}
	if a.state != nil {
		if err := a.state.append(entry{Generation: &g}); err != nil {
			return fmt.Errorf("save the generated tickets: %w", err)
		}
	}
	return a.seeding.generateAt(g)
}

// lastPort returns the port that was last listened on, 0 for none.
func (a *account) lastPort() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.port
}

// rememberPort saves the port in the state file.
func (a *account) rememberPort(port int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.state == nil || a.port == port {
		return nil
	}
	a.port = port
	return a.state.append(entry{Port: port})
}

// close unlocks the state file.
func (a *account) close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.state == nil {
		return nil
	}
	return a.state.close()
}
