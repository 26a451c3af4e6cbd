package stories_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/trackertest"
)

// add adds a bug to a column.
func (w world) add(name string, to tracker.Place) tracker.Story {
	w.T.Helper()
	st, err := w.Engine.Stories.AddStory(w.T.Context(), tracker.NewStory{
		ProjectID: w.In.ProjectID, Name: name, Type: tracker.Bug, Place: to,
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return st
}

// names lists a column's stories from top to bottom.
func (w world) names(c tracker.Column) []string {
	w.T.Helper()
	list, err := w.Engine.Stories.Stories(w.T.Context(), w.In.ProjectID, tracker.StoryFilter{Column: c})
	if err != nil {
		w.T.Fatal(err)
	}
	var names []string
	for i, st := range list {
		if st.Position != i+1 {
			w.T.Errorf("%s has position %d, want %d", st.Name, st.Position, i+1)
		}
		names = append(names, st.Name)
	}
	return names
}

func (w world) shows(c tracker.Column, want ...string) {
	w.T.Helper()
	if got := w.names(c); !slices.Equal(got, want) {
		w.T.Errorf("%s shows %q, want %q", c, got, want)
	}
}

func TestWhereStoriesGo(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	top := tracker.Place{Column: tracker.Backlog}
	a, b, c := w.add("a", top), w.add("b", top), w.add("c", tracker.Place{Column: tracker.Backlog, Bottom: true})
	ice := w.add("ice", tracker.Place{Column: tracker.Icebox})
	w.shows(tracker.Backlog, "b", "a", "c")
	w.shows(tracker.Icebox, "ice")

	// Starting takes a story to the end of what is in progress, above all that is not started.
	w.Start(c)
	w.Start(ice)
	w.shows(tracker.Backlog, "c", "ice", "b", "a")
	started, err := w.Engine.Stories.Locate(ctx, ice.ID)
	if err != nil || !slices.Equal(started.Owners, []string{"Ada"}) || started.Column != tracker.Backlog {
		t.Errorf("%+v, %v", started, err)
	}

	// Beside another story the column follows from that one.
	if st := w.add("beside", tracker.Place{After: b.ID}); st.State != tracker.Unstarted {
		t.Errorf("beside an unstarted story it is %s", st.State)
	}
	w.shows(tracker.Backlog, "c", "ice", "b", "beside", "a")
	w.Undo()

	if _, err := w.Engine.Stories.MoveStories(ctx, []tracker.StoryID{a.ID}, tracker.Place{Before: b.ID}); err != nil {
		t.Fatal(err)
	}
	w.shows(tracker.Backlog, "c", "ice", "a", "b")
	_, err = w.Engine.Stories.MoveStories(ctx, []tracker.StoryID{a.ID}, tracker.Place{Before: c.ID})
	if tracker.CodeOf(err) != tracker.CodeRefused || !strings.Contains(err.Error(), "started stories stay above") {
		t.Errorf("an unstarted story above a started one: %v", err)
	}

	// Back into the Icebox it is unscheduled again.
	if _, err := w.Engine.Stories.MoveStories(ctx, []tracker.StoryID{c.ID}, tracker.Place{Column: tracker.Icebox}); err != nil {
		t.Fatal(err)
	}
	w.shows(tracker.Icebox, "c")
	if d, err := w.Engine.Stories.Story(ctx, c.ID); err != nil || d.Story.State != tracker.Unscheduled || len(d.Activities) != 3 {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestALifeToItsEnd(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	st := w.add("bug", tracker.Place{Column: tracker.Icebox})
	for _, a := range []tracker.Action{
		tracker.Start, tracker.Finish, tracker.Deliver, tracker.Reject, tracker.Restart, tracker.Finish, tracker.Deliver, tracker.Accept,
	} {
		var err error
		reason := ""
		if a == tracker.Reject {
			reason = "It still fails on Safari."
		}
		if st, err = trackertest.One(w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID, Version: st.Version}}, a, reason)); err != nil {
			t.Fatal(err)
		}
	}
	d, err := w.Engine.Stories.Story(t.Context(), st.ID)
	if err != nil || d.Story.State != tracker.Accepted || d.Story.AcceptedAt == nil || len(d.Comments) != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID, Version: st.Version - 1}}, tracker.Start, ""); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("an old version: %v", err)
	}
}

