package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
)

// watched is a server whose changes are waited for.
type watched struct {
	*Server
	t       *testing.T
	changed chan struct{}
}

func watchServer(t *testing.T, s *Server) *watched {
	t.Helper()
	w := &watched{s, t, make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- s.Watch(ctx, func() {
			select {
			case w.changed <- struct{}{}:
			default:
			}
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("watching ended with %v", err)
		}
	})
	return w
}

// until waits for a change after which ok is true.
func (w *watched) until(what string, ok func() bool) {
	w.t.Helper()
	patience := time.After(2 * time.Minute)
	for !ok() {
		select {
		case <-w.changed:
		case <-patience:
			w.t.Fatalf("no change after which %s", what)
		}
	}
}

func (w *watched) save(value string) error {
	return w.Write(w.t.Context(), func(tx tracker.Writer) error { return tx.SaveSetting("k", value) })
}

func savedIn(t *testing.T, s *Server) (value string) {
	t.Helper()
	err := s.Read(t.Context(), func(r tracker.Reader) (err error) {
		value, err = r.Setting("k")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// A connection that is cut is lost until it is back; nothing is half done, and what others
// changed meanwhile is noticed then.
func TestServerOutOfReach(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	proxy := postgrestest.NewProxy(t, address)
	other := mustOpenServer(t, address)
	w := watchServer(t, mustOpenServer(t, proxy.Address))
	if err := w.save("before"); err != nil {
		t.Fatal(err)
	}
	proxy.Cut()
	w.until("the server is lost", func() bool { return w.Lost() != nil })
	told(t, w.Lost(), tracker.CodeUnavailable, "on 127.0.0.1")
	told(t, w.save("lost"), tracker.CodeUnavailable, "on 127.0.0.1")
	if err := other.Write(t.Context(), func(tx tracker.Writer) error { return tx.SaveSetting("k", "another's") }); err != nil {
		t.Fatal(err)
	}
	proxy.Restore()
	w.until("the server is back", func() bool { return w.Lost() == nil })
	if got := savedIn(t, w.Server); got != "another's" {
		t.Errorf("%q is saved", got)
	}
	if err := w.save("after"); err != nil {
		t.Error(err)
	}
}

// Connections that broke while nobody used them are not missed: others are taken.
func TestUnusedConnectionsBreak(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	proxy := postgrestest.NewProxy(t, address)
	s := mustOpenServer(t, proxy.Address)
	// As many transactions at once, of each kind, as there are connections.
	for _, transact := range []func(fn func() error) error{
		func(fn func() error) error { return s.Write(t.Context(), func(tracker.Writer) error { return fn() }) },
		func(fn func() error) error { return s.Read(t.Context(), func(tracker.Reader) error { return fn() }) },
	} {
		const many = 4
		var begun, ended sync.WaitGroup
		begun.Add(many)
		for range many {
			ended.Go(func() {
				err := transact(func() error {
					begun.Done()
					begun.Wait()
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		ended.Wait()
	}
	proxy.Cut()
	proxy.Restore()
	if err := s.Write(t.Context(), func(w tracker.Writer) error { return w.SaveSetting("k", "after") }); err != nil {
		t.Error(err)
	}
	if got := savedIn(t, s); got != "after" {
		t.Errorf("%q is saved", got)
	}
}

// A server that stops and starts again is lost meanwhile.
func TestServerStopsAndStarts(t *testing.T) {
	t.Parallel()
	address, halt, launch, ok := postgrestest.Separate(t)
	if !ok {
		return
	}
	w := watchServer(t, mustOpenServer(t, address))
	for _, value := range []string{"once", "twice"} {
		if err := w.save(value); err != nil {
			t.Fatal(err)
		}
		if err := halt(); err != nil {
			t.Fatal(err)
		}
		w.until("the server is lost", func() bool { return w.Lost() != nil })
		told(t, w.save("lost"), tracker.CodeUnavailable)
		if err := launch(); err != nil {
			t.Fatal(err)
		}
		w.until("the server is back", func() bool { return w.Lost() == nil })
		if got := savedIn(t, w.Server); got != value {
			t.Errorf("%q is saved, not %q", got, value)
		}
	}
}

// A commit whose answer was lost is found out about: one that the server made counts, one
// that never reached it has no effect, and is said to have none.
func TestCommitWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	if _, ok := postgrestest.Database(t, prepareServer); !ok {
		return
	}
	for name, test := range map[string]struct {
		at    postgrestest.Break
		first bool
	}{
		"committed":                      {postgrestest.AfterCommit, false},
		"committed as the first one":     {postgrestest.AfterCommit, true},
		"not committed":                  {postgrestest.BeforeCommit, false},
		"not committed as the first one": {postgrestest.BeforeCommit, true},
	} {
		t.Run(name, func(t *testing.T) {
			address, _ := postgrestest.Database(t, prepareServer)
			proxy := postgrestest.NewProxy(t, address)
			s := mustOpenServer(t, proxy.Address)
			runs, all := 0, 0
			add := func() error {
				return s.Write(t.Context(), func(w tracker.Writer) error {
					runs++
					all++
					p := tracker.NewProject(fmt.Sprint(name, all))
					return w.AddProject(&p)
				})
			}
			if !test.first {
				if err := add(); err != nil {
					t.Fatal(err)
				}
			}
			runs = 0
			proxy.BreakAtCommit(test.at)
			// The one that was lost is done again: what is written twice would be there twice.
			if err := add(); err != nil {
				t.Fatal(err)
			}
			want := map[postgrestest.Break]int{postgrestest.AfterCommit: 1, postgrestest.BeforeCommit: 2}[test.at]
			if runs != want {
				t.Errorf("the transaction ran %d times, not %d", runs, want)
			}
			projects := 1
			if !test.first {
				projects++
			}
			if got := len(serverProjects(t, s)); got != projects {
				t.Errorf("%d projects, not %d", got, projects)
			}
		})
	}
}

// An upgrade that another program makes while nobody knows how a commit ended is not taken for
// that commit: it raises the rows of all.
func TestCommitWithoutAnAnswerDuringAnUpgrade(t *testing.T) {
	t.Parallel()
	if _, ok := postgrestest.Database(t, prepareServer); !ok {
		return
	}
	for name, test := range map[string]struct {
		at   postgrestest.Break
		want string
	}{
		"committed":     {postgrestest.AfterCommit, "second"},
		"not committed": {postgrestest.BeforeCommit, "first"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address, _ := postgrestest.Database(t, prepareServer)
			proxy := postgrestest.NewProxy(t, address)
			s := mustOpenServer(t, proxy.Address)
			save := func(value string) error {
				return s.Write(t.Context(), func(w tracker.Writer) error { return w.SaveSetting("k", value) })
			}
			if err := save("first"); err != nil {
				t.Fatal(err)
			}
			upgraded := make(chan error, 1)
			proxy.OnBreak(func() {
				proxy.Cut()
				upgraded <- run(address, "UPDATE revision SET schema = 999, value = value + 1")
				proxy.Restore()
			})
			proxy.BreakAtCommit(test.at)
			err := save("second")
			if failed := <-upgraded; failed != nil {
				t.Fatal(failed)
			}
			if test.want == "second" && err != nil {
				t.Errorf("what was committed is told as %v", err)
			}
			if test.want == "first" {
				told(t, err, tracker.CodeRefused, "newer storydesk")
			}
			if got := savedIn(t, s); got != test.want {
				t.Errorf("%q is saved", got)
			}
		})
	}
}

func serverProjects(t *testing.T, s *Server) (all []tracker.Project) {
	t.Helper()
	err := s.Read(t.Context(), func(r tracker.Reader) (err error) {
		all, err = r.Projects()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A commit about which nobody can be asked is told as what it is: unknown.
func TestCommitWithoutAnAnswerWhileTheServerIsGone(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	proxy := postgrestest.NewProxy(t, address)
	s := mustOpenServer(t, proxy.Address)
	proxy.BreakAtCommit(postgrestest.AfterCommit)
	err := s.Write(t.Context(), func(w tracker.Writer) error {
		proxy.OnBreak(proxy.Cut)
		return w.SaveSetting("k", "v")
	})
	told(t, err, tracker.CodeUnavailable, "look whether the change is there")
	if got := savedIn(t, mustOpenServer(t, address)); got != "v" {
		t.Errorf("%q is saved", got)
	}
}

// A change of which nobody asks anything before its first commit is done again on another
// connection, too.
func TestUnusedConnectionBreaksBeforeACommit(t *testing.T) {
	t.Parallel()
	address, ok := lanesDue(t, 1)
	if !ok {
		return
	}
	proxy := postgrestest.NewProxy(t, address)
	s := mustOpenServer(t, proxy.Address)
	var in []tracker.Integration
	stays := errors.New("nothing is changed")
	err := s.Write(t.Context(), func(w tracker.Writer) (err error) {
		if in, err = w.Integrations(0); err != nil {
			return err
		}
		return stays
	})
	if !errors.Is(err, stays) {
		t.Fatal(err)
	}
	proxy.Cut()
	proxy.Restore()
	err = s.Write(t.Context(), func(w tracker.Writer) error {
		d := waiting(in[0], 1)
		d.Operation = "on another connection"
		return w.AddDelivery(d)
	})
	if err != nil {
		t.Error(err)
	}
}
