package tracker_test

import (
	"context"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storydesk/store"
	"storydesk/tracker"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// world is a whole installation: a desk over HTTP, a database, a service.
type world struct {
	t    testing.TB
	desk *sandbox.Sandbox
	url  string
	path string
	db   *store.DB
	svc  *tracker.Service
	in   tracker.Integration
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := newWorldOf(t, sandbox.Options{})
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
		t.Fatal(err)
	}
	return w
}

// newWorldOf makes a world whose view was not read yet.
func newWorldOf(t testing.TB, o sandbox.Options) *world {
	t.Helper()
	desk, err := sandbox.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = desk.Close() })
	url, err := desk.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, desk: desk, url: url, path: filepath.Join(t.TempDir(), "storydesk.db")}
	w.db, w.svc = w.open(0)
	w.another("Support")
	return w
}

// another adds an integration with the desk, which is looked at from now on.
func (w *world) another(name string) {
	w.t.Helper()
	p, err := w.svc.OpenProject(w.t.Context(), "")
	if err != nil {
		w.t.Fatal(err)
	}
	d := tracker.NewIntegrationDraft(p.ID)
	d.Name, d.URL, d.Email, d.Auth, d.Secret = name, w.url, sandbox.Email, tracker.AuthPassword, sandbox.Password
	d.SecretInDatabase, d.View = true, itoa(sandbox.ViewUnresolved)
	if w.in, err = w.svc.AddIntegration(w.t.Context(), d); err != nil {
		w.t.Fatal(err)
	}
}

// open opens the database once more, as another process would.
func (w *world) open(quiet time.Duration) (*store.DB, *tracker.Service) {
	w.t.Helper()
	db, err := store.Open(w.t.Context(), w.path)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = db.Close() })
	svc := tracker.New(tracker.Config{
		Store: db, Desks: zendesk.New(zendesk.Config{}), Secrets: db.Secrets(), User: "Ada",
		QuietWindow: quiet, Now: time.Now, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
	svc.HurryCourier(1500 * time.Millisecond)
	return db, svc
}

// ticket returns a ticket of the view with that status.
func (w *world) ticket(status tracker.TicketStatus) tracker.TicketID {
	w.t.Helper()
	list, err := w.svc.Tickets(w.t.Context(), w.in.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, row := range list.Tickets {
		if row.Status == status && row.Subject != "" {
			return row.ID
		}
	}
	w.t.Fatalf("the view has no ticket that is %s", status)
	return 0
}

// story makes an estimated story in the Backlog from tickets.
func (w *world) story(tickets ...tracker.TicketID) tracker.Story {
	w.t.Helper()
	st, err := w.svc.AddStoryFromTickets(w.t.Context(), tracker.FromTickets{
		Integration: w.in.ID, Tickets: tickets, Type: tracker.Bug, Place: tracker.Place{Column: tracker.Backlog},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return st
}

func (w *world) start(st tracker.Story) {
	w.t.Helper()
	if _, err := w.svc.Transition(w.t.Context(), st.ID, 0, tracker.Start, ""); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) comment(st tracker.Story, text string) {
	w.t.Helper()
	if _, err := w.svc.Comment(w.t.Context(), st.ID, text); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) faults(faults ...sandbox.Fault) {
	w.t.Helper()
	if err := w.desk.AddFaults(faults...); err != nil {
		w.t.Fatal(err)
	}
}

// deliver runs the service until every note of the story is delivered or
// parked, or its integration is paused, and returns the notes, oldest first.
func (w *world) deliver(st tracker.Story) []tracker.Delivery {
	w.t.Helper()
	return w.deliverWith(w.svc, st)
}

func (w *world) deliverWith(svc *tracker.Service, st tracker.Story) []tracker.Delivery {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 90*time.Second)
	defer cancel()
	feed := svc.Subscribe()
	defer feed.Close()
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- svc.Run(running) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			w.t.Errorf("Run: %v", err)
		}
	}()
	for {
		notes, settled := w.notes(ctx, st)
		if settled {
			return notes
		}
		if _, err := feed.Next(ctx); err != nil {
			w.t.Fatalf("not settled: %+v", notes)
		}
	}
}

// notes lists a story's notes, oldest first; settled is true when none moves on.
func (w *world) notes(ctx context.Context, st tracker.Story) (notes []tracker.Delivery, settled bool) {
	w.t.Helper()
	notes, err := w.svc.Deliveries(ctx, tracker.DeliveryQuery{Story: st.ID})
	if err != nil {
		w.t.Fatal(err)
	}
	in, err := w.svc.Integration(ctx, w.in.ProjectID, w.in.Name)
	if err != nil {
		w.t.Fatal(err)
	}
	settled = true
	for i, j := 0, len(notes)-1; i < j; i, j = i+1, j-1 {
		notes[i], notes[j] = notes[j], notes[i]
	}
	for _, d := range notes {
		held := d.State == tracker.DeliveryWaiting && !in.Sends()
		settled = settled && (!d.State.InLane() || held)
	}
	return notes, settled
}

// received lists the comments on a ticket that hold a text.
func (w *world) received(ticket tracker.TicketID, text string) []sandbox.Comment {
	var found []sandbox.Comment
	for _, c := range w.desk.Comments(int64(ticket)) {
		if strings.Contains(c.PlainBody, text) {
			found = append(found, c)
		}
	}
	return found
}

// once checks that a ticket has exactly one private comment with a text.
func (w *world) once(ticket tracker.TicketID, text string) {
	w.t.Helper()
	got := w.received(ticket, text)
	if len(got) != 1 {
		w.t.Errorf("ticket %s has %d comments with %q, want 1", ticket, len(got), text)
	}
	for _, c := range got {
		if c.Public {
			w.t.Errorf("the comment with %q is public", text)
		}
	}
}

func (w *world) status(ticket tracker.TicketID) string {
	w.t.Helper()
	got, ok := w.desk.Ticket(int64(ticket))
	if !ok {
		w.t.Fatalf("the desk has no ticket %s", ticket)
	}
	return got.Status
}
