package store

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

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
		patience := time.After(2 * time.Minute)
		for !slices.Equal(ada.Others(), want) {
			select {
			case <-news:
			case <-patience:
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

// That somebody has left is told again where it could not be told.
func TestLeavingIsToldAgain(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	proxy := postgrestest.NewProxy(t, address)
	bob := mustOpenServer(t, proxy.Address)
	w := watchServer(t, bob)
	if err := bob.Attend(t.Context(), tracker.Attendance{Who: "Bob", Story: 7}); err != nil {
		t.Fatal(err)
	}
	// It is not forgotten by itself.
	executeIn(t, address, "UPDATE presence SET until = until + 1000000000")
	proxy.Cut()
	told(t, bob.Attend(t.Context(), tracker.Attendance{}), tracker.CodeUnavailable)
	w.until("the server is lost", func() bool { return w.Lost() != nil })
	proxy.Restore()
	ada := mustOpenServer(t, address)
	left := func() (left bool) {
		t.Helper()
		if err := ada.Readers.QueryRowContext(t.Context(), "SELECT count(*) = 0 FROM presence").Scan(&left); err != nil {
			t.Fatal(err)
		}
		return left
	}
	for end := time.Now().Add(2 * time.Minute); !left(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("he never left")
		}
	}
}

// Who had nothing open leaves without a word: nobody looks at once because of it.
func TestLeavingWithoutHavingCome(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	hears, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer hears.Close(t.Context())
	if _, err := hears.Exec(t.Context(), "LISTEN storydesk"); err != nil {
		t.Fatal(err)
	}
	s, err := OpenServer(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Attend(t.Context(), tracker.Attendance{}); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	executeIn(t, address, "SELECT pg_notify('storydesk', 'the next one')")
	if notice, err := hears.WaitForNotification(t.Context()); err != nil || notice.Payload != "the next one" {
		t.Errorf("announced is %+v, %v", notice, err)
	}
}
