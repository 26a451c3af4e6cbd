package stories_test

import (
	"context"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// Every kind of change is undone and redone again and again, under the name of what
// was done, and tells which links are there.
func TestEveryKindOfChangeIsUndoneAndRedone(t *testing.T) {
	t.Parallel()
	type step func(ctx context.Context, w world, st tracker.Story) error
	none := func(context.Context, world, tracker.Story) error { return nil }
	unlink := func(ctx context.Context, w world, st tracker.Story) error {
		err := w.Engine.Stories.UnlinkTicket(ctx, []tracker.StoryID{st.ID}, st.Tickets[0].Ticket, false)
		return err
	}
	for _, test := range []struct {
		name         string
		before, do   step
		undone, redo string
		// linked and freed are how many links come and go by undoing.
		tied, freed int
	}{
		{"created", none, none, "Undone: S-1 removed", "Redone: S-1 created", 0, 1},
		{"edited", none, func(ctx context.Context, w world, st tracker.Story) error {
			name := "Another"
			_, err := w.Engine.Stories.Edit(ctx, []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: &name})
			return err
		}, "Undone: S-1 edited", "Redone: S-1 edited", 0, 0},
		{"deleted", none, func(ctx context.Context, w world, st tracker.Story) error {
			return w.Engine.Stories.DeleteStories(ctx, []tracker.StoryID{st.ID}, false)
		}, "Undone: S-1 restored", "Redone: S-1 deleted", 1, 0},
		{"restored", func(ctx context.Context, w world, st tracker.Story) error {
			return w.Engine.Stories.DeleteStories(ctx, []tracker.StoryID{st.ID}, false)
		}, func(ctx context.Context, w world, st tracker.Story) error {
			_, err := w.Engine.Stories.RestoreStories(ctx, []tracker.StoryID{st.ID})
			return err
		}, "Undone: S-1 removed", "Redone: S-1 deleted", 0, 1},
		{"commented", none, func(ctx context.Context, w world, st tracker.Story) error {
			_, err := w.Engine.Stories.Comment(ctx, []tracker.StoryID{st.ID}, "Fixed in 4.2.1", "")
			return err
		}, "Undone: comment on S-1", "Redone: S-1 commented", 0, 0},
		{"unlinked", none, unlink, "Undone: S-1 unlinked", "Redone: S-1 unlinked", 1, 0},
		{"linked", unlink, func(ctx context.Context, w world, st tracker.Story) error {
			_, err := w.Engine.Stories.LinkTickets(ctx, []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{st.Tickets[0].Ticket.ID})
			return err
		}, "Undone: S-1 linked", "Redone: S-1 linked", 0, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			w.Engine.Grace = time.Hour
			st := w.Story(w.Ticket(tracker.TicketOpen))
			for _, do := range []step{test.before, test.do} {
				if err := do(t.Context(), w, st); err != nil {
					t.Fatal(err)
				}
			}
			for range 3 {
				undone, err := w.Engine.Stories.Undo(t.Context(), false)
				if err != nil || undone.Said != test.undone || len(undone.Linked) != test.tied || len(undone.Unlinked) != test.freed {
					t.Fatalf("undo: %+v, %v", undone, err)
				}
				redone, err := w.Engine.Stories.Redo(t.Context(), true)
				if err != nil || redone.Said != test.redo || len(redone.Linked) != test.freed || len(redone.Unlinked) != test.tied {
					t.Fatalf("redo: %+v, %v", redone, err)
				}
			}
		})
	}
}
