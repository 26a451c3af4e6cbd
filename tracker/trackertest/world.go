// Package trackertest is an installation for tests of the use cases: an engine
// on a database of its own, and the sandbox over HTTP in Zendesk's place.
package trackertest

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storydesk/feed"
	"storydesk/store"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// Main runs a package's tests, many at once: they wait more than they compute.
func Main(m *testing.M) {
	ManyAtOnce()
	os.Exit(m.Run())
}

// ManyAtOnce is Main of a package whose tests something else runs.
func ManyAtOnce() {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
}

// PrepareServer makes the schema in the database at an address; see package postgrestest.
func PrepareServer(address string) error {
	s, err := store.OpenServer(context.Background(), address)
	if err != nil {
		return err
	}
	return s.Close()
}

// World is a whole installation: a Zendesk over HTTP, a database, an engine.
type World struct {
	T       testing.TB
	Sandbox *sandbox.Sandbox
	URL     string
	Path    string
	DB      *store.DB
	Engine  *engine.Engine
	// In is the integration that was added last.
	In tracker.Integration
	// now is the clock of Zendesk, by which clients reckon too: time that passes for the
	// one passes for the others.
	now func() time.Time
}

// New returns a world whose view has been read.
func New(t *testing.T) *World {
	t.Helper()
	w := NewOf(t, sandbox.Options{})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	return w
}

// NewOf returns a world whose view has not been read yet.
func NewOf(t testing.TB, o sandbox.Options) *World {
	t.Helper()
	box, err := sandbox.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	url, err := box.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &World{T: t, Sandbox: box, URL: url, Path: filepath.Join(t.TempDir(), "storydesk.db"), now: o.Now}
	w.DB, w.Engine = w.Open(0)
	w.Another("Support")
	return w
}

// Another adds an integration with the sandbox, which becomes In.
func (w *World) Another(name string) {
	w.T.Helper()
	p, err := w.Engine.Projects.OpenProject(w.T.Context(), "")
	if err != nil {
		w.T.Fatal(err)
	}
	d := tracker.NewIntegrationDraft(p.ID)
	d.Name, d.URL, d.Email, d.Auth, d.Secret = name, w.URL, sandbox.Email, tracker.AuthPassword, sandbox.Password
	d.SecretInDatabase, d.View = true, Itoa(sandbox.ViewUnresolved)
	if w.In, err = w.Engine.Accounts.AddIntegration(w.T.Context(), d); err != nil {
		w.T.Fatal(err)
	}
}

