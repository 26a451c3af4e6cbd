package stories_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// several makes stories in a column, in the order of their names.
func (w world) several(column tracker.Column, names ...string) []tracker.StoryID {
	w.T.Helper()
	ids := make([]tracker.StoryID, len(names))
	for i, name := range names {
		ids[i] = w.add(name, tracker.Place{Column: column, Bottom: true}).ID
	}
	return ids
}

func seen(ids []tracker.StoryID) []tracker.Seen {
	list := make([]tracker.Seen, len(ids))
	for i, id := range ids {
		list[i].ID = id
	}
	return list
}

// Several stories keep their order wherever they go, and one undo brings all of
// them back.
func TestMoveStories(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		to   func(b, e tracker.StoryID) tracker.Place
		want string
	}{
		"top":    {func(_, _ tracker.StoryID) tracker.Place { return tracker.Place{Column: tracker.Icebox} }, "c d f a b e"},
		"bottom": {func(_, _ tracker.StoryID) tracker.Place { return tracker.Place{Column: tracker.Icebox, Bottom: true} }, "a b e c d f"},
		"before": {func(b, _ tracker.StoryID) tracker.Place { return tracker.Place{Before: b} }, "a c d f b e"},
		"after":  {func(_, e tracker.StoryID) tracker.Place { return tracker.Place{After: e} }, "a b e c d f"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ids := w.several(tracker.Icebox, "a", "b", "c", "d", "e", "f")
			moved, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{ids[2], ids[3], ids[5]}, test.to(ids[1], ids[4]))
			if err != nil || len(moved) != 3 || moved[0].ID != ids[2] || moved[2].ID != ids[5] {
				t.Fatalf("%+v, %v", moved, err)
			}
			w.shows(tracker.Icebox, strings.Fields(test.want)...)
			w.Undo()
			w.shows(tracker.Icebox, "a", "b", "c", "d", "e", "f")
			if said := w.Redo(); said != "Redone: 3 stories moved" {
				t.Error(said)
			}
			w.shows(tracker.Icebox, strings.Fields(test.want)...)
		})
	}
}

// A step that one of the stories does not offer is taken by none.
func TestTransitionOfSeveralIsAllOrNothing(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	first := w.Story(w.Ticket(tracker.TicketNew))
	second := w.Story(w.Ticket(tracker.TicketOpen))
	ids := []tracker.StoryID{first.ID, second.ID}
	w.Start(second)
	_, err := w.Engine.Stories.Transition(t.Context(), seen(ids), tracker.Start, "")
	if tracker.CodeOf(err) != tracker.CodeRefused || !strings.Contains(err.Error(), second.ID.String()) {
		t.Fatalf("starting what is started: %v", err)
	}
	if got := w.State(first); got != tracker.Unstarted {
		t.Fatalf("the other one is %s", got)
	}
	w.Undo()
	if _, err := w.Engine.Stories.Transition(t.Context(), seen(ids), tracker.Start, ""); err != nil {
		t.Fatal(err)
	}
	if said := w.Undo(); said != "Undone: 2 stories started; their private comments will not be sent" {
		t.Error(said)
	}
	for _, st := range []tracker.Story{first, second} {
		if deliveries, _ := w.Deliveries(t.Context(), st); len(deliveries) != 0 || w.State(st) != tracker.Unstarted {
			t.Errorf("%s is %s with %d notes", st.ID, w.State(st), len(deliveries))
		}
	}
}

func TestErrorsOfSeveralStoriesNameTheirStory(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ids := w.several(tracker.Backlog, "a", "b")
	points := 7.0
	_, err := w.Engine.Stories.Estimate(t.Context(), seen(ids), &points)
	if tracker.CodeOf(err) != tracker.CodeInvalid || !strings.HasPrefix(err.Error(), ids[0].String()+": ") {
		t.Errorf("%v", err)
	}
	stale := []tracker.Seen{{ID: ids[0]}, {ID: ids[1], Version: 99}}
	if _, err := w.Engine.Stories.Estimate(t.Context(), stale, nil); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("%v", err)
	}
}

