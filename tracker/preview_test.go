package tracker_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
)

// A preview says what is then sent, and leaves nothing behind.
func TestPreviewIsWhatIsSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.svc.Grace = time.Hour
	ctx := t.Context()
	st := w.story(w.ticket(tracker.TicketNew), w.ticket(tracker.TicketOpen))
	const text = "Use {{ticket.id}} <b>"
	comment, err := w.svc.PreviewComment(ctx, st.ID, text)
	if err != nil || len(comment) != 1 || len(comment[0].Tickets) != 2 || comment[0].Opens {
		t.Fatalf("comment: %+v, %v", comment, err)
	}
	if html := comment[0].HTML; strings.Contains(html, "{{") || !strings.Contains(html, "&lt;b&gt;") {
		t.Errorf("the comment is not as it is sent: %s", html)
	}
	start, err := w.svc.PreviewTransition(ctx, st.ID, tracker.Start, "")
	if err != nil || len(start) != 1 || !start[0].Opens || !strings.Contains(start[0].HTML, "Ada started story") {
		t.Errorf("start: %+v, %v", start, err)
	}
	if notes, _ := w.notes(ctx, st); len(notes) != 0 || w.state(st) != tracker.Unstarted {
		t.Errorf("looking at notes made %d of them; the story is %s", len(notes), w.state(st))
	}
	if d, err := w.svc.Story(ctx, st.ID); err != nil || len(d.Comments) != 0 {
		t.Errorf("looking at a note left %d comments, %v", len(d.Comments), err)
	}
	w.comment(st, text)
	notes, _ := w.notes(ctx, st)
	for _, d := range notes {
		sent := strings.ReplaceAll(d.Text, tracker.Reference(st.ID, d.Operation), st.ID.String()+"·"+tracker.PreviewReference)
		if w.svc.Desks.NoteHTML(sent) != comment[0].HTML {
			t.Errorf("sent\n%s\npreviewed\n%s", sent, comment[0].HTML)
		}
	}
	for want, text := range map[tracker.Code]string{tracker.CodeInvalid: " "} {
		if _, err := w.svc.PreviewComment(ctx, st.ID, text); tracker.CodeOf(err) != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := w.svc.PreviewTransition(ctx, st.ID, tracker.Accept, ""); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("accept: %v", err)
	}
	long, err := w.svc.PreviewComment(ctx, st.ID, strings.Repeat("\"", tracker.MaxCommentText))
	if err != nil || !strings.Contains(long[0].HTML, "cut here") {
		t.Errorf("a long note is not shown cut: %v", err)
	}
}
