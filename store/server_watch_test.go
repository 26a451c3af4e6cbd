package store

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
)

// What another handle commits is noticed, whether commits are announced or not.
func TestServerNoticesOthers(t *testing.T) {
	t.Parallel()
	if _, ok := postgrestest.Database(t, prepareServer); !ok {
		return
	}
	for _, listen := range []string{"on", "off"} {
		t.Run("listen "+listen, func(t *testing.T) {
			t.Parallel()
			address, _ := postgrestest.Database(t, prepareServer)
			address += "&listen=" + listen
			one, other := watchServer(t, mustOpenServer(t, address)), mustOpenServer(t, address)
			for i := range 8 {
				value := strconv.Itoa(i)
				if err := other.Write(t.Context(), func(w tracker.Writer) error { return w.SaveSetting("k", value) }); err != nil {
					t.Fatal(err)
				}
				one.until("another's change is there", func() bool { return savedIn(t, one.Server) == value })
			}
		})
	}
}

// BenchmarkServerNotices measures how long another's change takes until it is noticed: in the
// middle and for all but one of a hundred, with announcements and by polling alone.
func BenchmarkServerNotices(b *testing.B) {
	for _, listen := range []string{"on", "off"} {
		b.Run("listen="+listen, func(b *testing.B) {
			address, ok := postgrestest.Database(b, prepareServer)
			if !ok {
				return
			}
			address += "&listen=" + listen
			one, other := mustOpenServer(b, address), mustOpenServer(b, address)
			changed := make(chan struct{}, 1)
			go func() {
				_ = one.Watch(b.Context(), func() { changed <- struct{}{} }) // it ends with the benchmark
			}()
			var times []time.Duration
			for b.Loop() {
				time.Sleep(600 * time.Millisecond) // people are slower than that, too
				begun := time.Now()
				err := other.Write(b.Context(), func(w tracker.Writer) error { return w.SaveSetting("k", begun.String()) })
				if err != nil {
					b.Fatal(err)
				}
				<-changed
				times = append(times, time.Since(begun))
			}
			report(b, times)
		})
	}
}

// Rows of handles that are gone are added up, so that what others have seen stays right.
func TestStaleRowsOfTheRevision(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	watching := mustOpenServer(t, address)
	revision := func() int64 {
		t.Helper()
		n, err := watching.Revision(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	save := func(s *Server, value string) {
		t.Helper()
		if err := s.Write(t.Context(), func(w tracker.Writer) error { return w.SaveSetting("k", value) }); err != nil {
			t.Fatal(err)
		}
	}
	rows := func() (n int) {
		t.Helper()
		if err := watching.Readers.QueryRowContext(t.Context(), "SELECT count(*) FROM revision").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	asleep := mustOpenServer(t, address)
	for range 3 {
		save(asleep, "a")
	}
	for range 5 {
		gone := mustOpenServer(t, address)
		save(gone, "b")
	}
	fresh := mustOpenServer(t, address)
	save(fresh, "c")
	before, beforeRows := revision(), rows()
	executeIn(t, address, "UPDATE revision SET changed_at = changed_at - 3700000 WHERE writer <> '' AND writer NOT IN (SELECT writer FROM revision ORDER BY changed_at DESC LIMIT 1)")

	newcomer := mustOpenServer(t, address)
	save(newcomer, "d")
	if after := revision(); after != before+1 {
		t.Errorf("the revision went from %d to %d", before, after)
	}
	if got := rows(); got != beforeRows-6+1 {
		t.Errorf("%d rows are left of %d", got, beforeRows)
	}
	// One that only slept comes new, and nobody misses what it changes.
	save(asleep, "e")
	save(asleep, "f")
	if after := revision(); after != before+3 {
		t.Errorf("the revision is %d, not %d", after, before+3)
	}
	if got := savedIn(t, watching); got != "f" {
		t.Errorf("%q is saved", got)
	}
}

func report(b *testing.B, times []time.Duration) {
	b.Helper()
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "ms-p99")
}
