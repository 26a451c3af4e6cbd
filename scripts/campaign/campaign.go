package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// options say how hard a campaign is.
type options struct {
	// comments and kills are how many at least.
	comments, kills int
	// processes is how many workers there are at a time, and boards how many of them work
	// as a board does: what they make can be taken back for a while, and they read what a board
	// shows whenever something changes.
	processes, boards int
	// server is true for a database on a PostgreSQL server, and twice where lanes can be
	// claimed twice there.
	server, twice bool
	// calm is true where nothing goes wrong.
	calm bool
	// tickets is how many take part, 0 for some ten comments on each. A long quiet
	// window needs many: a lane waits it out after every lost answer.
	tickets int
	// quiet, listLag and sendTimeout are the workers' settings. Lists of comments
	// lag behind for less than listLag.
	quiet, listLag, sendTimeout time.Duration
	// faults restricts Zendesk's faults to those whose name holds it.
	faults string
	seed   uint64
	// folder takes the database and the workers' logs.
	folder string
	// environment is what the workers see beside this process's own.
	environment []string
}

// ticketCount is how many tickets take part: some ten comments for each, more when
// there are very many.
func (o options) ticketCount() int { return cmp.Or(o.tickets, min(max(o.comments/8, 12), 300)) }

// random returns a source of its own for one purpose.
func (o options) random(purpose uint64) *rand.Rand {
	return rand.New(rand.NewPCG(o.seed, purpose)) //nolint:gosec // a campaign must be repeatable
}

// campaign is one run. Its own service does what a person does: it makes the
// stories, ends pauses and retries parked comments. It sends nothing.
type campaign struct {
	options  options
	box      *sandbox.Sandbox
	endpoint *endpoint
	db       database
	place    *place
	svc      *engine.Engine
	in       tracker.Integration
	tickets  []int64
	seats    []*seat
	// troubles are those that last and end by themselves.
	troubles errgroup.Group
	// backlog is how many comments are in their lanes.
	backlog atomic.Int64
	// retried are the parked comments that were tried again.
	retried map[tracker.DeliveryID]bool
	// switches counts how often the integration was switched: it is odd while a
	// change may find it off, and so make no comments.
	switches  atomic.Int64
	switching sync.Mutex

	// mu guards what follows.
	mu     sync.Mutex
	rng    *rand.Rand
	faults *faults
	record record
	kills  int
}

// runCampaign runs a campaign and checks its outcome.
func runCampaign(ctx context.Context, o options) (v outcome, err error) {
	// Whatever happens, no worker outlives the campaign.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := &campaign{options: o, retried: make(map[tracker.DeliveryID]bool), rng: o.random(0), record: newRecord()}
	c.faults = newFaults(o.random(1), o)
	defer func() { err = errors.Join(err, c.close()) }() //nolint:contextcheck // closing must not end with ctx
	for _, phase := range []func(context.Context) error{c.prepare, c.hire, c.fight, c.drain, c.dismiss} {
		if err := phase(ctx); err != nil {
			return v, err
		}
	}
	return c.judge(ctx)
}

func (c *campaign) close() error {
	var err error
	if c.endpoint != nil {
		err = c.endpoint.close()
	}
	if c.box != nil {
		err = errors.Join(err, c.box.Close())
	}
	if c.db.close != nil {
		err = errors.Join(err, c.db.close())
	}
	if c.place != nil {
		err = errors.Join(err, c.place.close())
	}
	return err
}

