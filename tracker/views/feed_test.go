package views_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storydesk/feed"
	"storydesk/feed/sandbox"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/kind"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk"
)

// feedWorld is a world with an integration that reads a feed, which was not read yet.
func feedWorld(t *testing.T, m sandbox.Mode) (*world, *sandbox.Server) {
	t.Helper()
	w := &world{trackertest.New(t)}
	s := sandbox.New(m)
	url, err := s.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	w.In, err = w.Engine.Accounts.AddIntegration(t.Context(), tracker.IntegrationDraft{
		Kind: kind.Other, ProjectID: w.In.ProjectID, Name: "Planner", URL: url + sandbox.Path, Base: url + sandbox.Pages, Active: true, SecretInDatabase: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return w, s
}

// listed are the labels of what the panel of a world shows.
func listed(w *world) (labels []string, last tracker.Fetch) {
	w.T.Helper()
	list, err := w.Engine.Views.Tickets(w.T.Context(), w.In.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, row := range list.Tickets {
		labels = append(labels, kind.TicketLabel(row.Ticket))
	}
	return labels, list.Fetch
}

func TestAFeedIsReadLikeAView(t *testing.T) {
	w, s := feedWorld(t, sandbox.Mode{})
	due, err := w.Engine.Views.DueViews(t.Context())
	if err != nil || !slices.Contains(due, w.In.ID) {
		t.Errorf("due are %v, %v", due, err)
	}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	if labels, last := listed(w); !slices.Equal(labels, []string{"#2041", "#2038", "OPS-17", "#2029", "#2017"}) || last.Problem != "" || last.Partial || last.Total != 5 {
		t.Errorf("%v, %+v", labels, last)
	}
	if due, err = w.Engine.Views.DueViews(t.Context()); err != nil || slices.Contains(due, w.In.ID) {
		t.Errorf("due again at once: %v, %v", due, err)
	}
	// What is gone from the feed is gone from the panel.
	s.Set(sandbox.Mode{Items: sandbox.Usual()[1:3]})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	if labels, _ := listed(w); !slices.Equal(labels, []string{"#2038", "OPS-17"}) {
		t.Errorf("%v", labels)
	}
}

// A feed that breaks off leaves what was there, and says why.
func TestAFeedThatBreaksOff(t *testing.T) {
	w, s := feedWorld(t, sandbox.Mode{})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	s.Set(sandbox.Mode{Fault: sandbox.FaultCut})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeUnreadable {
		t.Errorf("%v", err)
	}
	labels, last := listed(w)
	if len(labels) != 5 || !last.Partial || !strings.Contains(last.Problem, "ends before the list does") || last.Continues() {
		t.Errorf("%v, %+v", labels, last)
	}
}

// A feed that wants a password pauses, as an account does; one that asks to wait waits.
func TestAFeedThatRefuses(t *testing.T) {
	w, s := feedWorld(t, sandbox.Mode{SignIn: true})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeUnauthorized {
		t.Errorf("%v", err)
	}
	in, err := w.Engine.Accounts.Integration(t.Context(), 0, trackertest.Itoa(int64(w.In.ID)))
	if err != nil || !strings.Contains(in.PausedReason, "wants a user name and a password") {
		t.Errorf("%+v, %v", in, err)
	}
	s.Set(sandbox.Mode{Status: 429, RetryAfter: "120"})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeLimited {
		t.Errorf("%v", err)
	}
	before, _ := s.Asked()
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeLimited {
		t.Errorf("%v", err)
	}
	if now, _ := s.Asked(); now != before {
		t.Error("it was asked again before it wanted to be")
	}
	if _, last := listed(w); last.NextAt.Sub(last.FinishedAt) != 2*time.Minute {
		t.Errorf("%+v", last)
	}
}

// A feed that is as it was is asked, and not read again; its items stay, and the reading
// counts. Once it changed, or somebody else read it, it is read.
func TestAFeedThatIsAsItWas(t *testing.T) {
	w, s := feedWorld(t, sandbox.Mode{})
	refresh := func() (labels []string, last tracker.Fetch) {
		t.Helper()
		if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
		return listed(w)
	}
	before, first := refresh()
	labels, last := refresh()
	if !slices.Equal(labels, before) || s.Unchanged() != 1 || last.ID != first.ID || last.FinishedAt.Before(first.FinishedAt) || last.Partial || last.Total != 5 {
		t.Errorf("%v, %d times, %+v", labels, s.Unchanged(), last)
	}
	// Another process reads another state, and then the feed is as before.
	s.Set(sandbox.Mode{Items: sandbox.Usual()[:1]})
	_, other := w.Open(0)
	if err := other.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	s.Set(sandbox.Mode{})
	if labels, _ = refresh(); !slices.Equal(labels, before) || s.Unchanged() != 1 {
		t.Errorf("%v, %d times", labels, s.Unchanged())
	}
	// One that fails is read whole the next time.
	s.Set(sandbox.Mode{Status: 503})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeUnavailable {
		t.Error(err)
	}
	if labels, last = listed(w); !slices.Equal(labels, before) || last.Problem == "" {
		t.Errorf("%v, %+v", labels, last)
	}
	s.Set(sandbox.Mode{})
	if labels, last = refresh(); !slices.Equal(labels, before) || s.Unchanged() != 1 || last.Problem != "" {
		t.Errorf("%v, %d times, %+v", labels, s.Unchanged(), last)
	}
	s.Set(sandbox.Mode{Items: sandbox.Usual()[1:3]})
	if labels, _ = refresh(); !slices.Equal(labels, []string{"#2038", "OPS-17"}) {
		t.Errorf("%v", labels)
	}
}

// A feed that somebody asked for is read once for that, whether it has changed or not.
func TestAFeedThatWasAskedForIsReadOnce(t *testing.T) {
	for name, change := range map[string]sandbox.Mode{"as it was": {}, "changed": {Items: sandbox.Usual()[:1]}} {
		w, s := feedWorld(t, sandbox.Mode{})
		if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
		s.Set(change)
		_, last := listed(w)
		last.Asked = true
		if err := w.DB.Write(t.Context(), func(wr tracker.Writer) error { return wr.SaveTickets(last, nil) }); err != nil {
			t.Fatal(err)
		}
		before, _ := s.Asked()
		for range 3 {
			if _, err := w.Engine.Views.PollOnce(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if now, _ := s.Asked(); now != before+1 {
			t.Errorf("%s: it was read %d times", name, now-before)
		}
		if _, last := listed(w); last.Asked {
			t.Errorf("%s: it is still asked for", name)
		}
	}
}

// silent lets a feed say nothing, begins a refresh, and waits until the feed was asked. The
// channel receives how the refresh ends.
func silent(w *world, s *sandbox.Server) <-chan error {
	w.T.Helper()
	s.Set(sandbox.Mode{Fault: sandbox.FaultSilence})
	before, _ := s.Asked()
	ended := make(chan error, 1)
	go func() { ended <- w.Engine.Views.RefreshView(w.T.Context(), w.In.ID) }()
	for now := before; now == before; now, _ = s.Asked() {
		select {
		case err := <-ended:
			w.T.Fatalf("it ended: %v", err)
		case <-time.After(time.Millisecond):
		}
	}
	return ended
}

// While it is asked whether a feed has changed, its list is there as it was, in whole, for
// everybody; and nobody else asks.
func TestAFeedThatIsAskedWhetherItChanged(t *testing.T) {
	w, s := feedWorld(t, sandbox.Mode{})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	_, other := w.Open(0)
	_, last := listed(w)
	last.StartedAt, last.FinishedAt = last.StartedAt.Add(-time.Hour), last.FinishedAt.Add(-time.Hour)
	if err := w.DB.Write(t.Context(), func(wr tracker.Writer) error { return wr.SaveTickets(last, nil) }); err != nil {
		t.Fatal(err)
	}
	before, first := listed(w)
	stays := func(when string) {
		t.Helper()
		if labels, last := listed(w); !slices.Equal(labels, before) || last != first {
			t.Errorf("%s: %v, %+v", when, labels, last)
		}
	}
	earlier := silent(w, s)
	later := silent(w, s)
	if err := <-earlier; err != nil {
		t.Error(err)
	}
	stays("after a reading that another took the place of")
	if said, err := other.Views.AskView(t.Context(), w.In.ID); err != nil || !strings.Contains(said, "already being loaded") {
		t.Errorf("another program reads it, too: %q, %v", said, err)
	}
	for _, e := range []*engine.Engine{w.Engine, other} {
		if due, err := e.Views.DueViews(t.Context()); err != nil || slices.Contains(due, w.In.ID) {
			t.Errorf("due while it is read: %v, %v", due, err)
		}
	}
	w.Engine.Views.StopView(w.In.ID)
	if err := <-later; err != nil {
		t.Error(err)
	}
	stays("after a reading that was stopped")
	s.Set(sandbox.Mode{Status: 503})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeUnavailable {
		t.Error(err)
	}
	if labels, last := listed(w); !slices.Equal(labels, before) || last.Partial || last.Problem == "" {
		t.Errorf("after one that failed: %v, %+v", labels, last)
	}
	s.Set(sandbox.Mode{})
	if err := other.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Error(err)
	}
}

// hooked is a store that tells of what is done with it.
type hooked struct {
	tracker.Store
	reads, writes func()
}

func (h hooked) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	if h.reads != nil {
		h.reads()
	}
	return h.Store.Read(ctx, fn)
}

func (h hooked) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	if h.writes != nil {
		h.writes()
	}
	return h.Store.Write(ctx, fn)
}

// Who asks whether a feed has changed reads it whole where another program was quicker.
func TestAFeedThatAnotherProgramReadMeanwhile(t *testing.T) {
	w, s := feedWorld(t, sandbox.Mode{})
	_, other := w.Open(0)
	meddle := func() {}
	e := engine.New(kernel.Config{
		Store: hooked{Store: w.DB, writes: func() { meddle() }}, Zendesk: zendesk.New(zendesk.Config{}), Feeds: feed.New(feed.Config{}), Secrets: w.DB.Secrets(),
		User: "Ada", Now: time.Now, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
	if err := e.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	meddle = func() {
		meddle = func() {}
		s.Set(sandbox.Mode{Items: sandbox.Usual()[:1]})
		if err := other.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Error(err)
		}
		s.Set(sandbox.Mode{})
	}
	if said, err := e.Views.AskView(t.Context(), w.In.ID); err != nil || said != "" {
		t.Errorf("%q, %v", said, err)
	}
	if labels, last := listed(w); len(labels) != 5 || last.Problem != "" {
		t.Errorf("%v, %+v", labels, last)
	}
}
