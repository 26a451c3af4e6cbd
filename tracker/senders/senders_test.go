package senders_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"storydesk/feed"
	"storydesk/store"
	"storydesk/store/files"
	"storydesk/store/keyring"
	"storydesk/store/keyring/keyringtest"
	"storydesk/store/local"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/accounts"
	"storydesk/tracker/board"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/sending"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// team is a database on a server, and the clock that all of its members go by.
type team struct {
	t       *testing.T
	address string
	box     *sandbox.Sandbox
	url     string
	mu      sync.Mutex
	ahead   time.Duration
}

func (m *team) now() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return time.Now().Add(m.ahead)
}

func (m *team) pass(d time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ahead += d
}

// newTeam is nil where there is no PostgreSQL.
func newTeam(t *testing.T) *team {
	t.Helper()
	address, ok := postgrestest.Database(t, trackertest.PrepareServer)
	if !ok {
		return nil
	}
	box, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	url, err := box.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return &team{t: t, address: address, box: box, url: url}
}

// member is a program of a member with a keyring and a file of their own.
func (m *team) member(name, machine, role string) *engine.Engine {
	m.t.Helper()
	return m.memberWith(keyringtest.New(), name, machine, role)
}

func (m *team) memberWith(ring *keyringtest.Ring, name, machine, role string) *engine.Engine {
	m.t.Helper()
	s, err := store.OpenServer(m.t.Context(), m.address)
	if err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = s.Close() })
	own, err := local.New(m.t.Context(), s, s, local.NewFile(filepath.Join(m.t.TempDir(), "own.json")), func(context.Context) (string, error) { return name, nil })
	if err != nil {
		m.t.Fatal(err)
	}
	return engine.New(kernel.Config{
		Store: own, Zendesk: zendesk.New(zendesk.Config{}), Feeds: feed.New(feed.Config{}), Secrets: keyring.New(ring, own, s.Secrets()), Files: files.At(m.t.TempDir()),
		User: name, Seat: kernel.Seat{Team: true, Machine: machine, Role: role}, FirstRetry: 20 * time.Millisecond, Settle: 200 * time.Millisecond,
		Now: m.now, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
}

// support adds an integration by a member, shared or not.
func (m *team) support(e *engine.Engine, shared bool) tracker.Integration {
	m.t.Helper()
	p, err := e.Projects.OpenProject(m.t.Context(), "")
	if err != nil {
		m.t.Fatal(err)
	}
	d := tracker.NewIntegrationDraft(p.ID)
	d.Name, d.URL, d.Email, d.Auth, d.Secret = "Support", m.url, sandbox.Email, tracker.AuthPassword, sandbox.Password
	d.SecretInDatabase, d.View = shared, trackertest.Itoa(sandbox.ViewUnresolved)
	in, err := e.Accounts.AddIntegration(m.t.Context(), d)
	if err != nil {
		m.t.Fatal(err)
	}
	return in
}

// absent is whom a member's board names for integrations that it cannot send for.
func (m *team) absent(e *engine.Engine, in tracker.Integration) (tracker.Sender, bool) {
	m.t.Helper()
	snap, err := e.Board.Snapshot(m.t.Context(), in.ProjectID, tracker.SnapshotQuery{Tickets: true})
	if err != nil {
		m.t.Fatal(err)
	}
	s, ok := snap.Absent[in.ID]
	return s, ok
}

// A member without credentials sees the tickets, makes a story, comments, and asks for the
// view; another one's program loads and sends. It neither polls nor claims by itself, and
// nothing is paused by that.
func TestAMemberWithoutCredentials(t *testing.T) {
	m := newTeam(t)
	if m == nil {
		return
	}
	ada, ben := m.member("Ada", "laptop", ""), m.member("Ben", "desk", "")
	in := m.support(ada, false)
	if place, err := ben.Accounts.SecretPlace(t.Context(), in.ID); err != nil || place != tracker.InNoPlace {
		t.Fatalf("Ben's secret is in %s, %v", place, err)
	}
	before := len(m.box.Requests())
	if _, err := ben.Views.PollOnce(t.Context()); err != nil || len(m.box.Requests()) != before {
		t.Errorf("Ben's program asked Zendesk, %v", err)
	}
	if _, err := ben.Views.AskView(t.Context(), in.ID); err == nil || !strings.Contains(err.Error(), "you are not signed in to Support on this machine") {
		t.Errorf("with nobody there: %v", err)
	}
	if s, ok := m.absent(ben, in); !ok || s.Holder != "" {
		t.Errorf("Ben's board names %+v, %v", s, ok)
	}
	if _, ok := m.absent(ada, in); ok {
		t.Error("Ada's board says that she cannot send")
	}
	if err := ada.Senders.Beat(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, ok := m.absent(ben, in); !ok || s.Name != "Ada" || s.Machine != "laptop" || !sending.There(s, m.now()) {
		t.Errorf("Ben's board names %+v, %v", s, ok)
	}
	if _, err := ada.Views.PollOnce(t.Context()); err != nil {
		t.Fatal(err)
	}
	m.asksForTheView(ada, ben, in)

	list, err := ben.Views.Tickets(t.Context(), in.ID)
	if err != nil || len(list.Tickets) == 0 {
		t.Fatalf("Ben sees %d tickets, %v", len(list.Tickets), err)
	}
	st, err := trackertest.One(ben.Stories.AddFromTickets(t.Context(), tracker.FromTickets{
		Integration: in.ID, Tickets: []tracker.TicketID{list.Tickets[0].ID}, Place: tracker.Place{Column: tracker.Backlog},
	}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ben.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "from Ben", ""); err != nil {
		t.Fatal(err)
	}
	m.ends(ben, func(ctx context.Context) error { return ben.Courier.Drain(ctx) })
	states := func() (waiting, sent int) {
		ds, err := ben.Outbox.Deliveries(t.Context(), tracker.DeliveryQuery{Story: st.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range ds {
			switch d.State {
			case tracker.DeliveryWaiting:
				waiting++
			case tracker.DeliverySent:
				sent++
			default:
				t.Errorf("%+v", d)
			}
			if d.Attempts > 0 && d.State == tracker.DeliveryWaiting {
				t.Errorf("Ben's program tried: %+v", d)
			}
		}
		return waiting, sent
	}
	if waiting, sent := states(); waiting != 1 || sent != 0 {
		t.Errorf("after Ben's courier %d wait and %d are sent", waiting, sent)
	}
	m.ends(ada, func(ctx context.Context) error { return ada.Courier.Drain(ctx) })
	if waiting, sent := states(); waiting != 0 || sent != 1 {
		t.Errorf("after Ada's courier %d wait and %d are sent", waiting, sent)
	}
	if now, err := ben.Accounts.Integration(t.Context(), in.ProjectID, in.Name); err != nil || now.PausedReason != "" {
		t.Errorf("it is paused: %q, %v", now.PausedReason, err)
	}
}

// asksForTheView checks that a member who cannot load a view gets it from one who can.
func (m *team) asksForTheView(can, cannot *engine.Engine, in tracker.Integration) {
	m.t.Helper()
	if _, err := can.Views.PollOnce(m.t.Context()); err != nil {
		m.t.Fatal(err)
	}
	before := len(m.box.Requests())
	said, err := cannot.Views.AskView(m.t.Context(), in.ID)
	if err != nil || said != "asked Ada on laptop to load Support; you are not signed in to it here" || len(m.box.Requests()) != before {
		m.t.Errorf("%q, %v", said, err)
	}
	for range 2 { // the second finds nothing to do
		if _, err := can.Views.PollOnce(m.t.Context()); err != nil {
			m.t.Fatal(err)
		}
	}
	first := len(m.box.Requests())
	if first == before {
		m.t.Error("nobody loaded the view that was asked for")
	}
	if _, err := can.Views.PollOnce(m.t.Context()); err != nil || len(m.box.Requests()) != first {
		m.t.Errorf("it was loaded again, %v", err)
	}
}

// ends runs a member's courier until what is done with it has ended.
func (m *team) ends(e *engine.Engine, do func(context.Context) error) {
	m.t.Helper()
	ctx, stop := context.WithCancel(m.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- e.Courier.RunCourier(ctx) }()
	if err := do(ctx); err != nil {
		m.t.Error(err)
	}
	stop()
	if err := <-ended; !tracker.IsContextError(err) {
		m.t.Error(err)
	}
}

// What is shared by consent serves everybody, and new credentials stay shared until somebody
// takes them for themselves.
func TestSharedCredentials(t *testing.T) {
	m := newTeam(t)
	if m == nil {
		return
	}
	ada, ben := m.member("Ada", "laptop", ""), m.member("Ben", "desk", "")
	in := m.support(ada, true)
	if _, ok := m.absent(ben, in); ok {
		t.Error("Ben cannot use what is shared")
	}
	if err := ben.Views.RefreshView(t.Context(), in.ID); err != nil {
		t.Error(err)
	}
	edit := func(own bool) {
		t.Helper()
		d := in.Draft()
		d.Secret, d.SecretOwn = sandbox.Password, own
		if _, err := ada.Accounts.EditIntegration(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	edit(false)
	if _, ok := m.absent(ben, in); ok {
		t.Error("an edit took the shared credentials away")
	}
	edit(true)
	if _, ok := m.absent(ben, in); !ok {
		t.Error("Ben still has credentials that Ada took for herself")
	}
	if _, ok := m.absent(ada, in); ok {
		t.Error("Ada has none")
	}
}

// A member's own credentials that Zendesk rejects stop that member alone; who signs in with
// which address is each one's own.
func TestOwnCredentialsAreRejected(t *testing.T) {
	m := newTeam(t)
	if m == nil {
		return
	}
	ada, ben := m.member("Ada", "laptop", ""), m.member("Ben", "desk", "")
	in := m.support(ada, false)
	d := in.Draft()
	d.Email, d.Secret = "ben@example.com", "wrong"
	if _, err := ben.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := ben.Views.RefreshView(t.Context(), in.ID); tracker.CodeOf(err) != tracker.CodeUnauthorized {
		t.Errorf("Zendesk took them: %v", err)
	}
	if _, ok := m.absent(ben, in); !ok {
		t.Error("Ben's board does not say that he cannot send")
	}
	for who, want := range map[*engine.Engine]string{ada: sandbox.Email, ben: "ben@example.com"} {
		now, err := who.Accounts.Integration(t.Context(), in.ProjectID, in.Name)
		if err != nil || now.Email != want || now.PausedReason != "" {
			t.Errorf("it signs in as %s, not %s; paused: %q, %v", now.Email, want, now.PausedReason, err)
		}
	}
	m.pass(time.Hour)
	before := len(m.box.Requests())
	now, err := ben.Accounts.Integration(t.Context(), in.ProjectID, in.Name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ben.Accounts.Account(t.Context(), now); !errors.Is(err, accounts.ErrNotHere) {
		t.Errorf("Ben's program goes on with what was rejected: %v", err)
	}
	if _, err := ben.Views.PollOnce(t.Context()); err != nil || len(m.box.Requests()) != before {
		t.Errorf("Ben's program tries again and again, %v", err)
	}
	if err := ada.Views.RefreshView(t.Context(), in.ID); err != nil {
		t.Errorf("Ada: %v", err)
	}
	d.Email, d.Secret = sandbox.Email, sandbox.Password
	if _, err := ben.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := ben.Views.RefreshView(t.Context(), in.ID); err != nil {
		t.Errorf("after the right password: %v", err)
	}
}

// A member whose keyring has lost the credentials is a member without any: nothing is tried
// again and again, the board says who sends, and another one's program sends.
func TestOwnCredentialsAreLost(t *testing.T) {
	m := newTeam(t)
	if m == nil {
		return
	}
	ring := keyringtest.New()
	ada, ben := m.memberWith(ring, "Ada", "laptop", ""), m.member("Ben", "desk", "")
	in := m.support(ada, false)
	d := in.Draft()
	d.Secret = sandbox.Password
	if _, err := ben.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := ben.Views.RefreshView(t.Context(), in.ID); err != nil {
		t.Fatal(err)
	}
	list, err := ben.Views.Tickets(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	st, err := trackertest.One(ada.Stories.AddFromTickets(t.Context(), tracker.FromTickets{
		Integration: in.ID, Tickets: []tracker.TicketID{list.Tickets[0].ID}, Place: tracker.Place{Column: tracker.Backlog},
	}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ada.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "from Ada", ""); err != nil {
		t.Fatal(err)
	}
	const many = 20
	var asked atomic.Int32
	running, stop := context.WithCancel(t.Context())
	defer stop()
	ring.Before(func(call string) error {
		if call != "get" {
			return nil
		}
		if asked.Add(1) >= many {
			stop()
		}
		return keyring.ErrNotFound
	})
	m.ends(ada, func(context.Context) error { return ada.Courier.Drain(running) })
	if n := asked.Load(); n >= many {
		t.Errorf("the keyring was asked %d times", n)
	}
	if _, ok := m.absent(ada, in); !ok {
		t.Error("Ada's board does not say that she cannot send")
	}
	sent := func() (n int) {
		ds, err := ada.Outbox.Deliveries(t.Context(), tracker.DeliveryQuery{Story: st.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range ds {
			if d.State == tracker.DeliverySent {
				n++
			} else if d.State != tracker.DeliveryWaiting || d.Attempts > 0 {
				t.Errorf("%+v", d)
			}
		}
		return n
	}
	if n := sent(); n > 0 {
		t.Errorf("%d are sent", n)
	}
	m.ends(ben, func(ctx context.Context) error { return ben.Courier.Drain(ctx) })
	if n := sent(); n != 1 {
		t.Errorf("%d are sent by Ben's program", n)
	}
	ring.Before(nil)
	if _, err := ada.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if _, ok := m.absent(ada, in); ok {
		t.Error("Ada cannot send after she entered the password anew")
	}
}

// One program notes for all that somebody is there; another goes on when it is gone. Nobody
// has to read anything again because of that.
func TestWhoIsThere(t *testing.T) {
	m := newTeam(t)
	if m == nil {
		return
	}
	ada, worker, ben := m.member("Ada", "laptop", ""), m.member("root", "build1", "worker"), m.member("Ben", "desk", "")
	in := m.support(ada, true)
	beat := func(e *engine.Engine, want string) {
		t.Helper()
		if err := e.Senders.Beat(t.Context()); err != nil {
			t.Fatal(err)
		}
		var got []tracker.Sender
		err := ben.Store.Read(t.Context(), func(r tracker.Reader) (err error) {
			got, err = r.Senders()
			return err
		})
		if err != nil || len(got) != 1 || got[0].IntegrationID != in.ID || got[0].Name+" on "+got[0].Machine != want {
			t.Errorf("%+v, %v; want %s", got, err, want)
		}
	}
	watched, err := store.OpenServer(t.Context(), m.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = watched.Close() })
	before, err := watched.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	beat(worker, "worker on build1")
	m.pass(10 * time.Second)
	beat(ada, "worker on build1")
	m.pass(10 * time.Second)
	beat(ada, "Ada on laptop")
	if after, err := watched.Revision(t.Context()); err != nil || after != before {
		t.Errorf("the revision went from %d to %d, %v", before, after, err)
	}
}

// Who is there is of the same moment as what else the board shows.
func TestTheBoardNamesWhoWasThereAtItsMoment(t *testing.T) {
	m := newTeam(t)
	if m == nil {
		return
	}
	ada, ben := m.member("Ada", "laptop", ""), m.member("Ben", "desk", "")
	in := m.support(ada, false)
	beat := func() {
		m.pass(30 * time.Second)
		if err := ada.Senders.Beat(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	beat()
	before, _ := m.absent(ben, in)
	later := board.New(ben.With(trackertest.Interrupted{Store: ben.Store, Between: beat}), ben.Senders)
	snap, err := later.Snapshot(t.Context(), in.ProjectID, tracker.SnapshotQuery{Counts: true, Tickets: true})
	if err != nil || before.Holder == "" || snap.Absent[in.ID] != before {
		t.Errorf("it names %+v, %v; want %+v", snap.Absent[in.ID], err, before)
	}
	if after, _ := m.absent(ben, in); !after.SeenAt.After(before.SeenAt) {
		t.Errorf("then it names %+v", after)
	}
}
