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

// While nothing has left, undo takes the private comments back with the change.
func TestUndoWithinTheGrace(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Start(st)
	w.Comment(st, "Too early.")
	if said := w.Undo(); !strings.Contains(said, "Undone: comment on") {
		t.Error(said)
	}
	if said := w.Undo(); !strings.Contains(said, "its private comments will not be sent") {
		t.Error(said)
	}
	if got := w.State(st); got != tracker.Unstarted {
		t.Errorf("after undo it is %s", got)
	}
	if deliveries, _ := w.Deliveries(t.Context(), st); len(deliveries) != 0 {
		t.Errorf("notes that stayed: %+v", deliveries)
	}
	w.Redo()
	if deliveries, _ := w.Deliveries(t.Context(), st); w.State(st) != tracker.Started || len(deliveries) != 1 {
		t.Errorf("after redo it is %s with %d notes", w.State(st), len(deliveries))
	}
	w.Undo()
	if said := w.Undo(); !strings.Contains(said, "Undone: S-1 removed") {
		t.Error(said)
	}
	if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("undo with nothing left: %v", err)
	}
}

// What has left is not denied: the opposite change is made and said.
func TestUndoAfterTheCommentLeft(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	st := w.Story(ticket)
	w.Start(st)
	w.Deliver(st)
	if said := w.Undo(); !strings.Contains(said, "a correction will be sent") {
		t.Error(said)
	}
	w.Deliver(st)
	w.Once(ticket, "Ada started story")
	w.Once(ticket, "Ada scheduled story")
	w.Comment(st, "On the ticket now.")
	w.Deliver(st)
	if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("undo of a comment that left: %v", err)
	}
}

func TestUndoKeepsWhatOthersChanged(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	_, other := w.Open(0)
	st := w.add("bug", tracker.Place{Column: tracker.Backlog})
	w.Start(st)
	name := "a better name"
	if _, err := other.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: &name}); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	d, err := w.Engine.Stories.Story(t.Context(), st.ID)
	if err != nil || d.Story.State != tracker.Unstarted || d.Story.Name != name || len(d.Story.Owners) != 0 {
		t.Errorf("%+v, %v", d.Story, err)
	}
	if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("undo of a creation that others built on: %v", err)
	}
}

func TestUndoOfAMove(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ice := tracker.Place{Column: tracker.Icebox, Bottom: true}
	a, b, c := w.add("a", ice), w.add("b", ice), w.add("c", ice)
	if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{c.ID}, tracker.Place{Before: a.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.MoveStories(t.Context(), []tracker.StoryID{b.ID}, tracker.Place{Column: tracker.Backlog}); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	w.Undo()
	w.shows(tracker.Icebox, "a", "b", "c")
	w.Redo()
	w.Redo()
	w.shows(tracker.Icebox, "c", "a")
	w.shows(tracker.Backlog, "b")
}

func TestUndoPassesOverAStoryThatOthersDeleted(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	_, other := w.Open(0)
	ice := tracker.Place{Column: tracker.Icebox, Bottom: true}
	w.add("a", ice)
	if err := other.Stories.DeleteStories(t.Context(), []tracker.StoryID{w.add("b", ice).ID}, false); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("undo of what is gone: %v", err)
	}
	w.Undo()
	w.shows(tracker.Icebox)
}

func TestRedoSaysWhatItMade(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	st := w.Story(w.Ticket(tracker.TicketNew))
	w.Start(st)
	w.Undo()
	if said := w.Redo(); said != "Redone: "+st.ID.String()+" started" {
		t.Error(said)
	}
}

func TestRedoOfACommentSendsItOnce(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "Too early.")
	w.Undo()
	w.Redo()
	w.Undo()
	if said := w.Redo(); said != "Redone: "+st.ID.String()+" commented" {
		t.Error(said)
	}
	if deliveries, _ := w.Deliveries(t.Context(), st); len(deliveries) != 1 {
		t.Fatalf("%d notes, want 1", len(deliveries))
	}
	go func() { _ = w.Engine.Run(t.Context()) }()
	if err := w.Engine.Courier.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Once(ticket, "Too early.")
	if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("undo of what has left: %v", err)
	}
}

