package stories_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/wording"
)

// A preview says what is then sent, and leaves nothing behind.
func TestPreviewIsWhatIsSent(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	ctx := t.Context()
	st := w.Story(w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen))
	const text = "Use {{ticket.id}} <b>"
	comment, err := w.Engine.Stories.Preview(ctx, commenting(st, text))
	if err != nil || len(comment) != 1 || len(comment[0].Tickets) != 2 || comment[0].Opens {
		t.Fatalf("comment: %+v, %v", comment, err)
	}
	if html := comment[0].HTML; strings.Contains(html, "{{") || !strings.Contains(html, "&lt;b&gt;") {
		t.Errorf("the comment is not as it is sent: %s", html)
	}
	start, err := w.Engine.Stories.Preview(ctx, stepping(tracker.Start, "", st))
	if err != nil || len(start) != 1 || !start[0].Opens || !strings.Contains(start[0].HTML, "Ada started story") {
		t.Errorf("start: %+v, %v", start, err)
	}
	if deliveries, _ := w.Deliveries(ctx, st); len(deliveries) != 0 || w.State(st) != tracker.Unstarted {
		t.Errorf("looking at notes made %d of them; the story is %s", len(deliveries), w.State(st))
	}
	if d, err := w.Engine.Stories.Story(ctx, st.ID); err != nil || len(d.Comments) != 0 {
		t.Errorf("looking at a note left %d comments, %v", len(d.Comments), err)
	}
	w.Comment(st, text)
	deliveries, _ := w.Deliveries(ctx, st)
	for _, d := range deliveries {
		sent := strings.ReplaceAll(d.Text, tracker.Reference(st.ID, d.Operation), st.ID.String()+"·"+wording.PreviewReference)
		if w.Engine.Zendesk.CommentHTML(sent) != comment[0].HTML {
			t.Errorf("sent\n%s\npreviewed\n%s", sent, comment[0].HTML)
		}
	}
	for want, text := range map[tracker.Code]string{tracker.CodeInvalid: " "} {
		if _, err := w.Engine.Stories.Preview(ctx, commenting(st, text)); tracker.CodeOf(err) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := w.Engine.Stories.Preview(ctx, stepping(tracker.Accept, "", st)); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("accept: %v", err)
	}
	long, err := w.Engine.Stories.Preview(ctx, commenting(st, strings.Repeat("\"", tracker.MaxCommentText)))
	if err != nil || !strings.Contains(long[0].HTML, "cut here") {
		t.Errorf("a long note is not shown cut: %v", err)
	}
}

// What is done to several stories is one preview: of a rejection, the new state
// and the reason of each.
func TestPreviewOfSeveralStories(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	ctx := t.Context()
	one, other := w.Story(w.Ticket(tracker.TicketNew)), w.Story(w.Ticket(tracker.TicketOpen))
	for _, st := range []tracker.Story{one, other} {
		for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver} {
			if _, err := w.Engine.Stories.Transition(ctx, []tracker.Seen{{ID: st.ID}}, a, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	deliveries, err := w.Engine.Stories.Preview(ctx, stepping(tracker.Reject, "Still loops", one, other))
	if err != nil || len(deliveries) != 4 {
		t.Fatalf("%+v, %v", deliveries, err)
	}
	for i, st := range []tracker.Story{one, one, other, other} {
		if n := deliveries[i]; len(n.Tickets) != 1 || n.Tickets[0] != st.Tickets[0].Ticket.ID {
			t.Errorf("note %d goes to %v, not to %v", i, n.Tickets, st.Tickets[0].Ticket)
		}
	}
	if said := deliveries[0].HTML + deliveries[1].HTML; !strings.Contains(said, "rejected") || !strings.Contains(said, "Still loops") {
		t.Errorf("a rejection says\n%s", said)
	}
	if w.State(one) != tracker.Delivered || w.State(other) != tracker.Delivered {
		t.Error("looking at notes rejected a story")
	}
}

// commenting comments on a story.
func commenting(st tracker.Story, text string) func(context.Context, tracker.StoryUseCases) error {
	return func(ctx context.Context, s tracker.StoryUseCases) error {
		_, err := s.Comment(ctx, []tracker.StoryID{st.ID}, text, "")
		return err
	}
}

// stepping takes stories a step along their life.
func stepping(a tracker.Action, reason string, of ...tracker.Story) func(context.Context, tracker.StoryUseCases) error {
	return func(ctx context.Context, s tracker.StoryUseCases) error {
		seen := make([]tracker.Seen, len(of))
		for i, st := range of {
			seen[i].ID = st.ID
		}
		_, err := s.Transition(ctx, seen, a, reason)
		return err
	}
}

// A description that the program completed is no change of what was seen: what can
// be done with a version from before can be previewed with it. What a person
// changed is one.
func TestPreviewAfterTheDescriptionWasCompleted(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	st := w.Story(w.Ticket(tracker.TicketNew))
	if err := w.Engine.Stories.CompleteDescription(ctx, st, "a | b"); err != nil {
		t.Fatal(err)
	}
	if now := w.Whole(st.ID).Story; now.Description != "a | b" || now.Version == st.Version {
		t.Fatalf("it was not completed: %+v", now)
	}
	start := func(ctx context.Context, s tracker.StoryUseCases) error {
		_, err := s.Transition(ctx, []tracker.Seen{{ID: st.ID, Version: st.Version}}, tracker.Start, "")
		return err
	}
	if got, err := w.Engine.Stories.Preview(ctx, start); err != nil || len(got) != 1 {
		t.Errorf("a preview with the version from before: %+v, %v", got, err)
	}
	name := "Another name"
	if _, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: &name}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Preview(ctx, start); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("after an edit: %v", err)
	}
	if err := start(ctx, w.Engine.Stories); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("the start after an edit: %v", err)
	}
}
