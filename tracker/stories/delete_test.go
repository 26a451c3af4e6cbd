package stories_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

func (w world) delete(drop bool, ids ...tracker.StoryID) {
	w.T.Helper()
	if err := w.Engine.Stories.DeleteStories(w.T.Context(), ids, drop); err != nil {
		w.T.Fatal(err)
	}
}

// deleted are the numbers of the deleted stories.
func (w world) deleted() []tracker.StoryID {
	w.T.Helper()
	list, err := w.Engine.Stories.DeletedStories(w.T.Context(), w.In.ProjectID)
	if err != nil {
		w.T.Fatal(err)
	}
	var ids []tracker.StoryID
	for _, st := range list {
		ids = append(ids, st.ID)
	}
	return ids
}

// Undo of a deletion brings the story back whole: number, tasks, comments,
// tickets, deliveries, history and place. What was done before it is undone next.
func TestUndoOfADeletion(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.add("below", tracker.Place{Column: tracker.Backlog, Bottom: true})
	w.add("above", tracker.Place{Before: st.ID})
	if _, err := w.Engine.Stories.AddTask(ctx, st.ID, "Ask for the log"); err != nil {
		t.Fatal(err)
	}
	w.Comment(st, "Looking into it.")
	w.Deliver(st)
	before := w.Whole(st.ID)
	for range 2 {
		w.delete(false, st.ID)
		if said := w.Undo(); said != "Undone: "+st.ID.String()+" restored" {
			t.Error(said)
		}
	}
	after := w.Whole(st.ID)
	verbs := func(d tracker.StoryDetail) (all []string) {
		for _, a := range d.Activities {
			all = append(all, a.Verb)
		}
		return all
	}
	if want := append([]string{"restored", "deleted", "restored", "deleted"}, verbs(before)...); !slices.Equal(verbs(after), want) {
		t.Errorf("history %q, want %q", verbs(after), want)
	}
	after.Activities = before.Activities
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("restored story (-before +after):\n%s", diff)
	}
	w.shows(tracker.Backlog, "above", st.Name, "below")
	if said := w.Redo(); said != "Redone: "+st.ID.String()+" deleted" {
		t.Error(said)
	}
	w.shows(tracker.Backlog, "above", "below")
	w.Undo()
	if _, err := w.Engine.Stories.Undo(ctx, true); tracker.CodeOf(err) != tracker.CodeRefused || !strings.Contains(err.Error(), "comment") {
		t.Errorf("what was done before the deletion is undone next: %v", err)
	}
}

// A deleted story appears nowhere, and its links are none of its tickets'.
func TestADeletedStoryAppearsNowhere(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.delete(false, st.ID)
	if _, err := w.Engine.Stories.Story(ctx, st.ID); tracker.CodeOf(err) != tracker.CodeNotFound || !strings.Contains(err.Error(), "deleted") {
		t.Errorf("it is read: %v", err)
	}
	w.shows(tracker.Backlog)
	if list, err := w.Engine.Stories.Stories(ctx, w.In.ProjectID, tracker.StoryFilter{}); err != nil || len(list) != 0 {
		t.Errorf("it is listed: %+v, %v", list, err)
	}
	if alike, err := w.Engine.Stories.Alike(ctx, w.In.ProjectID, []string{st.Name}, 0); err != nil || len(alike) != 0 {
		t.Errorf("it is offered as similar: %+v, %v", alike, err)
	}
	tickets, err := w.Engine.Views.Tickets(ctx, w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range tickets.Tickets {
		if len(row.Stories) != 0 {
			t.Errorf("%s has stories %v", row.ID, row.Stories)
		}
	}
	if got := w.deleted(); !slices.Equal(got, []tracker.StoryID{st.ID}) {
		t.Errorf("deleted are %v", got)
	}
	// The ticket is free for another story.
	if second := w.Story(ticket); second.ID == st.ID {
		t.Errorf("the number %s was given twice", st.ID)
	}
	if _, err := w.Engine.Stories.Comment(ctx, []tracker.StoryID{st.ID}, "?", ""); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("comment on a deleted story: %v", err)
	}
}

// Private comments that wait are dropped or sent before a story is deleted. What
// was dropped stays so when the story is restored.
func TestDeletionSettlesWhatWaits(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	st := w.Story(w.Ticket(tracker.TicketNew))
	w.Start(st)
	if err := w.Engine.Stories.DeleteStories(t.Context(), []tracker.StoryID{st.ID}, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Fatalf("deleted with a private comment that waits: %v", err)
	}
	w.delete(true, st.ID)
	w.Undo()
	if deliveries, _ := w.Deliveries(t.Context(), st); len(deliveries) != 1 || deliveries[0].State != tracker.DeliveryDropped {
		t.Errorf("deliveries %+v", deliveries)
	}
	w.Comment(st, "Still here.")
	if err := w.Engine.Stories.DeleteStories(t.Context(), []tracker.StoryID{st.ID}, false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("deleted with a private comment that waits: %v", err)
	}
}

