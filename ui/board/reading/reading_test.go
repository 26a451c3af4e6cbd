package reading_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/board"
	"storydesk/tracker/trackertest"
	"storydesk/ui/board/columns"
	"storydesk/ui/board/reading"
	"storydesk/ui/intent"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }

// counted is a store that counts its transactions, and what they read.
type counted struct {
	tracker.Store
	transactions, cards, tickets, counts *atomic.Int32
}

func newCounted(s tracker.Store) counted {
	return counted{s, new(atomic.Int32), new(atomic.Int32), new(atomic.Int32), new(atomic.Int32)}
}

func (s counted) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	s.transactions.Add(1)
	return s.Store.Read(ctx, func(r tracker.Reader) error { return fn(countedReader{r, s}) })
}

type countedReader struct {
	tracker.Reader
	in counted
}

func (r countedReader) Cards(p tracker.ProjectID) ([]tracker.Card, error) {
	r.in.cards.Add(1)
	return r.Reader.Cards(p)
}

func (r countedReader) Integrations(p tracker.ProjectID) ([]tracker.Integration, error) {
	r.in.tickets.Add(1)
	return r.Reader.Integrations(p)
}

func (r countedReader) DeliveryCounts(states ...tracker.DeliveryState) (map[tracker.DeliveryState]int, error) {
	r.in.counts.Add(1)
	return r.Reader.DeliveryCounts(states...)
}

// A reading is one transaction, and only what may have changed is read in it.
func TestOneReadingIsOneTransaction(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	for _, test := range []struct {
		name                    string
		kinds                   tracker.Hint
		stories, counts, panels int32
	}{
		{"all", tracker.HintAll, 1, 1, 1},
		{"stories", tracker.HintStories, 1, 0, 1},
		{"deliveries", tracker.HintDeliveries, 1, 1, 0},
		{"projects", tracker.HintProjects, 1, 0, 0},
		{"tickets", tracker.HintTickets, 0, 0, 1},
		{"integrations", tracker.HintIntegrations, 0, 1, 1},
	} {
		store := newCounted(w.Engine.Store)
		_, err := reading.Read(t.Context(), board.New(w.Engine.With(store), w.Engine.Senders), reading.Request{Kinds: test.kinds, Project: w.In.ProjectID, Parts: columns.New().ToRead()})
		if err != nil {
			t.Fatal(err)
		}
		got := []int32{store.transactions.Load(), store.cards.Load(), store.counts.Load(), store.tickets.Load()}
		if diff := cmp.Diff([]int32{1, test.stories, test.counts, test.panels}, got); diff != "" {
			t.Errorf("%s: transactions, stories, counts, panels (-want +got):\n%s", test.name, diff)
		}
	}
}

// The rows are those of the parts that were asked for, and texts can be drawn.
func TestReadMakesRows(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	st, err := w.Engine.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.In.ProjectID, Name: "Export", Place: tracker.Place{Column: tracker.Backlog}})
	if err != nil {
		t.Fatal(err)
	}
	points := 3.0
	if _, err := w.Engine.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID, Version: st.Version}}, &points); err != nil {
		t.Fatal(err)
	}
	w.Edit(func(d *tracker.IntegrationDraft) { d.Name = "Sup\x1b[31mport" })
	res, err := reading.Read(t.Context(), w.Engine.Board, reading.Request{Kinds: tracker.HintAll, Project: w.In.ProjectID, Parts: columns.New().ToRead()})
	if err != nil {
		t.Fatal(err)
	}
	if rows := res.Stories[intent.PaneBacklog]; len(rows) != 1 || rows[0].Card.ID != st.ID || res.Plan.Points() != points || !res.HasStories {
		t.Errorf("the Backlog: %+v with %v points", rows, res.Plan.Points())
	}
	if _, read := res.Stories[intent.PaneDone]; read || len(res.Stories) != 2 {
		t.Errorf("parts are read that were not asked for: %d", len(res.Stories))
	}
	if res.Panel != w.In.ID || len(res.Tickets) == 0 || res.Fetch.ID == 0 || res.Project.ID != w.In.ProjectID || res.Counts == nil {
		t.Errorf("panel %d, %d tickets, fetch %+v", res.Panel, len(res.Tickets), res.Fetch)
	}
	if name := res.Integrations[0].Name; strings.ContainsRune(name, '\x1b') {
		t.Errorf("the name is not safe: %q", name)
	}
	_, err = reading.Read(t.Context(), w.Engine.Board, reading.Request{Kinds: tracker.HintAll, Project: 99})
	if tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("of no project: %v", err)
	}
}
