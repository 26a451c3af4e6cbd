package stories_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// Moving an accepted story would take the acceptance back and tell its tickets:
// it is refused, with the way out, wherever it is to go and whatever goes along.
func TestAnAcceptedStoryIsNotMoved(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	st := w.Story(w.Ticket(tracker.TicketNew))
	w.Accept(st)
	other, open := w.add("other", tracker.Place{Column: tracker.Icebox}), w.add("open", tracker.Place{Column: tracker.Backlog})
	before, _ := w.Deliveries(t.Context(), st)
	for name, to := range map[string]tracker.Place{
		"Icebox": {Column: tracker.Icebox}, "Backlog": {Column: tracker.Backlog}, "beside another": {Before: other.ID}, "in the Backlog": {After: open.ID},
	} {
		if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{st.ID}, to); tracker.CodeOf(err) != tracker.CodeRefused || tracker.ReasonOf(err) != tracker.ReasonAccepted {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{open.ID, st.ID}, to); tracker.CodeOf(err) != tracker.CodeRefused {
			t.Errorf("%s, with another: %v", name, err)
		}
	}
	after, _ := w.Deliveries(t.Context(), st)
	if w.State(st) != tracker.Accepted || w.State(open) != tracker.Unstarted || len(after) != len(before) {
		t.Errorf("it is %s, the other %s, with %d deliveries after %d", w.State(st), w.State(open), len(after), len(before))
	}
}

// Restarting is the way to open an accepted story again; its tickets are told.
func TestAnAcceptedStoryIsRestarted(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	st := w.Story(w.Ticket(tracker.TicketNew))
	w.Accept(st)
	again, err := trackertest.One(w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, tracker.Restart, ""))
	if err != nil || again.State != tracker.Started || again.AcceptedAt != nil {
		t.Fatalf("%+v, %v", again, err)
	}
	deliveries, _ := w.Deliveries(t.Context(), st)
	if last := deliveries[len(deliveries)-1]; !strings.Contains(last.Text, "Ada restarted story") || last.Opens {
		t.Errorf("sent %q, opens %v", last.Text, last.Opens)
	}
	w.Undo()
	d, err := w.Engine.Stories.Story(t.Context(), st.ID)
	if err != nil || d.Story.State != tracker.Accepted || d.Story.AcceptedAt == nil {
		t.Errorf("after undo: %+v, %v", d.Story, err)
	}
}

// A release has no started state: restarted it is unstarted again. A chore is
// finished by being accepted and starts again.
func TestRestartByType(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	for kind, want := range map[tracker.StoryType]tracker.State{tracker.Release: tracker.Unstarted, tracker.Chore: tracker.Started} {
		st := w.add(string(kind), tracker.Place{Column: tracker.Backlog})
		if _, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Type: &kind}); err != nil {
			t.Fatal(err)
		}
		if kind == tracker.Chore {
			w.Start(st)
		}
		if _, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, tracker.Finish, ""); err != nil {
			t.Fatal(err)
		}
		got, err := trackertest.One(w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, tracker.Restart, ""))
		if err != nil || got.State != want || got.AcceptedAt != nil {
			t.Errorf("%s: %s, %v", kind, got.State, err)
		}
		if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{st.ID}, tracker.Place{Column: tracker.Icebox}); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
}
