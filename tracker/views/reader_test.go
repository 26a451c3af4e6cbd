package views_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"storydesk/feed"
	feedsandbox "storydesk/feed/sandbox"
	"storydesk/store"
	"storydesk/store/files"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/kind"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// team is a database that several programs share, with a clock that they all go by.
type team struct {
	t     *testing.T
	mu    sync.Mutex
	now   time.Time
	store func() (tracker.Store, tracker.Secrets)
}

func (m *team) clock() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *team) pass(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = m.now.Add(d)
}

// program opens the database as another program would.
func (m *team) program() *engine.Engine {
	return m.programOn(func(s tracker.Store) tracker.Store { return s })
}

func (m *team) programOn(store func(tracker.Store) tracker.Store) *engine.Engine {
	m.t.Helper()
	db, secrets := m.store()
	return engine.New(kernel.Config{
		Store: store(db), Zendesk: zendesk.New(zendesk.Config{}), Feeds: feed.New(feed.Config{}), Secrets: secrets, Files: files.At(m.t.TempDir()), User: "Ada",
		Now: m.clock, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
}

// onEach runs a test on a database of either engine.
func onEach(t *testing.T, test func(t *testing.T, m *team)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "storydesk.db")
		test(t, &team{t: t, now: time.Now(), store: func() (tracker.Store, tracker.Secrets) {
			db, err := store.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = db.Close() })
			return db, db.Secrets()
		}})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		address, ok := postgrestest.Database(t, trackertest.PrepareServer)
		if !ok {
			return
		}
		test(t, &team{t: t, now: time.Now(), store: func() (tracker.Store, tracker.Secrets) {
			s, err := store.OpenServer(t.Context(), address)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			return s, s.Secrets()
		}})
	})
}

