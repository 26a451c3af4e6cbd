package parts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

func TestMain(m *testing.M) { trackertest.Main(m) }

// world is an installation with a story that is started.
type world struct {
	*trackertest.World
	story tracker.Story
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	w := &world{World: trackertest.New(t)}
	w.story = w.Story(w.Ticket(tracker.TicketOpen))
	return w
}

func (w *world) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

// failed fails the test unless an error has a code and is about a field.
func (w *world) failed(err error, code tracker.Code, says string) {
	w.T.Helper()
	if tracker.CodeOf(err) != code || !strings.Contains(err.Error(), says) {
		w.T.Fatalf("got %v, want %s about %q", err, code, says)
	}
}

func (w *world) detail() tracker.StoryDetail {
	w.T.Helper()
	d, err := w.Engine.Stories.Story(w.T.Context(), w.story.ID)
	w.must(err)
	return d
}

// another is a story without a ticket.
func (w *world) another(name string) tracker.Story {
	w.T.Helper()
	st, err := w.Engine.Stories.AddStory(w.T.Context(), tracker.NewStory{
		ProjectID: w.story.ProjectID, Name: name, Type: tracker.Chore, Place: tracker.Place{Column: tracker.Backlog},
	})
	w.must(err)
	return st
}

// texts are the blockers, those that are not resolved before those that are.
func (w *world) texts() string {
	w.T.Helper()
	var open, resolved []string
	for _, b := range w.detail().Parts.Blockers {
		if b.Resolved() {
			resolved = append(resolved, b.Text)
		} else {
			open = append(open, b.Text)
		}
	}
	return strings.Join(open, ", ") + " / " + strings.Join(resolved, ", ")
}

func (w *world) undo(says string) {
	w.T.Helper()
	undone, err := w.Engine.Stories.Undo(w.T.Context(), false)
	w.must(err)
	if undone.Said != says || !cmp.Equal(undone.Stories, []tracker.StoryID{w.story.ID}) {
		w.T.Fatalf("undo says %q of %v, want %q", undone.Said, undone.Stories, says)
	}
}

func (w *world) redo() {
	w.T.Helper()
	_, err := w.Engine.Stories.Redo(w.T.Context(), false)
	w.must(err)
}

func TestBlockersAreAddedResolvedAndUndone(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	b, err := s.AddBlocker(ctx, id, " an \n API key ")
	w.must(err)
	if b.Text != "an API key" || b.Author != "Ada" || b.By != 0 || b.CreatedAt.IsZero() {
		t.Errorf("added %+v", b)
	}
	w.must(s.ResolveBlocker(ctx, id, b.ID, true))
	w.must(s.ResolveBlocker(ctx, id, b.ID, true)) // changes nothing
	if got := w.texts(); got != " / an API key" {
		t.Errorf("resolved: %s", got)
	}
	w.undo("Undone: " + id.String() + " blocker resolved")
	w.redo()
	w.must(s.ResolveBlocker(ctx, id, b.ID, false))
	w.must(s.EditBlocker(ctx, id, b.ID, "the API key of Globex"))
	w.must(s.RemoveBlocker(ctx, id, b.ID))
	w.failed(s.RemoveBlocker(ctx, id, b.ID), tracker.CodeNotFound, "has no blocker")
	for _, want := range []string{"the API key of Globex / ", "an API key / ", " / an API key", "an API key / ", " / "} {
		if _, err := w.Engine.Stories.Undo(ctx, false); err != nil {
			t.Fatal(err)
		}
		if got := w.texts(); got != want {
			t.Fatalf("after undo: %q, want %q", got, want)
		}
	}
	w.redo()
	if got := w.detail(); got.Parts.Blockers[0].ID != b.ID || got.Activities[0].Verb != "redone" {
		t.Errorf("after redo: %+v, recorded as %s", got.Parts.Blockers, got.Activities[0].Verb)
	}
}

func TestABlockerThatNamesAStoryFollowsIt(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	first, second := w.another("first"), w.another("second")
	_, err := s.AddBlocker(ctx, id, strings.TrimPrefix(first.ID.String(), "S-"))
	w.must(err)
	b, err := s.AddBlocker(ctx, id, "waits for "+strings.ToLower(second.ID.String())+", says Ben")
	w.must(err)
	if b.By != second.ID {
		t.Errorf("a longer text names %s, want %s", b.By, second.ID)
	}
	names, err := s.AddBlocker(ctx, id, "nothing like S-999")
	w.must(err)
	if names.By != 0 {
		t.Errorf("a text that names no story waits for %s", names.By)
	}
	w.must(s.RemoveBlocker(ctx, id, names.ID))
	if got, want := w.texts(), first.ID.String()+", "+b.Text+" / "; got != want {
		t.Errorf("blockers %q, want %q", got, want)
	}
	for _, step := range []tracker.Action{tracker.Start, tracker.Finish} {
		_, err := w.Engine.Stories.Transition(ctx, []tracker.Seen{{ID: first.ID}}, step, "")
		w.must(err)
	}
	w.must(w.Engine.Stories.DeleteStories(ctx, []tracker.StoryID{second.ID}, false))
	if got, want := w.texts(), " / "+first.ID.String()+", "+b.Text; got != want {
		t.Errorf("blockers %q, want %q", got, want)
	}
	w.failed(s.ResolveBlocker(ctx, id, b.ID, false), tracker.CodeRefused, "accepted or deleted")
	if _, err := w.Engine.Stories.Undo(ctx, false); err != nil {
		t.Fatal(err)
	}
	if got, want := w.texts(), b.Text+" / "+first.ID.String(); got != want {
		t.Errorf("after undo %q, want %q", got, want)
	}
	other, err := w.Engine.Stories.Story(ctx, second.ID)
	w.must(err)
	if len(other.Parts.Blocks) != 1 || other.Parts.Blocks[0].StoryID != id {
		t.Errorf("the other story blocks %+v", other.Parts.Blocks)
	}
}

