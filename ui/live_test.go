package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// disturb does what somebody else may do to the Backlog: stories come above, move, change
// and go.
func disturb(t *testing.T, w *world, bob *engine.Engine, moved, gone tracker.StoryID) {
	t.Helper()
	_, err := bob.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.Project.ID, Name: "Bob's story", Place: tracker.Place{Column: tracker.Backlog}})
	must(t, err)
	_, err = bob.Stories.Edit(t.Context(), []tracker.StoryID{moved}, tracker.StoryEdit{Labels: &[]string{"bobs"}})
	must(t, err)
	_, err = bob.Stories.MoveStories(t.Context(), []tracker.StoryID{moved}, tracker.Place{Column: tracker.Backlog, Bottom: true})
	must(t, err)
	err = bob.Stories.DeleteStories(t.Context(), []tracker.StoryID{gone}, false)
	must(t, err)
	w.See("Bob's story")
	w.Until("the deleted one is gone", func() bool { return !strings.Contains(w.Screen(), "To be deleted") })
	w.Idle()
}

// livePeople are a board with a few stories, and somebody else at work on them.
func livePeople(t *testing.T) (w *world, bob *engine.Engine, moved, gone tracker.StoryID) {
	t.Helper()
	w = newWorld(t)
	w.Story("Alpha", tracker.Backlog, 1)
	moved = w.Story("Under the cursor", tracker.Backlog, 1).ID
	w.Story("Marked", tracker.Backlog, 1)
	gone = w.Story("To be deleted", tracker.Backlog, 1).ID
	bob = w.Another("Bob")
	w.Start(140, 40)
	return w, bob, moved, gone
}

func TestCursorAndMarksSurviveOthersChanges(t *testing.T) {
	t.Parallel()
	w, bob, moved, gone := livePeople(t)
	w.Press("2", "j", "j", "space", "k", "k")
	w.See("▌★  1 Under the cursor")
	disturb(t, w, bob, moved, gone)
	w.See("▌★  1 Under the cursor")
	if marked := w.Part(intent.PaneBacklog).Marked; len(marked) != 1 {
		t.Errorf("marked: %v", marked)
	}
}

func TestDragSurvivesOthersChanges(t *testing.T) {
	t.Parallel()
	w, bob, moved, gone := livePeople(t)
	m := w.At("Under the cursor").Press().Over("Empty. i moves")
	w.See("S-2 → Icebox")
	disturb(t, w, bob, moved, gone)
	w.See("S-2 → Icebox")
	m.Release()
	w.Until("it is dropped", func() bool { return cardNames(w.board().Icebox) == "Under the cursor" })
}

func TestOpenFormsSurviveOthersChanges(t *testing.T) {
	t.Parallel()
	w, bob, moved, gone := livePeople(t)
	w.Press("2", "n").Write("My new story")
	disturb(t, w, bob, moved, gone)
	w.See("My new story")
	w.Press("enter")
	w.Until("it is there", func() bool { return strings.Contains(cardNames(w.board().Backlog), "My new story") })
	w.Idle()

	w.detail(moved)
	w.Press("c").Write("My comment")
	_, err := bob.Stories.Edit(t.Context(), []tracker.StoryID{moved}, tracker.StoryEdit{Name: new("Renamed by Bob")})
	must(t, err)
	w.See("Renamed by Bob")
	w.See("My comment")
	_, err = bob.Stories.Comment(t.Context(), []tracker.StoryID{moved}, "Bob's comment", "")
	must(t, err)
	w.See("Bob's comment")
	if !w.typesInto(keymap.ScopeComposer) {
		t.Fatal("the comment is closed")
	}
	w.Press("ctrl+s")
	w.Until("both comments are there", func() bool { return len(w.read(moved).Comments) == 2 })
}
