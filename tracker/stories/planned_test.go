package stories_test

import (
	"slices"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/trackertest"
)

// byHand lets people choose what Current holds, or the project by itself again.
func (w world) byHand(on bool) {
	w.T.Helper()
	p, err := w.Engine.Projects.Plan(w.T.Context(), w.In.ProjectID, 0)
	if err != nil {
		w.T.Fatal(err)
	}
	p.Project.Manual = on
	if _, err := w.Engine.Projects.SaveProject(w.T.Context(), p.Project); err != nil {
		w.T.Fatal(err)
	}
}

// current is what the plan has in Current, and what the board has in the Backlog.
func (w world) current() (names []string, all []string) {
	w.T.Helper()
	p, err := w.Engine.Projects.Plan(w.T.Context(), w.In.ProjectID, 0)
	if err != nil {
		w.T.Fatal(err)
	}
	b, err := w.Engine.Stories.Columns(w.T.Context(), w.In.ProjectID)
	if err != nil {
		w.T.Fatal(err)
	}
	if again := plan.New(b, w.Engine.Now()); again.Current().To != p.Current().To {
		w.T.Errorf("the board has %d stories in Current, the plan %d", again.Current().To, p.Current().To)
	}
	for i, c := range p.Backlog {
		if i < p.Current().To {
			names = append(names, c.Name)
		}
		all = append(all, c.Name)
	}
	return names, all
}

// chosen fails unless Current holds these stories, and the Backlog all of them in its order.
func (w world) chosen(want []string, all ...string) {
	w.T.Helper()
	names, backlog := w.current()
	if !slices.Equal(names, want) || !slices.Equal(backlog, all) {
		w.T.Errorf("Current holds %q of %q, want %q of %q", names, backlog, want, all)
	}
	w.shows(tracker.Backlog, all...)
	for i, name := range all {
		st := w.named(name)
		if planned := st.State == tracker.Planned; planned != (i < len(want) && !st.State.Begun()) || st.Position != i+1 {
			w.T.Errorf("%s is %s at %d", name, st.State, st.Position)
		}
	}
}

// named is a story as it is found alone.
func (w world) named(name string) tracker.Story {
	w.T.Helper()
	list, err := w.Engine.Stories.Stories(w.T.Context(), w.In.ProjectID, tracker.StoryFilter{})
	if err != nil {
		w.T.Fatal(err)
	}
	for _, st := range list {
		if st.Name == name {
			st, err := w.Engine.Stories.Locate(w.T.Context(), st.ID)
			if err != nil {
				w.T.Fatal(err)
			}
			return st
		}
	}
	w.T.Fatalf("there is no %s", name)
	return tracker.Story{}
}

// In a project that is planned by hand, a story that is moved into Current becomes
// planned, and unstarted where it leaves that; undo takes both back.
func TestPlannedByHand(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.byHand(true)
	ids := w.several(tracker.Backlog, "a", "b", "c", "d", "e")
	ice := w.several(tracker.Icebox, "ice")[0]
	a, b, c, d, e := ids[0], ids[1], ids[2], ids[3], ids[4]
	current := tracker.Place{Column: tracker.Backlog, Current: true}
	end := tracker.Place{Column: tracker.Backlog, Current: true, Bottom: true}
	top := tracker.Place{Column: tracker.Backlog}
	w.chosen(nil, "a", "b", "c", "d", "e")

	w.move(current, c)
	w.chosen([]string{"c"}, "c", "a", "b", "d", "e")
	w.move(current, e)
	w.chosen([]string{"e", "c"}, "e", "c", "a", "b", "d")
	w.move(end, a, b)
	w.chosen([]string{"e", "c", "a", "b"}, "e", "c", "a", "b", "d")
	w.move(top, e, a)
	w.chosen([]string{"c", "b"}, "c", "b", "e", "a", "d")
	w.move(tracker.Place{Before: b}, d, ice) // beside a planned one
	w.chosen([]string{"c", "d", "ice", "b"}, "c", "d", "ice", "b", "e", "a")
	w.move(tracker.Place{After: a}, ice)
	w.chosen([]string{"c", "d", "b"}, "c", "d", "b", "e", "a", "ice")
	w.move(following(tracker.Backlog), d)
	w.chosen([]string{"c", "b"}, "c", "b", "d", "e", "a", "ice")
	w.move(tracker.Place{Column: tracker.Backlog, Bottom: true}, c)
	w.chosen([]string{"b"}, "b", "d", "e", "a", "ice", "c")
	for range 3 {
		w.Undo()
	}
	w.chosen([]string{"c", "d", "ice", "b"}, "c", "d", "ice", "b", "e", "a")
	w.Redo()
	w.Undo()
	w.Start(w.named("d"))
	w.chosen([]string{"d", "c", "ice", "b"}, "d", "c", "ice", "b", "e", "a")
	w.Undo()
	w.chosen([]string{"c", "d", "ice", "b"}, "c", "d", "ice", "b", "e", "a")

	w.add("new", tracker.Place{Before: d})
	w.add("last of Current", end)
	w.add("first below", top)
	w.chosen([]string{"c", "new", "d", "ice", "b", "last of Current"}, "c", "new", "d", "ice", "b", "last of Current", "first below", "e", "a")

	// The project plans by itself again: the list is the same, and nobody chooses.
	w.byHand(false)
	w.shows(tracker.Backlog, "c", "new", "d", "ice", "b", "last of Current", "first below", "e", "a")
	if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{a}, current); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("moved into Current of a project that plans by itself: %v", err)
	}
	w.move(tracker.Place{After: d}, c)
	w.shows(tracker.Backlog, "new", "d", "c", "ice", "b", "last of Current", "first below", "e", "a")
	if st := w.named("c"); st.State != tracker.Unstarted {
		t.Errorf("it is %s after it was moved", st.State)
	}
}

// What goes into Current or out of it is scheduled already: its tickets hear nothing of
// it, and undo does not ask.
func TestTicketsHearNothingOfCurrent(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	w.byHand(true)
	st := w.Story(w.Ticket(tracker.TicketNew))
	before, _ := w.Deliveries(t.Context(), st)
	w.move(tracker.Place{Column: tracker.Backlog, Current: true}, st.ID)
	if st := w.named(st.Name); st.State != tracker.Planned {
		t.Fatalf("it is %s", st.State)
	}
	w.move(tracker.Place{Column: tracker.Backlog}, st.ID)
	if said := w.Undo(); said != "Undone: "+st.ID.String()+" moved" {
		t.Errorf("undo says %q", said)
	}
	if said := w.Undo(); said != "Undone: "+st.ID.String()+" planned" {
		t.Errorf("undo says %q", said)
	}
	if after, _ := w.Deliveries(t.Context(), st); len(after) != len(before) {
		t.Errorf("%d private comments, %d before", len(after), len(before))
	}
}
