package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"

	"github.com/jackc/pgx/v5/pgconn"
)

// While a server is lost it is looked for ever less often, and as before once it is back.
func TestRestAfter(t *testing.T) {
	rest := watchEvery
	for range 20 {
		before := rest
		rest = restAfter(before, watchEvery, true)
		if longest := min(2*before, longestRest); rest > longest || rest < longest-longest/4 {
			t.Fatalf("rests for %s after %s", rest, before)
		}
	}
	if rest < longestRest/2 {
		t.Errorf("rests for %s in the end", rest)
	}
	if got := restAfter(rest, watchEvery, false); got != watchEvery {
		t.Errorf("rests for %s once the server is back", got)
	}
}

func TestRepeat(t *testing.T) {
	deadlock := &pgconn.PgError{Code: "40P01"}
	for name, test := range map[string]struct {
		fails int
		again bool
		want  int
	}{
		"at once":        {0, true, 1},
		"after others":   {3, true, 4},
		"not again":      {1, false, 1},
		"without an end": {1000, true, runs},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ran := 0
			err := Repeat(t.Context(), func() (bool, error) {
				if ran++; ran <= test.fails {
					return test.again, deadlock
				}
				return false, nil
			})
			if ran != test.want || (err != nil) != (test.fails >= test.want) {
				t.Errorf("ran %d times, %v", ran, err)
			}
		})
	}
	t.Run("called off", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ran := 0
		err := Repeat(ctx, func() (bool, error) {
			ran++
			cancel()
			return true, deadlock
		})
		if ran != 1 || !errors.Is(err, deadlock) {
			t.Errorf("ran %d times, %v", ran, err)
		}
	})
}

// What announces nothing, and where listening is turned off, is polled alone.
func TestListenOption(t *testing.T) {
	for address, listens := range map[string]bool{
		"postgres://u@h/d": true, "postgres://u@h/d?listen=on": true, "postgres://u@h/d?sslmode=disable&listen=off": false,
	} {
		c, err := parse(address)
		if err != nil || c.listen != listens || c.connect.RuntimeParams["listen"] != "" {
			t.Errorf("%s: listens %t, %v, %v", address, c.listen, c.connect.RuntimeParams, err)
		}
	}
	for code, listens := range map[string]bool{"42883": false, "0A000": false, "42601": false, "57P01": true} {
		s, err := connect("postgres://u@127.0.0.1:1/d")
		if err != nil {
			t.Fatal(err)
		}
		s.refusedNotices(&pgconn.PgError{Code: code})
		if s.listens.Load() != listens {
			t.Errorf("after %s it listens: %t", code, !listens)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestNoticesAreLimited(t *testing.T) {
	limit, begun := noticeLimit(), time.Now()
	made := 0
	for range 1000 {
		if limit.AllowN(begun, 1) {
			made++
		}
	}
	if made != noticesAtOnce {
		t.Errorf("%d announcements at once", made)
	}
	if !limit.AllowN(begun.Add(watchEvery), 1) {
		t.Error("none after the time of a poll")
	}
}

// A handle's own changes never count, not even those that are committed while it looks: one of
// another's at that moment would be missed.
func TestOwnChangesNeverCount(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	s := openBare(t, address)
	revision := func(of *Server) int64 {
		t.Helper()
		n, err := of.Revision(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	looking := openBare(t, address) // as one that had asked before the first commit
	looking.me = s.me
	before := revision(s)
	first, second := s.rows.take(s.me), s.rows.take(s.me)
	for range 2 {
		commit(t, s) // each with a row of its own, while the others are in use
		s.rows.take(s.me)
	}
	s.rows.leave(first)
	s.rows.leave(second)
	commit(t, s)
	if got, asked := revision(s), revision(looking); got != before || asked != before {
		t.Errorf("own changes count: %d before, %d and %d after", before, got, asked)
	}
	commit(t, openBare(t, address))
	if got := revision(s); got != before+1 {
		t.Errorf("another's change: %d, not %d", got, before+1)
	}
}
