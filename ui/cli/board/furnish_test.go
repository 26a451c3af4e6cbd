package board

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/tracker/plan"
	"storydesk/tracker/trackertest"
	"storydesk/ui/figure"
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
	e := w.Engine
	return w, furnisher{stories: e.Stories, views: e.Views, parts: e.Parts, epics: e.Epics, imports: e.Imports, projects: e.Projects, in: w.In, now: e.Now(), happen: func(ticket tracker.TicketID, status, says string) error {
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
		fmt.Fprintf(&b, ", %d private comments, %d changes", len(d.Deliveries), len(d.Activities))
		for _, p := range d.Parts.Blockers {
			fmt.Fprintf(&b, ", blocked by %q", p.Text)
		}
		for _, v := range d.Parts.Reviews {
			fmt.Fprintf(&b, ", %s by %s is %s", v.Type, v.Reviewer, v.Status)
		}
		fmt.Fprintf(&b, ", due %v, accepted %v\n", st.Deadline, st.AcceptedAt != nil)
	}
	all, err := w.Engine.Epics.Epics(w.T.Context(), w.In.ProjectID)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, e := range all {
		fmt.Fprintf(&b, "%s: %d of %d\n", e.Epic.Name, e.Accepted, e.Stories)
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

// The demo has a past: done iterations from which velocity is measured, with their
// accepted stories, and figures that are not empty, whatever the day is.
func TestTheDemoHasAPast(t *testing.T) {
	t.Parallel()
	w, f := demoWorld(t)
	if err := f.furnish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("undo takes back a part of the demo: %v", err)
	}
	b, err := w.Engine.Stories.Columns(t.Context(), w.In.ProjectID)
	if err != nil {
		t.Fatal(err)
	}
	made := plan.New(b, f.now)
	var points []float64
	for _, p := range made.Done {
		points = append(points, p.Points)
	}
	if want := []float64{6, 8, 7, 9}; !slices.Equal(points, want) || made.Velocity != 8 {
		t.Errorf("done %v with velocity %d, want %v and 8", points, made.Velocity, want)
	}
	if n := made.Current().Number; n != pastWeeks+1 {
		t.Errorf("current is iteration %d", n)
	}
	if len(made.Releases) != 1 || made.Releases[0].Deadline == nil {
		t.Errorf("releases %+v", made.Releases)
	}
	history, err := w.Engine.Report.Figures(t.Context(), w.In.ProjectID)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range figure.Kinds() {
		subject, _ := history.Usual()
		if _, err := figure.Of(k, history, figures.Range{Last: pastWeeks}, subject); err != nil {
			t.Errorf("%s: %v", k, err)
		}
	}
	if sums := history.Tickets(figures.Range{Last: pastWeeks + 1}).Total; sums.Closed != 4 || sums.Tickets != 5 {
		t.Errorf("of %d tickets %d are closed, want 4 of 5", sums.Tickets, sums.Closed)
	}
	epics, err := w.Engine.Epics.Epics(t.Context(), w.In.ProjectID)
	if err != nil || len(epics) != len(demoEpics()) {
		t.Fatalf("epics %v, %v", epics, err)
	}
	for _, e := range epics {
		if e.Accepted == 0 || e.Accepted == e.Stories {
			t.Errorf("%s has %d of %d accepted", e.Epic.Name, e.Accepted, e.Stories)
		}
	}
}

// replaced are views whose first readings end before the view does, as when the board
// begins one meanwhile.
type replaced struct {
	views
	left *int
}

func (r replaced) Tickets(ctx context.Context, id tracker.IntegrationID) (tracker.TicketList, error) {
	list, err := r.views.Tickets(ctx, id)
	if *r.left--; *r.left >= 0 {
		list.Tickets, list.Fetch.Partial = list.Tickets[:demoUnseen], true
	}
	return list, err
}

func TestTheDemoSeesTicketsWhoseReadingWasReplaced(t *testing.T) {
	t.Parallel()
	w, f := demoWorld(t)
	left := 2
	f.views = replaced{f.views, &left}
	if err := f.furnish(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	fresh := 0
	for _, row := range list.Tickets {
		if row.Unread {
			fresh++
		}
	}
	if fresh == 0 || fresh > demoUnseen {
		t.Errorf("%d of %d tickets are new", fresh, len(list.Tickets))
	}
}

// What the user does while the demo is being filled can be undone, and nothing else.
func TestUndoIsForWhatTheUserDoes(t *testing.T) {
	t.Parallel()
	w, f := demoWorld(t)
	if _, err := w.Engine.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.In.ProjectID, Name: "The user's own", Place: tracker.Place{Column: tracker.Icebox}}); err != nil {
		t.Fatal(err)
	}
	if err := f.furnish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if undone, err := w.Engine.Stories.Undo(t.Context(), true); err != nil || len(undone.Stories) > 0 {
		t.Errorf("undo of the user's story: %+v, %v", undone, err)
	}
	if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("undo takes back a part of the demo: %v", err)
	}
}