// One edit of several stories is one undo, and no story is edited where one
// cannot be.
func TestEditOfSeveralIsAllOrNothing(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ids := w.several(tracker.Backlog, "a", "b")
	day := time.Date(2026, time.December, 24, 0, 0, 0, 0, time.UTC)
	if _, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{ids[0]}, tracker.StoryEdit{Type: new(tracker.Release)}); err != nil {
		t.Fatal(err)
	}
	_, err := w.Engine.Stories.Edit(t.Context(), ids, tracker.StoryEdit{Deadline: &day})
	if tracker.CodeOf(err) != tracker.CodeInvalid || !strings.HasPrefix(err.Error(), ids[1].String()+": ") {
		t.Errorf("a deadline of what is no release: %v", err)
	}
	if st := w.Whole(ids[0]).Story; st.Deadline != nil {
		t.Errorf("the deadline of the other is %v", st.Deadline)
	}
	edited, err := w.Engine.Stories.Edit(t.Context(), ids, tracker.StoryEdit{Labels: &[]string{"ops"}})
	if err != nil || len(edited) != 2 || edited[0].ID != ids[0] {
		t.Fatalf("%+v, %v", edited, err)
	}
	w.Undo()
	for _, id := range ids {
		if st := w.Whole(id).Story; len(st.Labels) != 0 {
			t.Errorf("%s still has the labels %v", id, st.Labels)
		}
	}
}

// A rehearsal tells the private comments and fails as the change would, and leaves nothing.
func TestRehearse(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	st := w.Story(w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen))
	rehearse := func(a tracker.Action) ([]tracker.Delivery, error) {
		return w.Engine.Stories.Rehearse(t.Context(), func(ctx context.Context, s tracker.StoryUseCases) error {
			_, err := s.Transition(ctx, seen([]tracker.StoryID{st.ID}), a, "")
			return err
		})
	}
	deliveries, err := rehearse(tracker.Start)
	if err != nil || len(deliveries) != 2 || !strings.Contains(deliveries[0].Text, "Ada started story") {
		t.Errorf("%d notes, %v", len(deliveries), err)
	}
	if _, err := rehearse(tracker.Accept); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("accepting what is not started: %v", err)
	}
	if kept, _ := w.Deliveries(t.Context(), st); len(kept) != 0 || w.State(st) != tracker.Unstarted {
		t.Errorf("after a rehearsal it is %s with %d notes", w.State(st), len(kept))
	}
	if said := w.Undo(); !strings.Contains(said, "Undone: S-1 removed") {
		t.Errorf("undo after a rehearsal: %s", said)
	}
}

func TestCommentAndDeleteStories(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	first := w.Story(w.Ticket(tracker.TicketNew))
	second := w.Story(w.Ticket(tracker.TicketOpen))
	ids := []tracker.StoryID{first.ID, second.ID}
	comment := func() {
		t.Helper()
		if added, err := w.Engine.Stories.Comment(t.Context(), ids, "Fixed in 4.2.1.", ""); err != nil || len(added) != 2 {
			t.Fatalf("%+v, %v", added, err)
		}
	}
	comment()
	if said := w.Undo(); said != "Undone: comment on 2 stories" {
		t.Error(said)
	}
	comment()
	err := w.Engine.Stories.DeleteStories(t.Context(), ids, false)
	if tracker.CodeOf(err) != tracker.CodeRefused || !strings.Contains(err.Error(), "2 private comments") {
		t.Fatalf("deleting what has notes: %v", err)
	}
	if err := w.Engine.Stories.DeleteStories(t.Context(), ids, true); err != nil {
		t.Fatal(err)
	}
	if said := w.Undo(); said != "Undone: 2 stories restored" {
		t.Error(said)
	}
}

