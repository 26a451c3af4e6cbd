package follow_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }

// clock is everybody's clock: Zendesk's and ours.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Sleep lets time pass.
func (c *clock) Sleep(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// world is an installation whose time passes only when a test says so.
type world struct {
	*trackertest.World
	clock *clock
	// asked is how many requests there were before the last poll.
	asked int
}

func newWorld(t *testing.T, o sandbox.Options) *world {
	t.Helper()
	c := &clock{now: time.Now().Truncate(time.Second)}
	o.Now = c.Now
	w := &world{World: trackertest.NewOf(t, o), clock: c}
	w.Engine.Now = c.Now
	w.poll()
	return w
}

// poll reads the view a minute later, as the poller does.
func (w *world) poll() {
	w.T.Helper()
	w.clock.Sleep(time.Minute)
	w.asked = len(w.Sandbox.Requests())
	if err := w.Engine.Views.RefreshView(w.T.Context(), w.In.ID); err != nil {
		w.T.Fatal(err)
	}
}

// requests counts those of the last poll whose path ends so.
func (w *world) requests(end string) (n int) {
	for _, r := range w.Sandbox.Requests()[w.asked:] {
		if strings.HasSuffix(r.Path, end) {
			n++
		}
	}
	return n
}

// edit does something to a ticket with a control call, as another process would, a
// minute later.
func (w *world) edit(e sandbox.Edit) {
	w.T.Helper()
	w.clock.Sleep(time.Minute)
	body, err := json.Marshal(e)
	if err != nil {
		w.T.Fatal(err)
	}
	r, err := http.NewRequestWithContext(w.T.Context(), http.MethodPost, w.URL+"/sandbox/edits", bytes.NewReader(body))
	if err != nil {
		w.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		w.T.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusNoContent {
		w.T.Fatalf("%+v: %s, %v", e, answer.Status, err)
	}
}

// events are those of a story.
func (w *world) events(st tracker.Story) (list []tracker.TicketEvent) {
	w.T.Helper()
	err := w.DB.Read(w.T.Context(), func(r tracker.Reader) (err error) {
		list, err = r.StoryEvents(st.ID)
		return err
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return list
}

// only is the one event of a story.
func (w *world) only(st tracker.Story) tracker.TicketEvent {
	w.T.Helper()
	list := w.events(st)
	if len(list) != 1 {
		w.T.Fatalf("%d events, want 1: %+v", len(list), list)
	}
	return list[0]
}

// sync sends what waits and reads the view.
func (w *world) sync() {
	w.T.Helper()
	w.clock.Sleep(time.Minute)
	if report, err := w.Engine.Courier.Sync(w.T.Context()); err != nil || len(report.Problems) > 0 {
		w.T.Fatalf("%+v, %v", report, err)
	}
}
