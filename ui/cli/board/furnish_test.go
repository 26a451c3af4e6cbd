package board

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// leaving are use cases on stories that let a number of changes through; then the user
// has left the program, and nothing more is changed.
type leaving struct {
	stories
	left *int
	stop context.CancelFunc
}

// changed counts a change that was made.
func (l leaving) changed() {
	if *l.left--; *l.left == 0 {
		l.stop()
	}
}

func (l leaving) AddStory(ctx context.Context, n tracker.NewStory) (tracker.Story, error) {
	defer l.changed()
	return l.stories.AddStory(ctx, n)
}

func (l leaving) AddFromTickets(ctx context.Context, n tracker.FromTickets) ([]tracker.Story, error) {
	defer l.changed()
	return l.stories.AddFromTickets(ctx, n)
}

func (l leaving) Estimate(ctx context.Context, seen []tracker.Seen, points *float64) ([]tracker.Story, error) {
	defer l.changed()
	return l.stories.Estimate(ctx, seen, points)
}

func (l leaving) Transition(ctx context.Context, seen []tracker.Seen, a tracker.Action, reason string) ([]tracker.Story, error) {
	defer l.changed()
	return l.stories.Transition(ctx, seen, a, reason)
}

func (l leaving) Comment(ctx context.Context, ids []tracker.StoryID, text, draft string) ([]tracker.Comment, error) {
	defer l.changed()
	return l.stories.Comment(ctx, ids, text, draft)
}

// demoWorld is a world with what fills its demo.
func demoWorld(t *testing.T) (*trackertest.World, furnisher) {
	t.Helper()
	w := trackertest.NewOf(t, sandbox.Options{})
	return w, furnisher{stories: w.Engine.Stories, views: w.Engine.Views, in: w.In, happen: func(ticket tracker.TicketID, status, says string) error {
		if w.Sandbox.Happened(int64(ticket), status, says) {
			return nil
		}
		return w.Sandbox.Edit(sandbox.Edit{Ticket: int64(ticket), Status: status, Comment: says, Customer: says != ""})
	}}
}

// furnishedWith lists all of a demo: its stories in the board's order with what was said
// on them, its private comments, and what was said on the ticket that a customer answers on.
func furnishedWith(w *trackertest.World) string {
	w.T.Helper()
	list, err := w.Engine.Stories.Stories(w.T.Context(), w.In.ProjectID, tracker.StoryFilter{})
	if err != nil {
		w.T.Fatal(err)
	}
	var b strings.Builder
	for _, st := range list {
		fmt.Fprintf(&b, "%s %s %s %q %q %q %d", st.Column, st.Name, st.State, points(st), st.Owners, st.Labels, len(st.Tickets))
		d := w.Whole(st.ID)
		for _, c := range d.Comments {
			fmt.Fprintf(&b, " %q", c.Text)
		}
		fmt.Fprintf(&b, ", %d private comments\n", len(d.Deliveries))
	}
	closed, _ := w.Sandbox.Ticket(int64(demoClosed))
	fmt.Fprintf(&b, "%d comments on the replied ticket, the closed one is %s\n", len(w.Sandbox.Comments(int64(demoReplied))), closed.Status)
	return b.String()
}

func points(st tracker.Story) string {
	if st.Estimate == nil {
		return ""
	}
	return tracker.FormatPoints(*st.Estimate)
}

// A demo that is left while it is filled, wherever that is, is filled to the end the
// next time: nothing is missing, and nothing is there twice.
func TestAHalfFurnishedDemoIsCompleted(t *testing.T) {
	t.Parallel()
	whole, f := demoWorld(t)
	if err := f.furnish(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := furnishedWith(whole)
	changes := 0
	for _, d := range furniture() {
		changes += 1 + len(d.steps)
	}
	for after := 1; after <= changes; after += 4 {
		t.Run(fmt.Sprintf("after %d changes", after), func(t *testing.T) {
			t.Parallel()
			w, f := demoWorld(t)
			ctx, leave := context.WithCancel(t.Context())
			left, half := after, f
			half.stories = leaving{f.stories, &left, leave}
			if err := half.furnish(ctx); err == nil {
				t.Fatal("it was filled to the end")
			}
			if err := f.furnish(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := furnishedWith(w); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