func TestEstimates(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	st, err := w.Engine.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.In.ProjectID, Name: "f", Place: tracker.Place{Column: tracker.Backlog}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, tracker.Start, ""); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("starting an unestimated feature: %v", err)
	}
	two, off := 2.0, 17.0
	if _, err := w.Engine.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, &off); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("points off the scale: %v", err)
	}
	if st, err = trackertest.One(w.Engine.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID, Version: st.Version}}, &two)); err != nil || *st.Estimate != 2 {
		t.Fatalf("%+v, %v", st, err)
	}
	w.Start(st)
	if _, err := w.Engine.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, nil); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("taking the points of a started feature: %v", err)
	}
}

// However stories are moved about, each stands exactly where it was put, and
// nothing else changes its order.
func TestMovesKeepTheOrder(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		project, err := w.Engine.Projects.AddProject(t.Context(), tracker.NewProject(fmt.Sprintf("round %d", round)))
		if err != nil {
			rt.Fatal(err)
		}
		ids := map[string]tracker.StoryID{}
		var order []string
		for i := range 6 {
			name := string(rune('a' + i))
			st, err := w.Engine.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: project.ID, Name: name, Place: tracker.Place{Column: tracker.Icebox, Bottom: true}})
			if err != nil {
				rt.Fatal(err)
			}
			ids[name], order = st.ID, append(order, name)
		}
		for range rapid.IntRange(1, 8).Draw(rt, "moves") {
			from := rapid.SampledFrom(order).Draw(rt, "story")
			beside := rapid.SampledFrom(order).Draw(rt, "beside")
			above := rapid.Bool().Draw(rt, "above")
			place := tracker.Place{After: ids[beside]}
			if above {
				place = tracker.Place{Before: ids[beside]}
			}
			_, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{ids[from]}, place)
			if from == beside {
				if tracker.CodeOf(err) != tracker.CodeRefused {
					rt.Fatalf("beside itself: %v", err)
				}
				continue
			}
			if err != nil {
				rt.Fatal(err)
			}
			order = slices.DeleteFunc(order, func(n string) bool { return n == from })
			at := slices.Index(order, beside)
			if !above {
				at++
			}
			order = slices.Insert(order, at, from)
		}
		list, err := w.Engine.Stories.Stories(t.Context(), project.ID, tracker.StoryFilter{})
		if err != nil {
			rt.Fatal(err)
		}
		var got []string
		for _, st := range list {
			got = append(got, st.Name)
		}
		if !slices.Equal(got, order) {
			rt.Fatalf("got %v, want %v", got, order)
		}
	})
}

func TestManyMovesIntoOneGap(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ice := tracker.Place{Column: tracker.Icebox, Bottom: true}
	a, b := w.add("a", ice), w.add("b", ice)
	c := w.add("c", ice)
	// Each move halves the room between a and b; it runs out after forty.
	for range 30 {
		for _, id := range []tracker.StoryID{c.ID, b.ID} {
			if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{id}, tracker.Place{After: a.ID}); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.shows(tracker.Icebox, "a", "b", "c")
}

func TestStoriesFromTickets(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	fresh, pending := w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketPending)
	d, err := w.Engine.Views.Ticket(ctx, w.In.ID, fresh)
	if err != nil || d.Ticket.Description == "" {
		t.Fatalf("%+v, %v", d, err)
	}
	n := tracker.FromTickets{Integration: w.In.ID, Tickets: []tracker.TicketID{fresh, pending}, Place: tracker.Place{Column: tracker.Backlog}}
	st, err := trackertest.One(w.Engine.Stories.AddFromTickets(ctx, n))
	if err != nil {
		t.Fatal(err)
	}
	if st.Name != d.Ticket.Subject || st.Description != d.Ticket.Description || st.State != tracker.Unstarted || len(st.Tickets) != 2 {
		t.Errorf("%+v", st)
	}
	if want := w.URL + "/agent/tickets/" + trackertest.Itoa(fresh); st.Tickets[0].URL != want {
		t.Errorf("link %s, want %s", st.Tickets[0].URL, want)
	}
	_, err = w.Engine.Stories.AddFromTickets(ctx, n)
	var e *tracker.Error
	if !errors.As(err, &e) || e.Code != tracker.CodeConflict || e.Reason != tracker.ReasonHasStory {
		t.Errorf("a second story: %v", err)
	}
	n.Again = true
	if _, err := w.Engine.Stories.AddFromTickets(ctx, n); err != nil {
		t.Error(err)
	}
	list, err := w.Engine.Views.Tickets(ctx, w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(list.Tickets, func(r tracker.TicketRow) bool { return r.ID == fresh })
	if got := len(list.Tickets[at].Stories); got != 2 {
		t.Errorf("the ticket shows %d stories, want 2", got)
	}
	n.Tickets = []tracker.TicketID{999999999}
	if _, err := w.Engine.Stories.AddFromTickets(ctx, n); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("a ticket that is not there: %v", err)
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	st := w.add("s", tracker.Place{Column: tracker.Icebox})
	ticket := w.Ticket(tracker.TicketNew)
	if _, err := w.Engine.Stories.LinkTickets(t.Context(), []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{ticket}); err != nil {
		t.Fatal(err)
	}
	if st = w.Whole(st.ID).Story; len(st.Tickets) != 1 {
		t.Fatalf("%+v", st)
	}
	if _, err := w.Engine.Stories.LinkTickets(t.Context(), []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{ticket}); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("linked twice: %v", err)
	}
	if _, err := w.Engine.Stories.LinkTickets(t.Context(), []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{999999999}); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("linked to a ticket that is not there: %v", err)
	}
	key := st.Tickets[0].Ticket
	if err := w.Engine.Stories.UnlinkTicket(t.Context(), []tracker.StoryID{st.ID}, key, false); err != nil {
		t.Error(err)
	}
	if st = w.Whole(st.ID).Story; len(st.Tickets) != 0 {
		t.Errorf("%+v", st)
	}
	if err := w.Engine.Stories.UnlinkTicket(t.Context(), []tracker.StoryID{st.ID}, key, false); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("unlinked twice: %v", err)
	}
	w.Deliver(st)
	if deliveries, _ := w.Deliveries(t.Context(), st); len(deliveries) != 0 {
		t.Errorf("linking sent %+v", deliveries)
	}
}

