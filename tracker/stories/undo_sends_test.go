package stories_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// asks fails unless undo or redo asks before it sends, and returns what it asks.
func (w world) asks(do func(context.Context, bool) (tracker.Undone, error)) *tracker.SendsError {
	w.T.Helper()
	_, err := do(w.T.Context(), false)
	var sends *tracker.SendsError
	if !errors.As(err, &sends) || tracker.CodeOf(err) != tracker.CodeRefused {
		w.T.Fatalf("not asked: %v", err)
	}
	return sends
}

// An undo that sends a correction asks first, with the text and its tickets. Until
// somebody agrees nothing changes, and it can be asked again.
func TestUndoAsksBeforeItSends(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket, second := w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket, second)
	w.Start(st)
	w.Deliver(st)
	w.Engine.Grace = time.Hour
	for range 2 {
		sends := w.asks(w.Engine.Stories.Undo)
		if sends.Change != st.ID.String()+" started" || len(sends.Comments) != 1 {
			t.Fatalf("asks %+v", sends)
		}
		n := sends.Comments[0]
		if !strings.Contains(n.HTML, "Ada scheduled story "+st.ID.String()) || !slices.Equal(n.Tickets, []tracker.TicketID{ticket, second}) {
			t.Errorf("it would send %+v", n)
		}
		if deliveries, _ := w.Deliveries(t.Context(), st); w.State(st) != tracker.Started || len(deliveries) != 2 {
			t.Errorf("it is %s with %d deliveries", w.State(st), len(deliveries))
		}
	}
	w.Undo()
	if deliveries, _ := w.Deliveries(t.Context(), st); w.State(st) != tracker.Unstarted || len(deliveries) != 4 {
		t.Errorf("it is %s with %d deliveries", w.State(st), len(deliveries))
	}
}

// What has not left is taken back without a question, as is what no ticket hears of.
func TestUndoThatSendsNothingDoesNotAsk(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	linked := w.Story(w.Ticket(tracker.TicketNew))
	alone := w.add("alone", tracker.Place{Column: tracker.Icebox})
	w.Start(linked)
	if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{alone.ID}, tracker.Place{Column: tracker.Backlog}); err != nil {
		t.Fatal(err)
	}
	for _, do := range []func(context.Context, bool) (tracker.Undone, error){w.Engine.Stories.Undo, w.Engine.Stories.Redo, w.Engine.Stories.Undo, w.Engine.Stories.Undo} {
		if _, err := do(t.Context(), false); err != nil {
			t.Errorf("asked: %v", err)
		}
	}
	if deliveries, _ := w.Deliveries(t.Context(), linked); len(deliveries) != 0 {
		t.Errorf("deliveries %+v", deliveries)
	}
}

// What is made again sends again: state changes and comments ask, of several
// stories too.
func TestRedoAsksBeforeItSends(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	first, second := w.Story(w.Ticket(tracker.TicketNew)), w.Story(w.Ticket(tracker.TicketOpen))
	both := []tracker.StoryID{first.ID, second.ID}
	if _, err := w.Engine.Stories.Transition(t.Context(), seen(both), tracker.Start, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Comment(t.Context(), both, "Fixed in 4.2.1.", ""); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	w.Undo()
	sends := w.asks(w.Engine.Stories.Redo)
	if sends.Change != "2 stories started" || len(sends.Comments) != 2 || !sends.Comments[0].Opens {
		t.Errorf("asks %+v", sends)
	}
	w.Redo()
	if sends := w.asks(w.Engine.Stories.Redo); sends.Change != "2 stories commented" || !strings.Contains(sends.Comments[1].HTML, "Fixed in 4.2.1.") {
		t.Errorf("asks %+v", sends)
	}
	if deliveries, _ := w.Deliveries(t.Context(), first); len(deliveries) != 1 {
		t.Errorf("%d deliveries, want 1", len(deliveries))
	}
	w.Redo()
	if deliveries, _ := w.Deliveries(t.Context(), first); len(deliveries) != 2 {
		t.Errorf("%d deliveries, want 2", len(deliveries))
	}
}