// prepare opens the sandbox and the database and adds an integration.
func (c *campaign) prepare(ctx context.Context) (err error) {
	n := c.options.ticketCount()
	c.box, err = sandbox.Open(sandbox.Options{Tickets: n, CustomInComments: c.options.seed%2 == 0})
	if err != nil {
		return err
	}
	for i := range n {
		c.tickets = append(c.tickets, sandbox.FirstGenerated+int64(i))
	}
	if c.endpoint, err = openEndpoint(ctx, c.box); err != nil {
		return err
	}
	if c.place, err = openPlace(c.options); err != nil { //nolint:contextcheck // the server ends when it is told to
		return err
	}
	if c.db, err = openDatabase(ctx, c.place.direct); err != nil {
		return err
	}
	c.svc = engine.New(kernel.Config{
		Store: c.db.Store, Zendesk: zendesk.New(zendesk.Config{}), Secrets: c.db.secrets, User: "Ada",
		Now: time.Now, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
	project, err := c.svc.Projects.OpenProject(ctx, "")
	if err != nil {
		return err
	}
	d := tracker.NewIntegrationDraft(project.ID)
	d.Name, d.URL, d.Email, d.Secret = "Support", c.endpoint.url(), sandbox.Email, sandbox.Token
	d.SecretInDatabase, d.View = true, strconv.FormatInt(sandbox.ViewUnresolved, 10)
	if c.in, err = c.svc.Accounts.AddIntegration(ctx, d); err != nil {
		return err
	}
	return c.svc.Views.RefreshView(ctx, c.in.ID)
}

// hire starts the workers, each with stories of its own.
func (c *campaign) hire(ctx context.Context) error {
	for i := range c.options.processes {
		s := newSeat(c.options, c.place.through, i+1)
		for range max(1, len(c.tickets)*2/3/c.options.processes) {
			made, err := c.svc.Stories.AddFromTickets(ctx, tracker.FromTickets{
				Integration: c.in.ID, Tickets: c.drawTickets(), Type: tracker.Bug, Again: true,
				Place: tracker.Place{Column: tracker.Backlog},
			})
			if err != nil {
				return err
			}
			s.stories = append(s.stories, made...)
		}
		if err := s.launch(ctx); err != nil {
			return err
		}
		c.seats = append(c.seats, s)
	}
	return nil
}

// drawTickets chooses one to three tickets, some of them much more often than
// others: lanes are short and long.
func (c *campaign) drawTickets() []tracker.TicketID {
	n := len(c.tickets)
	at := min(c.rng.IntN(n), c.rng.IntN(n))
	var drawn []tracker.TicketID
	for i := range 1 + c.rng.IntN(3) {
		drawn = append(drawn, tracker.TicketID(c.tickets[(at+i*7)%n]))
	}
	return drawn
}

// backlogPerTicket is how many comments may wait on an average ticket before the
// workers pause: enough for lanes that are seldom empty.
const backlogPerTicket = 2

// maxFailures is how many changes in a row may fail: more than any trouble
// that lasts can make.
const maxFailures = 1000

// fight makes changes and troubles until there were enough of them.
func (c *campaign) fight(ctx context.Context) error {
	g, fighting := errgroup.WithContext(ctx)
	fighting, enough := context.WithCancel(fighting)
	defer enough()
	g.Go(func() error {
		for fighting.Err() == nil {
			if err := c.tend(ctx); err != nil {
				return err
			}
			rest(fighting, tendEvery)
		}
		return nil
	})
	for _, s := range c.seats {
		g.Go(func() error { return c.drive(ctx, fighting, s, enough) })
	}
	return g.Wait()
}

// drive lets the worker in a seat make one change after the other, while not
// too many comments wait. Processes live as long as ctx.
func (c *campaign) drive(ctx, fighting context.Context, s *seat, enough func()) error {
	failures := 0
	for n := 1; fighting.Err() == nil; n++ {
		if c.backlog.Load() > int64(backlogPerTicket*len(c.tickets)) {
			rest(fighting, tendEvery/4)
			continue
		}
		story, t := s.draw(n)
		before := c.switches.Load()
		r, ok, err := s.ask(t)
		if err != nil {
			return err
		}
		if !ok {
			if err := s.replace(ctx); err != nil {
				return err
			}
			continue
		}
		if r.Problem != "" {
			if failures++; failures > maxFailures {
				return fmt.Errorf("worker %d makes no changes any more: %s", s.number, r.Problem)
			}
			rest(fighting, tendEvery/4)
			continue
		}
		failures = 0
		steady := before%2 == 0 && before == c.switches.Load()
		done, err := c.acknowledge(ctx, change{story: story, task: t, receipt: r, steady: steady})
		if err != nil {
			return err
		}
		if done {
			enough()
		}
	}
	return nil
}

// acknowledge records a change and makes the troubles that come with its
// comments. done is true when it was the last.
func (c *campaign) acknowledge(ctx context.Context, ch change) (done bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.record.add(ch)
	for i := range ch.Comments {
		if c.options.calm {
			break
		}
		if err := c.stir(ctx, len(c.record.comments)-len(ch.Comments)+i+1); err != nil {
			return false, err
		}
	}
	return len(c.record.comments) >= c.options.comments && c.kills >= c.options.kills, nil
}

// dismiss lets all workers finish.
func (c *campaign) dismiss(context.Context) error {
	for _, s := range c.seats {
		if err := s.dismiss(); err != nil {
			return err
		}
	}
	return nil
}

// rest waits a while, or until ctx ends.
func rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
