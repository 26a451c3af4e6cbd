package postgres

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"storydesk/store/postgres/postgrestest"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// openBare opens a database with no more tables than this package knows. It polls for changes
// so seldom that a test ends before.
func openBare(t *testing.T, address string) *Server {
	t.Helper()
	const tables = `
		CREATE TABLE IF NOT EXISTS lane (id BIGINT);
		CREATE TABLE IF NOT EXISTS presence (writer TEXT PRIMARY KEY, person TEXT, story_id BIGINT, writing BOOLEAN, until BIGINT)`
	s, err := Open(t.Context(), address, 1, func() ([]Step, error) { return []Step{{Version: 1, Text: tables}}, nil })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.every = time.Hour
	return s
}

// commit changes something, and announces that.
func commit(t *testing.T, s *Server) {
	t.Helper()
	tx, err := s.Change(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	s.Announce()
}

// What is announced is noticed without a poll.
func TestAnnouncementsAreNoticed(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	one, other := openBare(t, address), openBare(t, address)
	ctx, cancel := context.WithCancel(t.Context())
	changed, ended := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		ended <- one.Watch(ctx, func() {
			select {
			case changed <- struct{}{}:
			default:
			}
		})
	}()
	defer func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}()
	// It is not known from when on it listens.
	patience, again := time.After(2*time.Minute), time.NewTicker(watchEvery)
	defer again.Stop()
	for {
		commit(t, other)
		select {
		case <-changed:
			return
		case <-patience:
			t.Fatal("nothing was noticed")
		case <-again.C:
		}
	}
}

// Where listening is turned off nothing is announced.
func TestNothingIsAnnounced(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	silent := openBare(t, address+"&listen=off")
	hears, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer hears.Close(t.Context())
	if _, err := hears.Exec(t.Context(), "LISTEN "+channel); err != nil {
		t.Fatal(err)
	}
	commit(t, silent)
	silent.announcing.Wait()
	if _, err := silent.Writers.ExecContext(t.Context(), "SELECT pg_notify($1, 'the next one')", channel); err != nil {
		t.Fatal(err)
	}
	if notice, err := hears.WaitForNotification(t.Context()); err != nil || notice.Payload != "the next one" {
		t.Errorf("announced is %+v, %v", notice, err)
	}
}
