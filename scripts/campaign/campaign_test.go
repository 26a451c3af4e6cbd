package main

import (
	"context"
	"iter"
	"os"
	"slices"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
)

// TestMain lets the campaigns of these tests make workers of this binary.
func TestMain(m *testing.M) {
	if !isWorker() {
		os.Exit(m.Run())
	}
	os.Exit(workerExit(context.Background(), sabotages()[os.Getenv(sabotageMark)]))
}

func TestCampaign(t *testing.T) {
	t.Parallel()
	v := runTest(t, options{comments: 500, kills: 25, processes: 4, seed: 20251104})
	if !v.passed() {
		t.Error("the guarantee is broken")
	}
	if v.takenBack == 0 || v.dropped == 0 {
		t.Error("no change was taken back, or no comment dropped")
	}
	if v.carried < 60 {
		t.Errorf("only %d attachments were owed", v.carried)
	}
	if v.comments < 500 || v.kills < 25 || v.parked == 0 || len(v.faults) < 60 {
		t.Error("this was no campaign")
	}
	for _, trouble := range []string{"clock", "disk", "locked", "locked long", "slow writer", "suspended", "edit by others", "switched off", "Zendesk offline", "another user"} {
		if v.faults[trouble] == 0 {
			t.Errorf("the fault %q never occurred", trouble)
		}
	}
}

// runTest runs a campaign and logs its outcome.
func runTest(t *testing.T, o options) outcome {
	t.Helper()
	o.sendTimeout, o.listLag, o.folder = 1500*time.Millisecond, 3*time.Second, t.TempDir()
	v, err := runCampaign(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(v)
	return v
}

// A campaign that cannot find a broken courier proves nothing.
func TestACampaignFindsABrokenCourier(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		sabotage string
		faults   string
		breach   string
	}{
		"nobody looks before sending again": {"blind", "applied", "doubled"},
		"nothing refuses a late twin":       {"unguarded", "PUT tickets/* late by 7.5s", "doubled"},
		"lanes have no order":               {"unordered", "PUT", "out of order"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := runTest(t, options{
				comments: 100, kills: 2, processes: 2, seed: 7, faults: tt.faults,
				environment: []string{sabotageMark + "=" + tt.sabotage},
			})
			if v.count(tt.breach) == 0 {
				t.Errorf("no comment was found %s", tt.breach)
			}
		})
	}
}

// sabotageMark is the environment variable that names what a worker breaks.
const sabotageMark = "STORYDESK_CAMPAIGN_SABOTAGE"

func sabotages() map[string]func(*kernel.Config) {
	return map[string]func(*kernel.Config){
		"": func(*kernel.Config) {},
		"blind": func(c *kernel.Config) {
			c.Zendesk = faulty{c.Zendesk, func(d tracker.Account) tracker.Account { return blind{d} }}
		},
		"unguarded": func(c *kernel.Config) {
			c.Zendesk = faulty{c.Zendesk, func(d tracker.Account) tracker.Account { return unguarded{d} }}
		},
		"defenceless": defenceless,
		"unordered":   func(c *kernel.Config) { c.Store = unordered{c.Store} },
	}
}

// faulty opens accounts that fail in some way.
type faulty struct {
	tracker.Zendesk
	spoil func(tracker.Account) tracker.Account
}

func (s faulty) Open(in tracker.Integration, c tracker.Credentials) (tracker.Account, error) {
	d, err := s.Zendesk.Open(in, c)
	if err != nil {
		return nil, err
	}
	return s.spoil(d), nil
}

// blind shows no comment.
type blind struct{ tracker.Account }

func (blind) Comments(context.Context, tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(func(tracker.CommentPage, error) bool) {}
}

// unguarded sends a stamp that no change of the ticket is newer than.
type unguarded struct{ tracker.Account }

func (d unguarded) Update(ctx context.Context, id tracker.TicketID, u tracker.TicketUpdate) (tracker.Audit, error) {
	u.Stamp = u.Stamp.Add(time.Hour)
	return d.Account.Update(ctx, id, u)
}

// unordered returns the youngest comment of a lane in place of its head.
type unordered struct{ tracker.Store }

func (s unordered) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	return s.Store.Write(ctx, func(w tracker.Writer) error { return fn(youngest{w}) })
}

type youngest struct{ tracker.Writer }

func (w youngest) ClaimLane(now, leaseUntil time.Time, busy []string) (tracker.Claim, bool, error) {
	c, ok, err := w.Writer.ClaimLane(now, leaseUntil, busy)
	if !ok || err != nil {
		return c, ok, err
	}
	waiting, err := w.Deliveries(tracker.DeliveryQuery{
		Ticket: c.Lane.Ticket, States: []tracker.DeliveryState{tracker.DeliveryWaiting},
	})
	if len(waiting) > 0 {
		c.Delivery = slices.MaxFunc(waiting, func(a, b tracker.Delivery) int { return int(a.Seq - b.Seq) })
	}
	return c, true, err
}