// RestoreStories does what undo does, from another process and later.
func TestRestoreAndPurge(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	_, other := w.Open(0)
	ice := tracker.Place{Column: tracker.Icebox, Bottom: true}
	a, b, c := w.add("a", ice), w.add("b", ice), w.add("c", ice)
	w.delete(false, a.ID, b.ID)
	if _, err := other.Stories.RestoreStories(ctx, []tracker.StoryID{c.ID}); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("restored what is not deleted: %v", err)
	}
	if _, err := other.Stories.RestoreStories(ctx, []tracker.StoryID{99}); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("restored what is not there: %v", err)
	}
	if st, err := other.Stories.RestoreStories(ctx, []tracker.StoryID{a.ID}); err != nil || st[0].Name != "a" {
		t.Errorf("%+v, %v", st, err)
	}
	w.shows(tracker.Icebox, "a", "c")
	for _, ids := range [][]tracker.StoryID{{b.ID, c.ID}, {b.ID, 99}} {
		if err := other.Stories.PurgeStories(ctx, ids); err == nil {
			t.Errorf("purged %v", ids)
		}
	}
	if got := w.deleted(); !slices.Equal(got, []tracker.StoryID{b.ID}) {
		t.Errorf("deleted are %v", got)
	}
	if err := w.Engine.Stories.PurgeStories(ctx, []tracker.StoryID{b.ID, b.ID}); err != nil {
		t.Fatal(err)
	}
	if got := w.deleted(); len(got) != 0 {
		t.Errorf("deleted are %v", got)
	}
	if _, err := other.Stories.RestoreStories(ctx, []tracker.StoryID{b.ID}); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("restored what was purged: %v", err)
	}
	// Undo goes on with what is left: the deletion of a was undone elsewhere.
	if _, err := w.Engine.Stories.Undo(ctx, true); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("undo of a deletion that was undone elsewhere: %v", err)
	}
	if said := w.Undo(); !strings.Contains(said, c.ID.String()) {
		t.Error(said)
	}
}

// Several stories are restored at once or not at all, and one undo deletes them
// again.
func TestRestoreStories(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ids := w.several(tracker.Icebox, "a", "b", "c")
	w.delete(false, ids[0], ids[1])
	if _, err := w.Engine.Stories.RestoreStories(t.Context(), ids); tracker.CodeOf(err) != tracker.CodeConflict || !strings.Contains(err.Error(), ids[2].String()) {
		t.Errorf("restored with one that is not deleted: %v", err)
	}
	w.shows(tracker.Icebox, "c")
	restored, err := w.Engine.Stories.RestoreStories(t.Context(), ids[:2])
	if err != nil || len(restored) != 2 || restored[1].Name != "b" {
		t.Fatalf("%+v, %v", restored, err)
	}
	w.shows(tracker.Icebox, "a", "b", "c")
	w.Undo()
	w.shows(tracker.Icebox, "c")
}

// A purge is final: undo says so and what it would undo next, and passes over all
// that was done to that story. The rest of a deletion comes back.
func TestUndoOfWhatWasPurged(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	_, other := w.Open(0)
	ice := tracker.Place{Column: tracker.Icebox, Bottom: true}
	a, b, c := w.add("a", ice), w.add("b", ice), w.add("c", ice)
	purge := func(id tracker.StoryID) {
		t.Helper()
		if err := other.Stories.PurgeStories(t.Context(), []tracker.StoryID{id}); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{
		"S-3 was purged, which is final. Next undo: S-1 deleted",
		"S-2 was purged, which is final. Next undo: S-1 created",
	} {
		if want[:3] == "S-3" {
			w.delete(false, a.ID, c.ID)
			purge(c.ID)
		} else {
			w.Undo()
			w.shows(tracker.Icebox, "a", "b")
			w.delete(false, b.ID)
			purge(b.ID)
		}
		if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeNotFound || err.Error() != want {
			t.Errorf("it says %v, want %s", err, want)
		}
	}
	w.delete(false, a.ID)
	purge(a.ID)
	want := "S-1 was purged, which is final. There is nothing else to undo"
	if _, err := w.Engine.Stories.Undo(t.Context(), true); err == nil || err.Error() != want {
		t.Errorf("it says %v, want %s", err, want)
	}
}