func TestBlockersThatCannotBe(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	add := func(story tracker.StoryID, text string) error {
		_, err := s.AddBlocker(ctx, story, text)
		return err
	}
	w.failed(add(id, " \u200b"), tracker.CodeInvalid, "needs some text")
	w.failed(add(id, strings.Repeat("x", tracker.MaxBlockerText+1)), tracker.CodeInvalid, "at most 1000")
	w.failed(add(id, id.String()), tracker.CodeInvalid, "cannot wait for itself")
	w.failed(add(id, "S-999"), tracker.CodeNotFound, "S-999")
	w.failed(add(999, "a key"), tracker.CodeNotFound, "S-999")
	if n := w.detail().Parts.Count(); n > 0 {
		t.Errorf("%d parts were saved", n)
	}
}

func TestReviewsHaveATypeAReviewerAndAStatus(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	v, err := s.AddReview(ctx, id, "code", "Ben")
	w.must(err)
	own, err := s.AddReview(ctx, id, "Legal", "")
	w.must(err)
	if v.Type != "Code" || v.Status != tracker.ReviewUnstarted || own.Type != "Legal" {
		t.Errorf("added %+v and %+v", v, own)
	}
	w.must(s.SetReview(ctx, id, v.ID, tracker.InReview))
	w.must(s.AssignReview(ctx, id, own.ID, "Ada"))
	w.failed(s.SetReview(ctx, id, v.ID, "done"), tracker.CodeInvalid, "in_review")
	said := func() string {
		var all []string
		for _, v := range w.detail().Parts.Reviews {
			all = append(all, v.Type+" "+v.Reviewer+" "+string(v.Status))
		}
		return strings.Join(all, ", ")
	}
	if got := said(); got != "Code Ben in_review, Legal Ada unstarted" {
		t.Errorf("reviews %s", got)
	}
	w.must(s.RemoveReview(ctx, id, v.ID))
	w.undo("Undone: " + id.String() + " review removed")
	w.undo("Undone: " + id.String() + " review assigned")
	if got := said(); got != "Code Ben in_review, Legal  unstarted" {
		t.Errorf("after undo %s", got)
	}
}

func TestFollowers(t *testing.T) {
	w := newWorld(t)
	s, ctx, id := w.Engine.Parts, t.Context(), w.story.ID
	w.must(s.SetFollowers(ctx, id, []string{"Ben", " ", "Ben"}))
	w.must(s.Follow(ctx, id, true))
	w.must(s.Follow(ctx, id, true)) // changes nothing
	if got := w.detail().Parts.Followers; !cmp.Equal(got, []string{"Ben", "Ada"}) {
		t.Errorf("followers %v", got)
	}
	w.must(s.Follow(ctx, id, false))
	w.undo("Undone: " + id.String() + " unfollowed")
	w.undo("Undone: " + id.String() + " followed")
	if got := w.detail().Parts.Followers; !cmp.Equal(got, []string{"Ben"}) {
		t.Errorf("followers after undo %v", got)
	}
}

func TestUndoLeavesWhatAnotherHasChanged(t *testing.T) {
	w := newWorld(t)
	ctx, id := t.Context(), w.story.ID
	b, err := w.Engine.Parts.AddBlocker(ctx, id, "a key")
	w.must(err)
	_, other := w.Open(0)
	w.must(other.Parts.EditBlocker(ctx, id, b.ID, "two keys"))
	_, err = w.Engine.Stories.Undo(ctx, false)
	w.failed(err, tracker.CodeRefused, "has changed since")
	if got := w.texts(); got != "two keys / " {
		t.Errorf("blockers %s", got)
	}
}

func TestTheCreationOfAStoryWithPartsIsNotUndone(t *testing.T) {
	w := newWorld(t)
	st := w.another("new")
	_, other := w.Open(0)
	_, err := other.Parts.AddReview(t.Context(), st.ID, "Code", "Ben")
	w.must(err)
	_, err = w.Engine.Stories.Undo(t.Context(), false)
	w.failed(err, tracker.CodeRefused, "has changed since it was created")
}
