package report_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/tracker/trackertest"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }

// The figures are those of what the use cases of stories did.
func TestFiguresOfWhatWasDone(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	ctx := t.Context()
	one, other := w.Story(w.Ticket(tracker.TicketOpen)), w.Story(w.Ticket(tracker.TicketPending))
	labels := []string{"ui"}
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{one.ID, other.ID}, tracker.StoryEdit{Labels: &labels}); err != nil {
		t.Fatal(err)
	}
	take := func(id tracker.StoryID, steps ...tracker.Action) {
		t.Helper()
		for _, step := range steps {
			if _, err := w.Engine.Stories.Transition(ctx, []tracker.Seen{{ID: id}}, step, "because"); err != nil {
				t.Fatal(err)
			}
		}
	}
	take(one.ID, tracker.Start, tracker.Finish, tracker.Deliver, tracker.Reject)
	if _, err := w.Engine.Stories.Undo(ctx, true); err != nil {
		t.Fatal(err)
	}
	take(one.ID, tracker.Reject, tracker.Restart, tracker.Finish, tracker.Deliver, tracker.Accept)
	release, err := w.Engine.Stories.AddStory(ctx, tracker.NewStory{ProjectID: w.In.ProjectID, Name: "1.0", Type: tracker.Release, Place: tracker.Place{Column: tracker.Backlog, Bottom: true}})
	if err != nil {
		t.Fatal(err)
	}
	due := time.Date(2199, 1, 2, 0, 0, 0, 0, time.UTC)
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{release.ID}, tracker.StoryEdit{Deadline: &due}); err != nil {
		t.Fatal(err)
	}

	h, err := w.Engine.Report.Figures(ctx, w.In.ProjectID)
	if err != nil {
		t.Fatal(err)
	}
	if got := h.Rejections(figures.Range{}).Total; got.Rejected != 1 || got.Accepted != 1 {
		t.Errorf("one rejection was undone, one was not: %+v", got)
	}
	if got := h.CycleTime(figures.Range{}); got.Stories != 1 || got.Unknown != 0 || got.Stays[3].Stories != 1 {
		t.Errorf("cycle time: %+v", got)
	}
	if got := h.Tickets(figures.Range{}).Total; got.Stories != 1 || got.Tickets != 1 || got.Closed != 0 {
		t.Errorf("tickets: %+v", got)
	}
	b, err := h.BurnUp(figures.Subject{Label: "ui"}, figures.Range{})
	if err != nil || b.Rows[0].ScopeStories != 2 || b.Rows[0].AcceptedStories != 1 {
		t.Errorf("burn-up of a label: %+v (%v)", b, err)
	}
	b, err = h.BurnUp(figures.Subject{Release: release.ID}, figures.Range{})
	if err != nil || b.Deadline == nil || !b.Deadline.Equal(due) || b.Rows[0].ScopeStories != 2 {
		t.Errorf("burn-up of a release: %+v (%v)", b, err)
	}
	if _, err := w.Engine.Report.Figures(ctx, 99); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("of a project that is not there: %v", err)
	}
}