// support adds an integration with a sandbox.
func support(t *testing.T, e *engine.Engine) (tracker.Integration, *sandbox.Sandbox) {
	t.Helper()
	box, err := sandbox.Open(sandbox.Options{Tickets: 200})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	url, err := box.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p, err := e.Projects.OpenProject(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	d := tracker.NewIntegrationDraft(p.ID)
	d.Name, d.URL, d.Email, d.Auth, d.Secret = "Support", url, sandbox.Email, tracker.AuthPassword, sandbox.Password
	d.SecretInDatabase, d.View = true, trackertest.Itoa(sandbox.ViewUnresolved)
	in, err := e.Accounts.AddIntegration(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return in, box
}

// list adds an integration with a feed.
func list(t *testing.T, e *engine.Engine) *feedsandbox.Server {
	t.Helper()
	s := feedsandbox.New(feedsandbox.Mode{})
	url, err := s.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	p, err := e.Projects.OpenProject(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.Accounts.AddIntegration(t.Context(), tracker.IntegrationDraft{
		Kind: kind.Other, ProjectID: p.ID, Name: "Planner", URL: url + feedsandbox.Path, Base: url + feedsandbox.Pages, Active: true, SecretInDatabase: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// poll lets programs look for due views for a while, all at the same moments.
func (m *team) poll(programs []*engine.Engine, moments int, apart time.Duration) {
	m.t.Helper()
	for range moments {
		var all sync.WaitGroup
		for _, e := range programs {
			all.Go(func() {
				if _, err := e.Views.PollOnce(m.t.Context()); err != nil {
					m.t.Error(err)
				}
			})
		}
		all.Wait()
		m.pass(apart)
	}
}

// However many programs look at a view, Zendesk and a feed are asked as often as by one.
func TestManyProgramsAskAsOftenAsOne(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, m *team) {
		asked := func(programs int) (zendesk, feed int) {
			first := m.program()
			in, box := support(t, first)
			other := list(t, first)
			before := len(box.Requests())
			all := []*engine.Engine{first}
			for len(all) < programs {
				all = append(all, m.program())
			}
			m.poll(all, 40, 5*time.Second)
			feed, _ = other.Asked()
			zendesk = len(box.Requests()) - before
			for _, e := range all {
				panel, err := e.Views.Tickets(t.Context(), in.ID)
				if err != nil || len(panel.Tickets) == 0 || panel.Fetch.Problem != "" || panel.Fetch.FinishedAt.IsZero() {
					t.Fatalf("a program shows %d tickets, %+v, %v", len(panel.Tickets), panel.Fetch, err)
				}
			}
			if err := m.remove(first); err != nil {
				t.Fatal(err)
			}
			return zendesk, feed
		}
		zendeskOne, feedOne := asked(1)
		zendeskAll, feedAll := asked(20)
		if zendeskOne < 6 || zendeskAll > zendeskOne {
			t.Errorf("Zendesk got %d requests from 20 programs, %d from one", zendeskAll, zendeskOne)
		}
		if feedOne < 3 || feedAll > feedOne {
			t.Errorf("the feed got %d requests from 20 programs, %d from one", feedAll, feedOne)
		}
	})
}

// pages counts the requests for pages of views.
func pages(box *sandbox.Sandbox) (n int) {
	for _, r := range box.Requests() {
		if strings.HasSuffix(r.Path, "/tickets") {
			n++
		}
	}
	return n
}

// remove removes all integrations.
func (m *team) remove(e *engine.Engine) error {
	all, err := e.Accounts.Integrations(m.t.Context(), 0)
	if err != nil {
		return err
	}
	for _, in := range all {
		if err := e.Accounts.RemoveIntegration(m.t.Context(), in.ID, true); err != nil {
			return err
		}
	}
	return nil
}

// die begins a reading in a program that is gone before it ends, and whose lease nobody extends.
func (m *team) die(in tracker.Integration) {
	m.t.Helper()
	db, _ := m.store()
	err := db.Write(m.t.Context(), func(w tracker.Writer) error {
		now := m.clock()
		_, ok, err := w.ClaimLease(tracker.Lease{Name: "view/" + trackertest.Itoa(in.ID), Holder: "gone", Until: now.Add(20 * time.Second)}, now)
		if err != nil || !ok {
			m.t.Errorf("the lease is not free: %v", err)
			return err
		}
		return w.BeginFetch(&tracker.Fetch{IntegrationID: in.ID, StartedAt: now, Total: -1})
	})
	if err != nil {
		m.t.Fatal(err)
	}
}

// When whoever reads a view dies without a word, another program reads it within 30 s, and
// not before the lease has run out.
func TestAnotherProgramTakesAViewOver(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, m *team) {
		e := m.program()
		in, box := support(t, e)
		m.poll([]*engine.Engine{e}, 1, time.Hour)
		m.die(in)
		before := len(box.Requests())
		m.pass(19 * time.Second)
		m.poll([]*engine.Engine{e, m.program()}, 1, 0)
		if n := len(box.Requests()) - before; n > 0 {
			t.Errorf("the view was read twice at a time: %d requests", n)
		}
		m.pass(10 * time.Second)
		m.poll([]*engine.Engine{e, m.program()}, 1, 0)
		panel, err := e.Views.Tickets(t.Context(), in.ID)
		if err != nil || panel.Fetch.FinishedAt.IsZero() || panel.Fetch.Problem != "" || len(box.Requests()) == before {
			t.Errorf("after 29 s: %+v, %v", panel.Fetch, err)
		}
	})
}

// Clocks that differ by some seconds neither read a view twice nor hold it up.
func TestClocksOfATeamDiffer(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, m *team) {
		ahead := m.program()
		ahead.Now = func() time.Time { return m.clock().Add(10 * time.Second) }
		in, box := support(t, ahead)
		m.poll([]*engine.Engine{ahead}, 1, 0)
		before := pages(box)
		late := m.program()
		m.poll([]*engine.Engine{late}, 5, time.Second)
		if n := pages(box) - before; n > 0 {
			t.Errorf("a program whose clock is late read it again at once: %d requests", n)
		}
		box.ClearFaults()
		if err := box.AddFaults(sandbox.Fault{Path: "/views/*/tickets", Before: sandbox.Pause{Hold: "slow"}}); err != nil {
			t.Fatal(err)
		}
		m.pass(2 * time.Minute)
		ended := make(chan error, 1)
		go func() { ended <- ahead.Views.RefreshView(t.Context(), in.ID) }()
		if err := box.Held(t.Context(), "slow"); err != nil {
			t.Fatal(err)
		}
		before = pages(box)
		m.poll([]*engine.Engine{late}, 3, time.Second)
		if n := pages(box) - before; n > 0 {
			t.Errorf("a program whose clock is late read it at the same time: %d requests", n)
		}
		box.Release("slow")
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// Zendesk's wish to be left alone holds for a program whose clock is a little late, too.
func TestAWaitOutlastsADifferenceOfClocks(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, m *team) {
		ahead, late := m.program(), m.program()
		ahead.Now = func() time.Time { return m.clock().Add(10 * time.Second) }
		in, box := support(t, ahead)
		if err := box.AddFaults(sandbox.Fault{Path: "/views/*/tickets", Answer: "limited-account", RetryAfter: 60}); err != nil {
			t.Fatal(err)
		}
		if err := ahead.Views.RefreshView(t.Context(), in.ID); tracker.CodeOf(err) != tracker.CodeLimited {
			t.Fatal(err)
		}
		before := len(box.Requests())
		if err := late.Views.RefreshView(t.Context(), in.ID); tracker.CodeOf(err) != tracker.CodeLimited || len(box.Requests()) != before {
			t.Errorf("%d requests more, %v", len(box.Requests())-before, err)
		}
	})
}

// A refresh by hand waits for another program's reading, or says that there is one; it
// does not ask Zendesk a second time.
func TestRefreshWhileAnotherProgramReads(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, m *team) {
		reader, other := m.program(), m.program()
		in, box := support(t, reader)
		if err := box.AddFaults(sandbox.Fault{Path: "/views/*/tickets", Before: sandbox.Pause{Hold: "slow"}}); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 2)
		go func() { ended <- reader.Views.RefreshView(t.Context(), in.ID) }()
		if err := box.Held(t.Context(), "slow"); err != nil {
			t.Fatal(err)
		}
		before := pages(box)
		said, err := other.Views.AskView(t.Context(), in.ID)
		if err != nil || said != "Support is already being loaded by another storydesk; its tickets appear here as they come" {
			t.Errorf("%q, %v", said, err)
		}
		stopped, stop := context.WithCancel(t.Context())
		stop()
		if err := other.Views.RefreshView(stopped, in.ID); !tracker.IsContextError(err) && tracker.CodeOf(err) != tracker.CodeUnavailable {
			t.Errorf("a refresh that was called off: %v", err)
		}
		looks := make(chan struct{})
		waiting := m.programOn(func(s tracker.Store) tracker.Store {
			return hooked{Store: s, reads: func() {
				select {
				case looks <- struct{}{}:
				default:
				}
			}}
		})
		go func() { ended <- waiting.Views.RefreshView(t.Context(), in.ID) }()
		for range 3 { // once for what it has to read, then for whether the other is done
			<-looks
		}
		if n := pages(box) - before; n > 0 {
			t.Errorf("%d requests more", n)
		}
		box.Release("slow")
		for range 2 {
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		panel, err := other.Views.Tickets(t.Context(), in.ID)
		if err != nil || len(panel.Tickets) < 200 || panel.Fetch.FinishedAt.IsZero() {
			t.Errorf("%d tickets, %+v, %v", len(panel.Tickets), panel.Fetch, err)
		}
		// Nobody reads now: a refresh by hand reads at once, from any program.
		before = pages(box)
		if said, err := other.Views.AskView(t.Context(), in.ID); err != nil || said != "" || pages(box) == before {
			t.Errorf("%q, %v, %d requests", said, err, pages(box)-before)
		}
	})
}