// Open opens the database once more, as another process would.
func (w *World) Open(quiet time.Duration) (*store.DB, *engine.Engine) {
	w.T.Helper()
	db, err := store.Open(w.T.Context(), w.Path)
	if err != nil {
		w.T.Fatal(err)
	}
	w.T.Cleanup(func() { _ = db.Close() })
	svc := engine.New(kernel.Config{
		Store: Twice{db}, Zendesk: zendesk.New(zendesk.Config{Now: w.now}), Feeds: feed.New(feed.Config{}), Secrets: db.Secrets(), Files: db.Files(), User: "Ada",
		QuietWindow: quiet, SendTimeout: 30 * time.Second, ListLag: 200 * time.Millisecond,
		FirstRetry: 20 * time.Millisecond, Settle: 200 * time.Millisecond, Now: time.Now, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
	return db, svc
}

// Ticket returns a ticket of the view with that status.
func (w *World) Ticket(status tracker.TicketStatus) tracker.TicketID {
	w.T.Helper()
	list, err := w.Engine.Views.Tickets(w.T.Context(), w.In.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, row := range list.Tickets {
		if row.Status == status && row.Subject != "" {
			return row.ID
		}
	}
	w.T.Fatalf("the view has no ticket that is %s", status)
	return 0
}

// One is the result of a use case that was given one story.
func One[T any](list []T, err error) (T, error) {
	if err != nil {
		var none T
		return none, err
	}
	return list[0], nil
}

// Story makes an estimated story in the Backlog from tickets.
func (w *World) Story(tickets ...tracker.TicketID) tracker.Story {
	w.T.Helper()
	st, err := One(w.Engine.Stories.AddFromTickets(w.T.Context(), tracker.FromTickets{
		Integration: w.In.ID, Tickets: tickets, Type: tracker.Bug, Place: tracker.Place{Column: tracker.Backlog},
	}))
	if err != nil {
		w.T.Fatal(err)
	}
	return st
}

// Start starts a story.
func (w *World) Start(st tracker.Story) {
	w.T.Helper()
	if _, err := w.Engine.Stories.Transition(w.T.Context(), []tracker.Seen{{ID: st.ID}}, tracker.Start, ""); err != nil {
		w.T.Fatal(err)
	}
}

// Comment comments on a story.
func (w *World) Comment(st tracker.Story, text string) {
	w.T.Helper()
	if _, err := w.Engine.Stories.Comment(w.T.Context(), []tracker.StoryID{st.ID}, text, ""); err != nil {
		w.T.Fatal(err)
	}
}

// Faults adds faults to what Zendesk answers.
func (w *World) Faults(faults ...sandbox.Fault) {
	w.T.Helper()
	if err := w.Sandbox.AddFaults(faults...); err != nil {
		w.T.Fatal(err)
	}
}

// Deliver runs the service until every private comment of the story is delivered or
// parked, or its integration is paused, and returns the private comments, oldest first.
func (w *World) Deliver(st tracker.Story) []tracker.Delivery {
	w.T.Helper()
	return w.DeliverWith(w.Engine, st)
}

// DeliverWith is Deliver by another engine on the same database.
func (w *World) DeliverWith(svc *engine.Engine, st tracker.Story) []tracker.Delivery {
	w.T.Helper()
	ctx, cancel := context.WithTimeout(w.T.Context(), 90*time.Second)
	defer cancel()
	feed := svc.Subscribe()
	defer feed.Close()
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- svc.Run(running) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			w.T.Errorf("Run: %v", err)
		}
	}()
	for {
		deliveries, settled := w.Deliveries(ctx, st)
		if settled {
			return deliveries
		}
		if _, err := feed.Next(ctx); err != nil {
			w.T.Fatalf("not settled: %+v", deliveries)
		}
	}
}

// Deliveries lists a story's private comments, oldest first; settled is true when none moves on.
func (w *World) Deliveries(ctx context.Context, st tracker.Story) (deliveries []tracker.Delivery, settled bool) {
	w.T.Helper()
	deliveries, err := w.Engine.Outbox.Deliveries(ctx, tracker.DeliveryQuery{Story: st.ID})
	if err != nil {
		w.T.Fatal(err)
	}
	in, err := w.Engine.Accounts.Integration(ctx, w.In.ProjectID, w.In.Name)
	if err != nil {
		w.T.Fatal(err)
	}
	settled = true
	for i, j := 0, len(deliveries)-1; i < j; i, j = i+1, j-1 {
		deliveries[i], deliveries[j] = deliveries[j], deliveries[i]
	}
	for _, d := range deliveries {
		held := d.State == tracker.DeliveryWaiting && !in.Sends()
		settled = settled && (!d.State.InLane() || held)
	}
	return deliveries, settled
}

// Received lists the comments on a ticket that hold a text.
func (w *World) Received(ticket tracker.TicketID, text string) []sandbox.Comment {
	var found []sandbox.Comment
	for _, c := range w.Sandbox.Comments(int64(ticket)) {
		if strings.Contains(c.PlainBody, text) {
			found = append(found, c)
		}
	}
	return found
}

// Once checks that a ticket has exactly one private comment with a text.
func (w *World) Once(ticket tracker.TicketID, text string) {
	w.T.Helper()
	got := w.Received(ticket, text)
	if len(got) != 1 {
		w.T.Errorf("ticket %s has %d comments with %q, want 1", ticket, len(got), text)
	}
	for _, c := range got {
		if c.Public {
			w.T.Errorf("the comment with %q is public", text)
		}
	}
}

// Status returns a ticket's status in Zendesk.
func (w *World) Status(ticket tracker.TicketID) string {
	w.T.Helper()
	got, ok := w.Sandbox.Ticket(int64(ticket))
	if !ok {
		w.T.Fatalf("Zendesk has no ticket %s", ticket)
	}
	return got.Status
}

// Edit changes the integration.
func (w *World) Edit(change func(*tracker.IntegrationDraft)) {
	w.T.Helper()
	in, err := w.Engine.Accounts.Integration(w.T.Context(), w.In.ProjectID, Itoa(w.In.ID))
	if err != nil {
		w.T.Fatal(err)
	}
	d := in.Draft()
	change(&d)
	if w.In, err = w.Engine.Accounts.EditIntegration(w.T.Context(), d); err != nil {
		w.T.Fatal(err)
	}
}

// Paused returns why the integration is paused, empty when it is not.
func (w *World) Paused() string {
	w.T.Helper()
	in, err := w.Engine.Accounts.Integration(w.T.Context(), w.In.ProjectID, w.In.Name)
	if err != nil {
		w.T.Fatal(err)
	}
	return in.PausedReason
}

// State returns a story's state.
func (w *World) State(st tracker.Story) tracker.State {
	w.T.Helper()
	d, err := w.Engine.Stories.Story(w.T.Context(), st.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	return d.Story.State
}

// Itoa formats an id in decimal.
func Itoa[N ~int64](n N) string { return strconv.FormatInt(int64(n), 10) }

// AsError returns an error as one of tracker's.
func AsError(t testing.TB, err error) *tracker.Error {
	t.Helper()
	var e *tracker.Error
	if !errors.As(err, &e) {
		t.Fatalf("%v (%T) is no *tracker.Error", err, err)
	}
	return e
}

// Later sets an engine's clock ahead.
func Later(e *engine.Engine, by time.Duration) {
	e.Now = func() time.Time { return time.Now().Add(by) }
}

// Accept starts, finishes, delivers and accepts a story.
func (w *World) Accept(st tracker.Story) {
	w.T.Helper()
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept} {
		if _, err := w.Engine.Stories.Transition(w.T.Context(), []tracker.Seen{{ID: st.ID}}, a, ""); err != nil {
			w.T.Fatal(err)
		}
	}
}

// Whole returns a story with its tasks, links and comments.
func (w *World) Whole(id tracker.StoryID) tracker.StoryDetail {
	w.T.Helper()
	d, err := w.Engine.Stories.Story(w.T.Context(), id)
	if err != nil {
		w.T.Fatal(err)
	}
	return d
}

// Undo undoes the last change and returns its confirmation.
func (w *World) Undo() string {
	w.T.Helper()
	undone, err := w.Engine.Stories.Undo(w.T.Context(), true)
	if err != nil {
		w.T.Fatal(err)
	}
	return undone.Said
}

// Redo repeats the last undone change and returns its confirmation.
func (w *World) Redo() string {
	w.T.Helper()
	undone, err := w.Engine.Stories.Redo(w.T.Context(), true)
	if err != nil {
		w.T.Fatal(err)
	}
	return undone.Said
}

// Meanwhile edits a ticket in Zendesk.
func (w *World) Meanwhile(e sandbox.Edit) {
	w.T.Helper()
	if err := w.Sandbox.Edit(e); err != nil {
		w.T.Fatal(err)
	}
}
