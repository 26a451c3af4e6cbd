package board_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/board"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }

func everything() tracker.SnapshotQuery {
	return tracker.SnapshotQuery{Stories: true, Counts: true, Tickets: true}
}

func snapshot(t *testing.T, s *board.Service, project tracker.ProjectID, shown tracker.SnapshotQuery) tracker.Snapshot {
	t.Helper()
	snap, err := s.Snapshot(t.Context(), project, shown)
	if err != nil {
		t.Fatal(err)
	}
	return snap
}

// What changes between the readings of stories, counts and tickets is in all of
// them or in none.
func TestSnapshotIsOfOneMoment(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Comment(st, "Looking into it.")
	before := snapshot(t, w.Engine.Board, w.In.ProjectID, everything())
	if len(before.Stories.Backlog) != 1 || before.Counts[tracker.DeliveryWaiting] != 1 || len(before.Integrations) != 1 || len(before.Tickets.Tickets) == 0 {
		t.Fatalf("before: %+v", before)
	}

	changed := false
	other := board.New(w.Engine.With(trackertest.Interrupted{Store: w.Engine.Store, Between: func() {
		changed = true
		if err := w.Engine.Stories.DeleteStories(t.Context(), []tracker.StoryID{st.ID}, true); err != nil {
			t.Error(err)
		}
		if err := w.Engine.Accounts.RemoveIntegration(t.Context(), w.In.ID, true); err != nil {
			t.Error(err)
		}
	}}), w.Engine.Senders)
	during := snapshot(t, other, w.In.ProjectID, everything())
	if diff := cmp.Diff(before, during, cmpopts.IgnoreFields(tracker.Snapshot{}, "At")); diff != "" || !changed {
		t.Errorf("changed is %v, and the snapshot a mixture (-before +during):\n%s", changed, diff)
	}

	after := snapshot(t, w.Engine.Board, w.In.ProjectID, everything())
	if len(after.Stories.Backlog) != 0 || after.Counts[tracker.DeliveryWaiting] != 0 || len(after.Integrations) != 0 || len(after.Tickets.Tickets) != 0 {
		t.Errorf("after: %+v", after)
	}
}

func TestSnapshotHoldsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	w.Story(w.Ticket(tracker.TicketOpen))
	all := snapshot(t, w.Engine.Board, w.In.ProjectID, everything())
	for name, test := range map[string]struct {
		shown tracker.SnapshotQuery
		want  tracker.Snapshot
	}{
		"nothing": {tracker.SnapshotQuery{}, tracker.Snapshot{}},
		"stories": {tracker.SnapshotQuery{Stories: true}, tracker.Snapshot{Stories: all.Stories}},
		"counts":  {tracker.SnapshotQuery{Counts: true}, tracker.Snapshot{Counts: all.Counts}},
		"tickets": {tracker.SnapshotQuery{Tickets: true}, tracker.Snapshot{Integrations: all.Integrations, Tickets: all.Tickets, Order: all.Order}},
	} {
		if diff := cmp.Diff(test.want, snapshot(t, w.Engine.Board, w.In.ProjectID, test.shown), cmpopts.IgnoreFields(tracker.Snapshot{}, "At")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if _, err := w.Engine.Board.Snapshot(t.Context(), 99, everything()); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("of no project: %v", err)
	}
}

// The tickets are those of the panel in its order, as the use cases of views and
// stories read them, or of the first active integration where that is not active.
func TestSnapshotOfAPanel(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	first := w.In
	w.Another("Zebra")
	second := w.In
	if err := w.Engine.Views.RefreshView(t.Context(), second.ID); err != nil {
		t.Fatal(err)
	}
	if err := w.Engine.Views.SetTicketOrder(t.Context(), second.ID, tracker.OrderOldest); err != nil {
		t.Fatal(err)
	}
	shown := func(panel tracker.IntegrationID) tracker.Snapshot {
		t.Helper()
		return snapshot(t, w.Engine.Board, w.In.ProjectID, tracker.SnapshotQuery{Tickets: true, Stories: true, Panel: panel})
	}
	for panel, want := range map[tracker.IntegrationID]tracker.IntegrationID{0: first.ID, 99: first.ID, first.ID: first.ID, second.ID: second.ID} {
		got := shown(panel)
		list, err := w.Engine.Views.Tickets(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		order, err := w.Engine.Views.TicketOrder(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		search.Sort(order, list.Tickets)
		if diff := cmp.Diff(list, got.Tickets); diff != "" || got.Order != order || len(list.Tickets) == 0 {
			t.Errorf("panel %d in order %s (-want +got):\n%s", panel, got.Order, diff)
		}
		b, err := w.Engine.Stories.Columns(t.Context(), w.In.ProjectID)
		if diff := cmp.Diff(b, got.Stories); diff != "" || err != nil {
			t.Errorf("the board (-want +got):\n%s%v", diff, err)
		}
	}
	for _, in := range []tracker.Integration{first, second} {
		if _, err := w.Engine.Accounts.SetIntegrationActive(t.Context(), in.ID, false); err != nil {
			t.Fatal(err)
		}
	}
	if got := shown(second.ID); len(got.Integrations) != 2 || got.Tickets.Integration.ID != 0 || len(got.Tickets.Tickets) != 0 {
		t.Errorf("without an active one: %+v", got)
	}
}
