package store

import (
	"slices"
	"testing"

	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
)

// Others hear what somebody has open, without a change of what is stored, and forget who is
// gone.
func TestServerPresence(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	ada, bob := mustOpenServer(t, address), mustOpenServer(t, address)
	news := make(chan struct{}, 1)
	ada.OnOthers(func() {
		select {
		case news <- struct{}{}:
		default:
		}
	})
	w := watchServer(t, ada)
	until := func(what string, want ...tracker.Attendance) {
		t.Helper()
		for !slices.Equal(ada.Others(), want) {
			select {
			case <-news:
			case <-t.Context().Done():
				t.Fatalf("others never were: %s", what)
			}
		}
	}
	says := func(s *Server, a tracker.Attendance) {
		t.Helper()
		if err := s.Attend(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	reads := tracker.Attendance{Who: "Bob \"B\" <b>", Story: 7}
	writes := reads
	writes.Writing = true
	says(bob, reads)
	until("bob reads", reads)
	says(bob, writes)
	until("bob writes", writes)
	says(ada, tracker.Attendance{Who: "Ada", Story: 7})
	says(bob, tracker.Attendance{})
	until("bob has left")

	gone := mustOpenServer(t, address)
	says(gone, reads)
	until("somebody reads", reads)
	executeIn(t, address, "UPDATE presence SET until = until - 61000 WHERE story_id = 7")
	until("somebody has died")
	if revision, err := ada.Revision(t.Context()); revision != 1 || err != nil { // the first row's
		t.Errorf("the revision went to %d, %v", revision, err)
	}
	select {
	case <-w.changed:
		t.Error("the boards were told of a change")
	default:
	}
	closed, err := OpenServer(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	says(closed, writes)
	until("somebody writes", writes)
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	until("somebody has quit")
}
