package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/kernel"
)

// needsServer reports whether there is a PostgreSQL; where there need not be one, a line says that
// the test did not run.
func needsServer(t *testing.T) bool {
	t.Helper()
	switch {
	case postgrestest.Installed():
		return true
	case os.Getenv(postgrestest.Variable) == "required":
		t.Fatal("PostgreSQL is not installed")
	}
	fmt.Printf("did not run, for PostgreSQL is not installed: %s\n", t.Name())
	return false
}

// A server that is killed and restarted, and connections that break in the middle of commits, lose
// and double nothing.
func TestCampaignOnPostgreSQL(t *testing.T) {
	t.Parallel()
	if !needsServer(t) {
		return
	}
	v := runTest(t, options{comments: 100, kills: 6, processes: 6, boards: 2, server: true, seed: 20261130})
	if !v.passed() {
		t.Error("the guarantee is broken")
	}
	if v.comments < 100 || v.kills < 6 {
		t.Error("this was no campaign")
	}
	for _, trouble := range []string{"cut before the commit", "cut after the commit", "no way to the server"} {
		if v.faults[trouble] == 0 {
			t.Errorf("the trouble %q never occurred", trouble)
		}
	}
	if v.faults["server killed"]+v.faults["server shut down at once"] == 0 {
		t.Error("the server never ended")
	}
}

// A campaign that cannot find a broken claim proves nothing. The lane's fence, the number of
// attempts and Zendesk's stamp keep a comment from being sent twice too: without them the claim
// alone does, and it does. With them a broken claim doubles nothing.
func TestACampaignFindsABrokenClaim(t *testing.T) {
	t.Parallel()
	if !needsServer(t) {
		return
	}
	defenceless := []string{sabotageMark + "=defenceless"}
	for name, test := range map[string]struct {
		twice, doubles bool
		environment    []string
	}{
		"claimed once": {false, false, defenceless}, "claimed twice": {true, true, defenceless}, "claimed twice, with the other guards": {true, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			v := runTest(t, options{
				comments: 70, processes: 4, server: true, calm: true, twice: test.twice, seed: 7, environment: test.environment,
			})
			if doubled := v.count("doubled"); test.doubles != (doubled > 0) {
				t.Errorf("%d comments were found doubled", doubled)
			}
		})
	}
}

// defenceless lets every attempt go on as if it alone had the lane, with a stamp that no change
// of the ticket is newer than.
func defenceless(c *kernel.Config) {
	c.Zendesk = faulty{c.Zendesk, func(d tracker.Account) tracker.Account { return unguarded{d} }}
	c.Store = &trusting{Store: c.Store, fences: map[tracker.TicketKey]int64{}}
}

// trusting is a store that shows each lane as it was claimed by this process last.
type trusting struct {
	tracker.Store
	mutex  sync.Mutex
	fences map[tracker.TicketKey]int64
}

func (s *trusting) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	return s.Store.Write(ctx, func(w tracker.Writer) error { return fn(trustingWriter{w, s}) })
}

func (s *trusting) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	return s.Store.Read(ctx, func(r tracker.Reader) error { return fn(trustingReader{r, s}) })
}

type trustingReader struct {
	tracker.Reader
	store *trusting
}

func (r trustingReader) Lane(k tracker.TicketKey) (tracker.Lane, error) {
	l, err := r.Reader.Lane(k)
	return r.store.lane(l), err
}

func (r trustingReader) Delivery(id tracker.DeliveryID) (tracker.Delivery, error) {
	d, err := r.Reader.Delivery(id)
	return untried(d), err
}

type trustingWriter struct {
	tracker.Writer
	store *trusting
}

func (w trustingWriter) Lane(k tracker.TicketKey) (tracker.Lane, error) {
	l, err := w.Writer.Lane(k)
	return w.store.lane(l), err
}

func (w trustingWriter) Delivery(id tracker.DeliveryID) (tracker.Delivery, error) {
	d, err := w.Writer.Delivery(id)
	return untried(d), err
}

func (w trustingWriter) ClaimLane(now, until time.Time, busy []string) (tracker.Claim, bool, error) {
	c, ok, err := w.Writer.ClaimLane(now, until, busy)
	if ok && err == nil {
		w.store.mutex.Lock()
		w.store.fences[c.Lane.Ticket] = c.Lane.Fence
		w.store.mutex.Unlock()
	}
	return c, ok, err
}

func (s *trusting) lane(l tracker.Lane) tracker.Lane {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if fence, ok := s.fences[l.Ticket]; ok {
		l.Fence = fence
	}
	return l
}

// untried is a delivery that nobody else has tried, as far as it tells.
func untried(d tracker.Delivery) tracker.Delivery {
	d.Attempts = 0
	return d
}
