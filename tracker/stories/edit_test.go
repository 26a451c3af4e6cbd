package stories_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

func TestRequesterAndDeadline(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	st := w.add("Version 5", tracker.Place{Column: tracker.Backlog})
	day, err := tracker.ParseDeadline("2026-12-24")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{st.ID}, tracker.StoryEdit{Deadline: &day}); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("a bug took a deadline: %v", err)
	}
	st, err = trackertest.One(w.Engine.Stories.Edit(ctx, []tracker.StoryID{st.ID}, tracker.StoryEdit{Type: new(tracker.Release), Deadline: &day, Requester: new(" Grace ")}))
	if err != nil || st.Deadline == nil || !st.Deadline.Equal(day) || st.Requester != "Grace" {
		t.Fatalf("%+v, %v", st, err)
	}
	if st, err = trackertest.One(w.Engine.Stories.Edit(ctx, []tracker.StoryID{st.ID}, tracker.StoryEdit{Type: new(tracker.Chore)})); err != nil || st.Deadline != nil {
		t.Errorf("a chore is due on %v, %v", st.Deadline, err)
	}
	w.Undo()
	if d, err := w.Engine.Stories.Story(ctx, st.ID); err != nil || d.Story.Deadline == nil {
		t.Errorf("after undo the release is due on %v, %v", d.Story.Deadline, err)
	}
	if _, err := tracker.ParseDeadline("Christmas"); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("Christmas: %v", err)
	}
}

// Only what two people change alike is a conflict.
func TestEditConflictsByField(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	seen := w.add("Rotate the keys", tracker.Place{Column: tracker.Backlog})
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{seen.ID}, tracker.StoryEdit{Labels: &[]string{"Ops"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{seen.ID}, tracker.StoryEdit{Base: &seen, Name: new("Rotate all keys")}); err != nil {
		t.Errorf("another field was changed: %v", err)
	}
	_, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{seen.ID}, tracker.StoryEdit{Base: &seen, Name: new("Keep the keys")})
	if tracker.CodeOf(err) != tracker.CodeConflict || !strings.Contains(err.Error(), "Ada changed the name of S-1 meanwhile. Check it") {
		t.Errorf("the same field was changed: %v", err)
	}
	// Who saw what there is now may change it.
	var over *tracker.OvertakenError
	if !errors.As(err, &over) || over.By != "Ada" || over.At.IsZero() || over.Now.Name != "Rotate all keys" {
		t.Fatalf("who changed it: %+v", over)
	}
	for name, since := range map[string]struct {
		at       time.Time
		conflict bool
	}{"before": {over.At.Add(-2 * time.Second), true}, "then": {over.At.Truncate(time.Second), false}} {
		_, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{seen.ID}, tracker.StoryEdit{Since: &since.at, Name: new("Seen " + name)})
		if (tracker.CodeOf(err) == tracker.CodeConflict) != since.conflict {
			t.Errorf("seen %s: %v", name, err)
		}
	}
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{seen.ID}, tracker.StoryEdit{Since: new(over.At.Add(-time.Hour)), Requester: new("Grace")}); err != nil {
		t.Errorf("another field was changed since: %v", err)
	}
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{seen.ID}, tracker.StoryEdit{Name: new("Rotate all keys")}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{seen.ID}, tracker.StoryEdit{Base: &seen, Name: new("Rotate all keys")}); err != nil {
		t.Errorf("both mean the same: %v", err)
	}
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{seen.ID}, tracker.StoryEdit{Requester: new("Sam"), Owners: &[]string{"Grace"}}); err != nil {
		t.Fatal(err)
	}
	people, labels, err := w.Engine.Stories.Names(ctx, seen.ProjectID)
	if err != nil || strings.Join(people, "|") != "Ada|Grace|Sam" || strings.Join(labels, "|") != "ops" {
		t.Errorf("names are %q and %q, %v", people, labels, err)
	}
}
