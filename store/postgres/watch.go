package postgres

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"storydesk/tracker"
)

const (
	// watchEvery is how often Watch looks, as a rule, while the server answers.
	watchEvery = 500 * time.Millisecond
	// longestRest is how long it rests at most before it looks for a lost server again.
	longestRest = 8 * time.Second
)

// Watch implements tracker.Store: it polls the revision. Where the server tells of commits
// as well it looks at once. While the server cannot be reached it goes on to look for it,
// ever less often; that it is lost, or back, is reported as a change.
func (s *Server) Watch(ctx context.Context, changed func()) error {
	told := make(chan struct{}, 1)
	listening, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.listen(listening, told)
	}()
	defer func() {
		cancel()
		<-ended
	}()
	w := watcher{server: s, changed: changed, rest: s.every, seen: s.opened}
	for {
		if err := w.look(ctx); err != nil {
			return err
		}
		timer := time.NewTimer(w.rest)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-told:
		case <-s.missed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// watcher looks for changes that others commit.
type watcher struct {
	server  *Server
	changed func()
	// seen is the revision that was reported last.
	seen int64
	// rest is how long to wait before the next look.
	rest time.Duration
}

// look asks for the revision once. It fails only where looking again is of no use.
func (w *watcher) look(ctx context.Context) error {
	revision, others, err := w.server.news(ctx)
	if err == nil {
		w.server.tookOthers(others)
		w.server.beatPresence(ctx)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if errors.Is(err, sql.ErrConnDone) || err != nil && tracker.CodeOf(err) != tracker.CodeUnavailable {
		return err
	}
	var lost *tracker.Error
	errors.As(err, &lost)
	before := w.server.lost.Swap(lost)
	w.rest = restAfter(w.rest, w.server.every, lost != nil)
	news := lost == nil && revision != w.seen
	if lost == nil {
		w.seen = revision
	}
	if (before == nil) != (lost == nil) || news {
		w.changed()
	}
	return nil
}

// restAfter is how long to wait after a look, given how long it was before: usual, and twice as
// long each time while the server is lost, give or take a quarter, so that a team's programs do
// not come back all at once.
func restAfter(before, usual time.Duration, lost bool) time.Duration {
	if !lost {
		return usual
	}
	rest := min(2*before, longestRest)
	return rest - rest/4 + rand.N(rest/4) //nolint:gosec // spreading requests needs no secrecy
}

// Lost implements tracker.Store.
func (s *Server) Lost() error {
	if lost := s.lost.Load(); lost != nil {
		return lost
	}
	return nil
}

// Missed makes Watch look at once whether the server is lost, because a transaction ended
// with err.
func (s *Server) Missed(err error) {
	var failed *tracker.Error
	if !errors.As(err, &failed) || failed.Reason != tracker.ReasonOffline || s.lost.Load() != nil {
		return
	}
	select {
	case s.missed <- struct{}{}:
	default:
	}
}