// A creation that was taken back can be made again, and what followed it, too:
// the story has its number and its tickets, and is taken back as before.
func TestRedoOfACreationBringsTheStoryBack(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	ticket := w.Ticket(tracker.TicketNew)
	made := w.Story(ticket)
	w.Start(made)
	for range 2 {
		w.Undo()
		w.Undo()
		if _, err := w.Engine.Stories.Story(t.Context(), made.ID); tracker.CodeOf(err) != tracker.CodeNotFound {
			t.Fatalf("after undo the story is there: %v", err)
		}
		if said := w.Redo(); said != "Redone: "+made.ID.String()+" created" {
			t.Error(said)
		}
		d, err := w.Engine.Stories.Story(t.Context(), made.ID)
		if err != nil || d.Story.Name != made.Name || d.Story.State != tracker.Unstarted || d.Story.Rank != made.Rank ||
			len(d.Story.Tickets) != 1 || d.Story.Tickets[0].Ticket != made.Tickets[0].Ticket || len(d.Deliveries) != 0 {
			t.Fatalf("after redo: %+v, %v", d, err)
		}
		w.Redo()
		if got := w.State(made); got != tracker.Started {
			t.Errorf("after the second redo it is %s", got)
		}
		if deliveries, _ := w.Deliveries(t.Context(), made); len(deliveries) != 1 {
			t.Errorf("%d notes, want 1", len(deliveries))
		}
	}
}

func TestUndoOfARejectionTakesItsReasonToo(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	st := w.Story(w.Ticket(tracker.TicketNew))
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Reject} {
		reason := map[tracker.Action]string{tracker.Reject: "Not on Safari."}[a]
		if _, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, a, reason); err != nil {
			t.Fatal(err)
		}
	}
	w.Undo()
	d, err := w.Engine.Stories.Story(t.Context(), st.ID)
	if err != nil || d.Story.State != tracker.Delivered || len(d.Comments) != 0 {
		t.Errorf("%s with %d comments, %v", d.Story.State, len(d.Comments), err)
	}
	kept := slices.DeleteFunc(d.Deliveries, func(d tracker.Delivery) bool { return d.Kind == tracker.KindState })
	if len(kept) != 0 || len(d.Deliveries) != 3 {
		t.Errorf("notes that stayed: %d, of comments %d", len(d.Deliveries), len(kept))
	}
}

// Making a change again leaves what others did meanwhile.
func TestRedoLeavesWhatOthersDid(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	_, other := w.Open(0)
	st := w.add("Rotate the keys", tracker.Place{Column: tracker.Backlog})
	if _, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: new("Rotate all keys")}); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Labels: &[]string{"security"}}); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	w.Redo()
	d, err := w.Engine.Stories.Story(t.Context(), st.ID)
	if err != nil || d.Story.Name != "Rotate all keys" || !slices.Equal(d.Story.Labels, []string{"security"}) {
		t.Errorf("story is %q with %q, %v", d.Story.Name, d.Story.Labels, err)
	}
}

// What was taken back names the stories that are there and the tickets that
// were unlinked or linked, so that whoever asked finds them.
func TestUndoneNamesWhatItWasDoneTo(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Engine.Grace = time.Hour
	ctx := t.Context()
	first, second := w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen)
	st := w.Story(first)
	other := w.add("other", tracker.Place{Column: tracker.Icebox})
	if _, err := w.Engine.Stories.LinkTickets(ctx, []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{second}); err != nil {
		t.Fatal(err)
	}
	ids := []tracker.StoryID{st.ID, other.ID}
	if _, err := w.Engine.Stories.Comment(ctx, ids, "Fixed", ""); err != nil {
		t.Fatal(err)
	}
	tickets := func(links []tracker.Link) (list []tracker.TicketID) {
		for _, l := range links {
			list = append(list, l.Ticket.ID)
		}
		return list
	}
	for _, step := range []struct {
		do          func(context.Context, bool) (tracker.Undone, error)
		stories     []tracker.StoryID
		freed, tied []tracker.TicketID
	}{
		{do: w.Engine.Stories.Undo, stories: []tracker.StoryID{other.ID, st.ID}},
		{do: w.Engine.Stories.Undo, stories: []tracker.StoryID{st.ID}, freed: []tracker.TicketID{second}},
		{do: w.Engine.Stories.Undo},
		{do: w.Engine.Stories.Undo, freed: []tracker.TicketID{first}},
		{do: w.Engine.Stories.Redo, stories: []tracker.StoryID{st.ID}, tied: []tracker.TicketID{first}},
		{do: w.Engine.Stories.Redo, stories: []tracker.StoryID{other.ID}},
		{do: w.Engine.Stories.Redo, stories: []tracker.StoryID{st.ID}, tied: []tracker.TicketID{second}},
		{do: w.Engine.Stories.Redo, stories: ids},
	} {
		got, err := step.do(ctx, true)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got.Stories, step.stories) || !slices.Equal(tickets(got.Unlinked), step.freed) || !slices.Equal(tickets(got.Linked), step.tied) {
			t.Errorf("%s: %+v, want %+v", got.Said, got, step)
		}
	}
}
