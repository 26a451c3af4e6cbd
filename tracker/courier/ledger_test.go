package courier_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// Parked notes that are tried again all at once keep their order, behind those
// that were not parked.
func TestAllParkedNotesGoAgainInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Faults(onUpdate(sandbox.Fault{Answer: "field-required", Times: 2}))
	for _, text := range []string{"First.", "Second.", "Third."} {
		w.Comment(st, text)
	}
	w.Deliver(st)
	n, err := w.Engine.Outbox.RetryParked(t.Context())
	if err != nil || n != 2 {
		t.Fatalf("%d tried again, %v", n, err)
	}
	for i, d := range w.Deliver(st) {
		if d.State != tracker.DeliverySent || d.Late != (i < 2) {
			t.Errorf("%+v", d)
		}
	}
	w.inOrder(ticket, "Third.", "First.", "Second.")
	if n, err := w.Engine.Outbox.RetryParked(t.Context()); err != nil || n != 0 {
		t.Errorf("%d tried again where nothing is parked, %v", n, err)
	}
}

// A comment and its own draft are never there at the same time: where the
// comment cannot be made, the draft stays.
func TestACommentTakesItsDraftWithIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(w.Ticket(tracker.TicketOpen))
	const key = "comment/of a story"
	for _, text := range []string{"", "Found it."} {
		if err := w.Engine.Settings.SaveDraft(t.Context(), key, "Found it."); err != nil {
			t.Fatal(err)
		}
		_, err := w.Engine.Stories.CommentFromDraft(t.Context(), []tracker.StoryID{st.ID}, text, key)
		if (err == nil) != (text != "") {
			t.Fatalf("comment %q: %v", text, err)
		}
		kept, err := w.Engine.Settings.Draft(t.Context(), key)
		if err != nil || (kept == "") != (text != "") {
			t.Errorf("after the comment %q the draft is %q, %v", text, kept, err)
		}
	}
}
