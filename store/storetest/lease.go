package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

// A lease has one holder until it runs out or is ended; whoever has lost it can
// neither extend nor end it.
func testNamedLeases(t *testing.T, s *suite) {
	held := func(name string) tracker.Lease {
		return get(s, func(r tracker.Reader) (tracker.Lease, error) { return r.Lease(name) })
	}
	lease := func(name, holder string, until time.Duration) tracker.Lease {
		return tracker.Lease{Name: name, Holder: holder, Until: at(until)}
	}
	claim := func(l tracker.Lease, now time.Duration, before tracker.Lease, want bool) {
		t.Helper()
		s.write(func(w tracker.Writer) error {
			got, ok, err := w.ClaimLease(l, at(now))
			if ok != want {
				t.Errorf("%s claims at %v: %v, want %v", l.Holder, now, ok, want)
			}
			same(t, "the lease before", got, before)
			return err
		})
	}
	none := tracker.Lease{}
	same(t, "unclaimed", held("a"), none)
	first := lease("a", "first", time.Minute)
	claim(first, 0, none, true)
	same(t, "claimed", held("a"), first)
	claim(lease("a", "second", 2*time.Minute), 59*time.Second, first, false)
	claim(lease("b", "second", time.Minute), 0, none, true)
	same(t, "still claimed", held("a"), first)

	first.Until = at(3 * time.Minute)
	s.write(func(w tracker.Writer) error { return w.ExtendLease(first) })
	same(t, "extended", held("a"), first)
	claim(lease("a", "second", 4*time.Minute), 2*time.Minute, first, false)
	second := lease("a", "second", 5*time.Minute)
	claim(second, 3*time.Minute, first, true)

	s.write(func(w tracker.Writer) error {
		if err := w.ExtendLease(lease("a", "first", time.Hour)); err != nil {
			return err
		}
		return w.EndLease(first)
	})
	same(t, "after the former holder's changes", held("a"), second)

	// Made before the clock was set back.
	third := lease("a", "third", 4*time.Minute)
	claim(third, 3*time.Minute, second, true)
	s.write(func(w tracker.Writer) error { return w.EndLease(third) })
	same(t, "ended", held("a"), none)
	claim(lease("a", "first", time.Minute), 0, none, true)
	same(t, "another name's", held("b"), lease("b", "second", time.Minute))
}
