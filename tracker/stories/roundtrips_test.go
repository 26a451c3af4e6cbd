package stories_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"

	"storydesk/feed"
	"storydesk/store"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// counted counts the round trips to the server that its last change took.
type counted struct {
	tracker.Store
	proxy *postgrestest.Proxy
	trips *int64
}

func (c counted) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	before := c.proxy.Trips()
	err := c.Store.Write(ctx, fn)
	*c.trips = c.proxy.Trips() - before
	return err
}

// On a slow network a change costs what its round trips cost, with all its private comments.
func TestRoundTripsOfAChange(t *testing.T) {
	t.Parallel()
	address, ok := postgrestest.Database(t, trackertest.PrepareServer)
	if !ok {
		return
	}
	proxy := postgrestest.NewProxy(t, address)
	db, err := store.OpenServer(t.Context(), proxy.Address+"&listen=off")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	var trips int64
	w := &trackertest.World{T: t}
	w.Engine = engine.New(kernel.Config{
		Store: counted{db, proxy, &trips}, Zendesk: zendesk.New(zendesk.Config{}), Feeds: feed.New(feed.Config{}), Secrets: db.Secrets(),
		Files: db.Files(t.TempDir()), User: "Ada", Seat: kernel.Seat{Team: true}, Now: time.Now, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
	box, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = box.Close() })
	if w.URL, err = box.Listen(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	w.Another("Support")
	w.Engine.Recognise(func(said string) (string, bool) { return said, true })
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	take := func(a tracker.Action, reason string) func(tracker.Story) error {
		return func(st tracker.Story) error {
			_, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, a, reason)
			return err
		}
	}
	other, err := w.Engine.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.In.ProjectID, Name: "other", Type: tracker.Chore, Place: tracker.Place{Column: tracker.Backlog}})
	if err != nil {
		t.Fatal(err)
	}
	changes := []struct {
		name   string
		change func(tracker.Story) error
		most   int64
	}{
		{"a move beside another story", func(st tracker.Story) error {
			_, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{st.ID}, tracker.Place{Column: tracker.Backlog, Before: other.ID})
			return err
		}, 5},
		{"a name", func(st tracker.Story) error {
			_, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: new("another name")})
			return err
		}, 5},
		{"starting, which opens the ticket", take(tracker.Start, ""), 5},
		{"a comment", func(st tracker.Story) error {
			_, err := w.Engine.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "text", "")
			return err
		}, 5},
		{"finishing", take(tracker.Finish, ""), 5},
		{"delivering", take(tracker.Deliver, ""), 5},
		{"rejecting with a reason, which is a comment besides", take(tracker.Reject, "why"), 6},
	}
	// The first story's changes make the server know the statements.
	for n, status := range []tracker.TicketStatus{tracker.TicketOpen, tracker.TicketNew} {
		st := w.Story(w.Ticket(status))
		for _, c := range changes {
			if err := c.change(st); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			t.Logf("%d: %s: %d round trips", n, c.name, trips)
			if n > 0 && (trips == 0 || trips > c.most) {
				t.Errorf("%s takes %d round trips, at most %d", c.name, trips, c.most)
			}
		}
	}
}