// What a person owns and nobody has accepted is theirs, in the board's order.
func TestBoardTellsWhatIsMine(t *testing.T) {
	w := world{trackertest.New(t)}
	add := func(name string, owners ...string) tracker.Story {
		st, err := w.Engine.Stories.AddStory(t.Context(), tracker.NewStory{ProjectID: w.In.ProjectID, Name: name, Type: tracker.Chore, Place: tracker.Place{Column: tracker.Backlog, Bottom: true}})
		if err == nil {
			st, err = trackertest.One(w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Owners: &owners}))
		}
		if err != nil {
			t.Fatal(err)
		}
		return st
	}
	me := w.Engine.Actor()
	add("Hers", "Grace Hopper")
	add("Ours", "Grace Hopper", strings.ToUpper(me))
	finished := add("Finished", me)
	add("Mine", me)
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish} {
		if _, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: finished.ID}}, a, ""); err != nil {
			t.Fatal(err)
		}
	}
	b, err := w.Engine.Stories.Columns(t.Context(), w.In.ProjectID)
	if mine := plan.Mine(b); err != nil || len(mine) != 2 || mine[0].Name != "Ours" || mine[1].Name != "Mine" {
		t.Errorf("mine is %+v, %v", mine, err)
	}
}

// A new story has its owners and labels at once, cleaned as an edit cleans them, and
// the draft in which it was written is gone with the same change.
func TestNewStoryHasOwnersAndLabels(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	if err := w.Engine.Settings.SaveDraft(t.Context(), "k", "name=Rotate"); err != nil {
		t.Fatal(err)
	}
	wanted := tracker.NewStory{
		ProjectID: w.In.ProjectID, Owners: []string{" Ada ", "", "Ada", "Grace"}, Labels: []string{"Ops", "ops", " P1"},
		Place: tracker.Place{Column: tracker.Icebox}, Draft: "k",
	}
	if _, err := w.Engine.Stories.AddStory(t.Context(), wanted); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("without a name: %v", err)
	}
	draft := func() string {
		text, err := w.Engine.Settings.Draft(t.Context(), "k")
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if draft() == "" {
		t.Error("the draft of a story that was refused is gone")
	}
	wanted.Name = "Rotate the keys"
	st, err := w.Engine.Stories.AddStory(t.Context(), wanted)
	if err != nil {
		t.Fatal(err)
	}
	if st = w.Whole(st.ID).Story; !slices.Equal(st.Owners, []string{"Ada", "Grace"}) || !slices.Equal(st.Labels, []string{"ops", "p1"}) {
		t.Errorf("owners %q, labels %q", st.Owners, st.Labels)
	}
	if text := draft(); text != "" {
		t.Errorf("the draft is still %q", text)
	}
}