func TestStoryFromEachTicket(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	tickets := []tracker.TicketID{w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen), w.Ticket(tracker.TicketPending)}
	from := tracker.FromTickets{Integration: w.In.ID, Tickets: tickets, Each: true, Place: tracker.Place{Column: tracker.Icebox}}
	made, err := w.Engine.Stories.AddFromTickets(t.Context(), from)
	if err != nil || len(made) != 3 {
		t.Fatalf("%+v, %v", made, err)
	}
	var names []string
	for i, st := range made {
		names = append(names, st.Name)
		if st.ID != made[0].ID+tracker.StoryID(i) || len(st.Tickets) != 1 || st.Tickets[0].Ticket.ID != tickets[i] {
			t.Errorf("%s has %+v", st.ID, st.Tickets)
		}
	}
	w.shows(tracker.Icebox, names...)
	if _, err := w.Engine.Stories.AddFromTickets(t.Context(), from); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("a second time: %v", err)
	}
	if said := w.Undo(); said != "Undone: 3 stories removed" {
		t.Error(said)
	}
	w.shows(tracker.Icebox)
}

// links lists the tickets of a story.
func (w world) links(id tracker.StoryID) []tracker.TicketID {
	w.T.Helper()
	d, err := w.Engine.Stories.Story(w.T.Context(), id)
	if err != nil {
		w.T.Fatal(err)
	}
	var tickets []tracker.TicketID
	for _, l := range d.Story.Tickets {
		tickets = append(tickets, l.Ticket.ID)
	}
	return tickets
}

func TestLinksAreUndone(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	a, b := w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen)
	ids := w.several(tracker.Backlog, "first", "second")
	link := func(tickets ...tracker.TicketID) (int, error) {
		return w.Engine.Stories.LinkTickets(t.Context(), ids, w.In, tickets)
	}
	if n, err := link(a); n != 2 || err != nil {
		t.Fatalf("%d links, %v", n, err)
	}
	if n, err := link(a, b); n != 2 || err != nil {
		t.Fatalf("%d links, %v", n, err)
	}
	if _, err := link(a, b); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("linking what is linked: %v", err)
	}
	w.Undo()
	if got := w.links(ids[1]); !slices.Equal(got, []tracker.TicketID{a}) {
		t.Errorf("after undo: %v", got)
	}
	w.Redo()
	key := tracker.TicketKey{Host: w.In.Host, ID: a}
	if err := w.Engine.Stories.UnlinkTicket(t.Context(), ids, key, false); err != nil {
		t.Fatal(err)
	}
	if got := w.links(ids[0]); !slices.Equal(got, []tracker.TicketID{b}) {
		t.Errorf("after unlinking: %v", got)
	}
	if err := w.Engine.Stories.UnlinkTicket(t.Context(), ids, key, false); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("unlinking what is not linked: %v", err)
	}
	if said := w.Undo(); said != "Undone: 2 stories unlinked" || len(w.links(ids[0])) != 2 {
		t.Errorf("%s, now %v", said, w.links(ids[0]))
	}
}

// The ticket of a story that was just made goes to the story that was there.
func TestLinkInstead(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	there := w.add("Login loops", tracker.Place{Column: tracker.Backlog})
	created := w.Story(ticket)
	if st, err := w.Engine.Stories.LinkInstead(t.Context(), created.ID, there.ID); err != nil || len(st.Tickets) != 1 {
		t.Fatalf("%+v, %v", st, err)
	}
	w.shows(tracker.Backlog, "Login loops")
	w.Undo()
	if got := w.links(there.ID); len(got) != 0 {
		t.Errorf("after undo: %v", got)
	}
	created = w.Story(ticket)
	w.Comment(created, "Worked on.")
	if _, err := w.Engine.Stories.LinkInstead(t.Context(), created.ID, there.ID); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("of a story that was worked on: %v", err)
	}
}
