package views_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/feed/sandbox"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/trackertest"
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
